import { userContext } from "#app/context.ts";
import { unstoredJsonResponse } from "#app/http/response.ts";
import { viewerOf } from "#app/pages/viewer.server.ts";
import { repeatPreview } from "#app/tasks/forms/repeat-preview.ts";
import { parseTaskChanges } from "#app/tasks/forms/task-form.ts";
import { Recurrence } from "#app/tasks/recurrence/recurrence.ts";
import type { TaskChanges } from "#app/tasks/task.ts";
import type { Route } from "./+types/repeat";

/** Saves nothing. */
export async function loader({ url, context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const form = parseTaskChanges(url.searchParams, user.weekStart);
  const { due, recurrence }: TaskChanges = form.success ? form.data : {};
  return unstoredJsonResponse(repeatPreview(Recurrence.safeParse(recurrence).data, due?.date, viewerOf(user)));
}
