import { answerPrivately } from "#app/auth/auth.server.ts";
import { answering } from "#app/http/resource.ts";
import type { Route } from "./+types/auth";

/** Better Auth's own endpoints, for its own clients: sessions by cookie. */
export function loader({ request, context }: Route.LoaderArgs) {
  return answering(context, () => answerPrivately(request));
}
export const action = loader;
