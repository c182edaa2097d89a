import { handleAuthRequest } from "#app/auth/auth.server.ts";
import { AUTH_ENDPOINTS } from "#app/auth/endpoints.ts";
import { Problem } from "#app/http/problem.ts";
import { catchProblems, resource } from "#app/http/resource.ts";
import type { Route } from "./+types/auth";

const handlers = new Map(
  Object.entries(AUTH_ENDPOINTS).map(([path, method]) => [
    `/api/auth/${path}`,
    resource<Route.LoaderArgs>({ [method]: ({ request }: Route.LoaderArgs) => handleAuthRequest(request) }),
  ]),
);

/** Better Auth's own endpoints, with cookie sessions, and with HEAD and OPTIONS like the rest of the API. */
export function loader(args: Route.LoaderArgs) {
  // Not the splat, which is decoded: Better Auth sees, and counts, the path as it was sent.
  const handler = handlers.get(args.url.pathname);
  if (handler) return handler(args);
  return catchProblems(args.context, () => {
    throw new Problem("not_found");
  });
}
export const action = loader;
