import { userContext } from "#app/context.ts";
import { jsonResponse } from "#app/http/response.ts";
import { viewerOf } from "#app/pages/viewer.server.ts";
import { previewOf } from "#app/tasks/forms/repeat-preview.ts";
import { readTaskChanges } from "#app/tasks/forms/task-form.ts";
import type { TaskChanges } from "#app/tasks/task.ts";
import type { Route } from "./+types/repeat";

/** Previews the recurrence of a task form, in words and dates. Saves nothing. */
export async function loader({ url, context }: Route.LoaderArgs) {
  const form = readTaskChanges(url.searchParams);
  const { due, recurrence }: TaskChanges = form.success ? form.data : {};
  return jsonResponse(previewOf(recurrence, due?.date, viewerOf(context.get(userContext))));
}
