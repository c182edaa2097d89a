import type { listsOf } from "#app/lists/lists.server.ts";
import type { CaptureContext } from "#app/tasks/capture/capture-context.ts";
import type { tasksOf } from "#app/tasks/store/tasks.server.ts";

/** The lists and labels that a text may name, as far as it has their marks. */
export async function captureNames(
  text: string,
  lists: Pick<ReturnType<typeof listsOf>, "names">,
  tasks: Pick<ReturnType<typeof tasksOf>, "labelNames">,
): Promise<Pick<CaptureContext, "lists" | "labels">> {
  return { lists: text.includes("+") ? await lists.names() : [], labels: text.includes("#") ? await tasks.labelNames() : [] };
}
