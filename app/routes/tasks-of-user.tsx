import { data, redirect } from "react-router";
import { userContext } from "#app/context.ts";
import type { Route } from "./+types/tasks-of-user";

/** Redirects the user's own id to their tasks; responds 403 to any other id, whether it exists or not. */
export function loader({ params, context }: Route.LoaderArgs) {
  if (params.userId === context.get(userContext).id) throw redirect("/tasks");
  throw data(null, 403);
}

/** Never rendered. Without a component the 403 would not be an HTML page. */
export default function TasksOfUser() {
  return null;
}
