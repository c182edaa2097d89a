import { userContext } from "#app/context.ts";
import { unstoredJsonResponse } from "#app/http/response.ts";
import { viewerOf } from "#app/pages/viewer.server.ts";
import { changedRepeat, repeatPreview } from "#app/tasks/forms/repeat-preview.ts";
import { parseTaskChanges } from "#app/tasks/forms/task-form.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Route } from "./+types/repeat";

/** Saves nothing. `id` is that of the task in the form, if it is stored already. */
export async function loader({ url, context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const form = parseTaskChanges(url.searchParams, user.weekStart);
  const task = await tasksOf(user).find(url.searchParams.get("id") ?? "");
  const repeat = changedRepeat(task, form.success ? form.data : { recurrence: null }, user.timezone);
  return unstoredJsonResponse(repeatPreview(repeat, viewerOf(user)));
}
