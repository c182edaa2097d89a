import { auth } from "#app/auth/auth.server.ts";
import type { Route } from "./+types/auth";

/** Better Auth's own endpoints, for its own clients: sessions by cookie, and `GET /api/auth/token`. */
export function loader({ request }: Route.LoaderArgs) {
  return auth.handler(request);
}

export function action({ request }: Route.ActionArgs) {
  return auth.handler(request);
}
