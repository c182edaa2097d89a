import type { UserRef } from "#app/context.ts";
import { momentAt } from "#app/tasks/dates.ts";
import type { Task } from "#app/tasks/task.ts";
import { type TaskView, toView, type Viewer } from "#app/tasks/task-view.ts";
import { tasksOf } from "#app/tasks/tasks.server.ts";

/** Who looks, and when. */
export function viewerOf(user: UserRef): Viewer {
  return { moment: momentAt(Temporal.Now.instant(), user.timezone), clock: user.clock };
}

/** Tasks as rows, with what the rows say of other tasks. */
export async function viewsOf(user: UserRef, tasks: Task[], viewer: Viewer): Promise<TaskView[]> {
  const around = tasks.length > 0 ? await tasksOf(user).surroundings(tasks) : new Map();
  return tasks.map((task) => toView(task, viewer, around.get(task.id)));
}
