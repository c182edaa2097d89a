import { data, redirect } from "react-router";
import { userContext } from "#app/context.ts";
import type { Route } from "./+types/tasks-of-user";

/** One's own id leads to one's tasks; anybody else's, existing or not, is refused. */
export function loader({ params, context }: Route.LoaderArgs) {
  if (params.userId === context.get(userContext).id) throw redirect("/tasks");
  throw data(null, 403);
}

/** Never seen: without it the refusal would be no page. */
export default function TasksOfUser() {
  return null;
}
