import { publishedKeySet } from "#app/auth/key-set.server.ts";
import { answerJson } from "#app/http/answer.ts";
import { resource } from "#app/http/resource.ts";

export const loader = resource({
  GET: async () => answerJson(await publishedKeySet(), { headers: { "Cache-Control": "public, max-age=300" } }),
});
export const action = loader;
