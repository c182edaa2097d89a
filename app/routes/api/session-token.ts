import { handleAuthRequest } from "#app/auth/auth.server.ts";
import { resource } from "#app/http/resource.ts";

/** Better Auth's endpoint that trades a session for a token, with the methods that all of the API has. */
export const loader = resource({ GET: ({ request: { url, headers } }) => handleAuthRequest(new Request(url, { headers })) });
export const action = loader;
