import { Problem } from "#app/http/problem.ts";
import { catchProblems } from "#app/http/resource.ts";
import type { Route } from "./+types/not-found";

export function loader({ context }: Route.LoaderArgs) {
  return catchProblems(context, () => {
    throw new Problem("not_found");
  });
}
export const action = loader;
