import type { UserRef } from "#app/context.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import type { Page } from "#app/tasks/store/queries.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { type TaskView, toView, type Viewer } from "#app/tasks/task-view.ts";
import { userNowAt } from "#app/time.ts";

export function viewerOf(user: UserRef): Viewer {
  return { userNow: userNowAt(Temporal.Now.instant(), user.timezone), clock: user.clock };
}

export async function viewsOf(user: UserRef, tasks: Task[], viewer: Viewer): Promise<TaskView[]> {
  const relations = tasks.length > 0 ? await tasksOf(user).relations(tasks) : new Map();
  return tasks.map((task) => toView(task, viewer, relations.get(task.id)));
}

export async function viewsAndLabelsOf(user: UserRef, tasks: Task[], viewer: Viewer): Promise<{ views: TaskView[]; labels: string[] }> {
  const { relations, labels } = await tasksOf(user).relationsAndLabels(tasks);
  return { views: tasks.map((task) => toView(task, viewer, relations.get(task.id))), labels };
}

const JUST_ADDED = { minutes: 10 };

/** New tasks that match the filter but sort onto a later page, where the user would not see them. */
export async function justAdded(user: UserRef, filter: TaskFilter, page: Page, { userNow }: Viewer): Promise<Task[]> {
  if (page.nextCursor === null) return [];
  const latest = await tasksOf(user).list({ ...filter, sort: "-created_at" }, { limit: 10 }, userNow);
  const since = userNow.now.subtract(JUST_ADDED);
  const isNew = ({ createdAt }: Task) => Temporal.Instant.compare(createdAt, since) > 0;
  return latest?.tasks.filter((task) => isNew(task) && page.tasks.every(({ id }) => id !== task.id)) ?? [];
}
