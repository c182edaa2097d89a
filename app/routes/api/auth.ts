import { handleAuthRequest } from "#app/auth/auth.server.ts";
import { catchProblems } from "#app/http/resource.ts";
import type { Route } from "./+types/auth";

export function loader({ request, context }: Route.LoaderArgs) {
  return catchProblems(context, () => handleAuthRequest(request));
}
export const action = loader;
