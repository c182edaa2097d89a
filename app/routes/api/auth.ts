import { auth } from "#app/auth/auth.server.ts";
import { answering } from "#app/http/resource.ts";
import type { Route } from "./+types/auth";

/** Better Auth's own endpoints, for its own clients: sessions by cookie, and `GET /api/auth/token`. */
export function loader({ request, context }: Route.LoaderArgs) {
  return answering(context, () => auth.handler(request));
}

export function action({ request, context }: Route.ActionArgs) {
  return answering(context, () => auth.handler(request));
}
