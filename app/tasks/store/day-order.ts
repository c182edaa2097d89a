import { dueDay, dueTime } from "#app/tasks/dates.ts";
import type { Task } from "#app/tasks/task.ts";
import type { UserNow } from "#app/time.ts";

/** After every time of a day. */
const NO_TIME = "24:00";

/** Due tasks as the days go where the user is: by day, then time (none is last), then priority, then hand. */
export function inDayOrder(tasks: Task[], userNow: Pick<UserNow, "timezone">): Task[] {
  return tasks
    .map((task) => ({ task, when: wallTime(task, userNow) }))
    .toSorted(
      (a, b) =>
        order(a.when, b.when) ||
        b.task.priority - a.task.priority ||
        order(a.task.rank, b.task.rank) ||
        // Ranks may be equal, ids are not.
        order(a.task.id, b.task.id),
    )
    .map(({ task }) => task);
}

/** In an order that is that of its text, as years have four digits. */
function wallTime({ due }: Task, userNow: Pick<UserNow, "timezone">): string {
  return due ? `${dueDay(due, userNow)} ${dueTime(due, userNow) ?? NO_TIME}` : "";
}

/** Of code units: ranks are ASCII, and so in the order that Postgres has them in. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
