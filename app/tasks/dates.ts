import type { Task } from "#app/tasks/task.ts";
import { dayAt, type UserNow } from "#app/time.ts";

interface DueTime {
  date: string;
  time: string | null;
  timezone: string | null;
}

/** The instant of a due time with a zone of its own; without one there is none. */
export function dueInstant({ date, time, timezone }: DueTime): Temporal.Instant | null {
  if (!time || !timezone) return null;
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: timezone, plainTime: time }).toInstant();
}

/** The day on which a task is due where the user is. */
export function dueDay(due: DueTime, { timezone }: Pick<UserNow, "timezone">): Temporal.PlainDate {
  const instant = dueInstant(due);
  return instant === null ? Temporal.PlainDate.from(due.date) : dayAt(instant, timezone);
}

/** The wall time at which a task is due where the user is, `HH:MM`; null when it has none. */
export function dueTime(due: DueTime, { timezone }: Pick<UserNow, "timezone">): string | null {
  const instant = dueInstant(due);
  if (instant === null) return due.time;
  return instant.toZonedDateTimeISO(timezone).toPlainTime().toString({ smallestUnit: "minute" });
}

/** A day is overdue once it has ended where the user is; a time, once it has passed. */
export function isOverdue(due: DueTime, { now, today, time }: UserNow): boolean {
  const instant = dueInstant(due);
  if (instant !== null) return Temporal.Instant.compare(instant, now) < 0;
  const days = Temporal.PlainDate.compare(Temporal.PlainDate.from(due.date), today);
  return days < 0 || (days === 0 && due.time !== null && `${due.time}:00` < time);
}

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
