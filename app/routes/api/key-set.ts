import { publishedKeySet } from "#app/auth/key-set.server.ts";
import { answerPublic } from "#app/http/response.ts";
import { resource } from "#app/http/resource.ts";

export const loader = resource({ GET: async ({ request }) => answerPublic(request, await publishedKeySet()) });
export const action = loader;
