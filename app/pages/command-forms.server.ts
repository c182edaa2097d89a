import { redirect } from "react-router";
import { withFlash } from "#app/components/ui/flash.ts";
import { redirectAfterChange, redirectAfterTaskChange, undoableChange } from "#app/pages/form-responses.server.ts";
import { taskDetails } from "#app/pages/task-details.server.ts";
import { dayLabel } from "#app/tasks/due-label.ts";
import { ExternalIdTaken, isFailure } from "#app/tasks/outcome.ts";
import type { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task } from "#app/tasks/task.ts";
import type { Viewer } from "#app/tasks/task-view.ts";

type Tasks = ReturnType<typeof tasksOf>;

export async function complete(tasks: Tasks, id: string, url: URL, viewer: Viewer): Promise<Response> {
  const before = await tasks.find(id);
  const outcome = await tasks.complete(id, { cascade: true });
  if (outcome === undefined || isFailure(outcome)) return redirect(withFlash(url, "gone"));
  const next = dayOf(outcome.next, viewer);
  const details = {
    ...taskDetails(url, [outcome.next ?? outcome.task], viewer),
    change: undoableChange(before, outcome.task),
    value: next,
  };
  return redirect(withFlash(url, next ? "completed-once" : "completed", details));
}

export async function skip(tasks: Tasks, id: string, url: URL, viewer: Viewer): Promise<Response> {
  const task = await tasks.skip(id);
  const next = task === undefined || isFailure(task) ? undefined : dayOf(task, viewer);
  return redirectAfterTaskChange(url, "skipped", task, viewer, undefined, next);
}

function dayOf(task: Task | null, { userNow }: Viewer): string | undefined {
  return task?.due ? dayLabel(Temporal.PlainDate.from(task.due.date), userNow.today) : undefined;
}

/** Without its external id, if another task has that by now. */
export async function restore(tasks: Tasks, id: string, url: URL, viewer: Viewer): Promise<Response> {
  const restored = await tasks.restore(id);
  if (!(restored instanceof ExternalIdTaken)) return redirectAfterTaskChange(url, "restored", restored, viewer);
  return redirectAfterTaskChange(url, "restored-without-id", await tasks.restore(id, { dropExternalId: true }), viewer);
}

export async function reopen(tasks: Tasks, id: string, url: URL, viewer: Viewer): Promise<Response> {
  const before = await tasks.find(id);
  return redirectAfterTaskChange(url, "reopened", await tasks.reopen(id), viewer, before);
}

export async function moveOverdue(tasks: Tasks, url: URL): Promise<Response> {
  const moved = await tasks.moveOverdueToToday();
  return moved ? redirectAfterChange(url, "overdue-moved", moved) : redirect(withFlash(url, "none-overdue"));
}
