import { publishedKeySet } from "#app/auth/key-set.server.ts";
import { resource } from "#app/http/resource.ts";
import { publicJsonResponse } from "#app/http/response.ts";

export const loader = resource({ GET: async ({ request }) => publicJsonResponse(request, await publishedKeySet()) });
export const action = loader;
