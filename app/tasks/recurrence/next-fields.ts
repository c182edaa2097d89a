import { ruleDayOf } from "#app/tasks/recurrence/occurrence-date.ts";
import { nextOccurrence } from "#app/tasks/recurrence/recurrence.ts";
import { fieldsOf } from "#app/tasks/rules.ts";
import type { Task, TaskInput } from "#app/tasks/task.ts";
import type { UserNow } from "#app/time.ts";

/**
 * The fields of the next occurrence; `undefined` if there is none. Without `completedOn`, this occurrence is skipped.
 * The start date keeps its distance to the due date.
 */
export function nextFields(task: Task, { today }: UserNow, completedOn?: Temporal.PlainDate): TaskInput | undefined {
  const { recurrence, due, startDate } = task;
  if (!recurrence || !due) return undefined;
  const from = Temporal.PlainDate.from(due.date);
  const ruleDay = Temporal.PlainDate.from(ruleDayOf(task) ?? due.date);
  const next = nextOccurrence(recurrence, { due: from, ruleDay, today, completedOn });
  if (!next) return undefined;
  const hidden = startDate && from.until(Temporal.PlainDate.from(startDate));
  return {
    ...fieldsOf(task),
    due: { ...due, date: next.date.toString() },
    startDate: hidden ? later(next.date.toString(), hidden) : null,
    recurrence: next.recurrence,
    status: "open",
  };
}

export interface NextSubtask {
  subtask: Task;
  fields: TaskInput;
}

/** The fields of the subtasks below the next occurrence of their parent, which has the fields `next`. */
export function nextSubtasks(parent: Task, subtasks: Task[], next: TaskInput): NextSubtask[] {
  return subtasks.filter(isLatestOfSeries).map((subtask) => {
    // A repeating subtask follows its own rule.
    const fields = subtask.recurrence ? fieldsOf(subtask) : shifted(fieldsOf(subtask), daysBetween(parent, next));
    return { subtask, fields: { ...fields, listId: next.listId, status: "open" } };
  });
}

/** Only the latest occurrence of a repeating subtask is copied. Ids grow with time. */
function isLatestOfSeries({ id, seriesId }: Task, _index: number, subtasks: Task[]): boolean {
  return seriesId === null || subtasks.every((other) => other.seriesId !== seriesId || other.id <= id);
}

function daysBetween({ due: from }: Pick<TaskInput, "due">, { due: to }: Pick<TaskInput, "due">): number {
  return from && to ? Temporal.PlainDate.from(from.date).until(to.date).days : 0;
}

/** Moves the dates, so that a subtask keeps its distance to its parent's due date. */
function shifted(fields: TaskInput, days: number): TaskInput {
  const { due, startDate } = fields;
  const date = due && later(due.date, { days });
  return { ...fields, due: date ? { ...due, date } : null, startDate: startDate && later(startDate, { days }) };
}

/** Null outside the years 1 to 9999, which can be stored. */
function later(date: string, by: Temporal.DurationLike): string | null {
  const moved = Temporal.PlainDate.from(date).add(by);
  return moved.year < 1 || moved.year > 9999 ? null : moved.toString();
}
