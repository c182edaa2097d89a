import { handleAuthRequest } from "#app/auth/auth.server.ts";
import { resource } from "#app/http/resource.ts";

/** Better Auth's endpoint that exchanges a session for a token, with HEAD and OPTIONS like the rest of the API. */
export const loader = resource({ GET: ({ request: { url, headers } }) => handleAuthRequest(new Request(url, { headers })) });
export const action = loader;
