import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Timestamp } from "#app/db/schema.ts";
import type { WriteTransaction } from "#app/db/writer.server.ts";
import { HasOpenSubtasks, NotRecurring } from "#app/tasks/outcome.ts";
import { nextOccurrence } from "#app/tasks/recurrence/recurrence.ts";
import { fieldsOf } from "#app/tasks/rules.ts";
import { TASK_COLUMNS, toColumns, toTask } from "#app/tasks/store/mapping.server.ts";
import { insertOccurrence, purgeTasks, subtasksIn, untouchedSince, updateTasks } from "#app/tasks/store/rows.server.ts";
import type { TaskUpdate } from "#app/tasks/store/statements.server.ts";
import { insertTasks, type TaskRecord } from "#app/tasks/store/transfer.server.ts";
import type { Task, TaskInput } from "#app/tasks/task.ts";
import { type UserNow, userNowAt } from "#app/time.ts";

export interface Completed {
  task: Task;
  next: Task | null;
}

/**
 * Completes, reopens and skips within a transaction, so that a series never has two open occurrences.
 * `values` are further columns to write, which `task` contains already.
 */
export function completionIn(transaction: WriteTransaction, { id: userId, timezone }: Pick<UserRef, "id" | "timezone">) {
  const userNow = userNowAt(Temporal.Now.instant(), timezone);

  function write(tasks: Task[], values: TaskUpdate): Promise<Task[]> {
    return updateTasks(
      transaction,
      userId,
      tasks.map(({ id }) => id),
      values,
    );
  }

  /** Completing a done task changes nothing and returns the same result. */
  async function complete(task: Task, options: { cascade: boolean; values?: TaskUpdate }): Promise<Completed | HasOpenSubtasks> {
    if (task.status === "done") return { task, next: await openOccurrence(task) };
    const subtasks = await subtasksIn(transaction, userId, task.id);
    const open = subtasks.filter(({ status }) => status === "open");
    if (open.length > 0 && !options.cascade) return new HasOpenSubtasks();
    await write(open, DONE);
    const [completed = task] = await write([task], { ...options.values, ...DONE });
    return { task: completed, next: await insertNextOccurrence(task, subtasks) };
  }

  /** Inserts the task on the rule's next date, with open copies of its subtasks. */
  async function insertNextOccurrence(task: Task, subtasks: Task[]): Promise<Task | null> {
    const fields = nextFields(task, userNow, userNow.today);
    if (!fields) return null;
    const next = await insertOccurrence(transaction, userId, fields, task);
    const copies = subtasks.filter(isLatestOfSeries).map((subtask): TaskRecord => {
      // A repeating subtask follows its own rule.
      const copy = subtask.recurrence ? fieldsOf(subtask) : shifted(fieldsOf(subtask), daysBetween(task, next));
      return { ...copy, id: randomUUIDv7(), rank: subtask.rank, status: "open", parentId: next.id, externalId: null };
    });
    await insertTasks(transaction, userId, copies);
    return next;
  }

  /**
   * Purges the next occurrence if it is untouched. Otherwise the series continues in that one, and the reopened task leaves
   * the series.
   */
  async function reopen(task: Task, values: TaskUpdate = {}): Promise<Task> {
    if (task.status === "open") return task;
    const next = await openOccurrence(task);
    const isUntouched = next !== null && (await untouchedSince(transaction, userId, next.changeSeq)).includes(next.id);
    if (isUntouched) await purgeTasks(transaction, userId, [next.id]);
    const leaving = next && !isUntouched ? NOT_REPEATING : {};
    const [reopened = task] = await write([task], { ...values, status: "open", completedAt: null, ...leaving });
    return reopened;
  }

  /** Inserts the next occurrence again, after undo has completed this one again. */
  async function openNext(task: Task): Promise<void> {
    if (await openOccurrence(task)) return;
    await insertNextOccurrence(task, await subtasksIn(transaction, userId, task.id));
  }

  /** Moves the task to the rule's next date, without a done occurrence. */
  async function skip(task: Task): Promise<Task | NotRecurring> {
    const fields = task.status === "open" ? nextFields(task, userNow) : undefined;
    if (!fields) return new NotRecurring();
    const [skipped = task] = await write([task], toColumns({ ...fields, externalId: task.externalId }));
    return skipped;
  }

  async function openOccurrence(task: Task): Promise<Task | null> {
    if (task.seriesId === null) return null;
    const row = await transaction.qb
      .selectFrom("task")
      .select(TASK_COLUMNS)
      .where("userId", "=", userId)
      .where("seriesId", "=", task.seriesId)
      .where("status", "=", "open")
      .where("deletedAt", "is", null)
      .executeTakeFirst();
    return row ? toTask(row) : null;
  }

  return { complete, reopen, openNext, skip, openOccurrence };
}

export const NOT_REPEATING = { rrule: null, recurrenceAnchor: null, seriesId: null };

export const DONE = { status: "done" as const, completedAt: sql<Timestamp>`now()` };

/** Only the latest occurrence of a repeating subtask is copied. Ids grow with time. */
function isLatestOfSeries({ id, seriesId }: Task, _index: number, subtasks: Task[]): boolean {
  return seriesId === null || subtasks.every((other) => other.seriesId !== seriesId || other.id <= id);
}

function daysBetween({ due: from }: Task, { due: to }: Task): number {
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

/**
 * The fields of the next occurrence; `undefined` if there is none. Without `completedOn`, this occurrence is skipped.
 * The start date keeps its distance to the due date.
 */
function nextFields(task: Task, { today }: UserNow, completedOn?: Temporal.PlainDate): TaskInput | undefined {
  const { recurrence, due, startDate } = task;
  if (!recurrence || !due) return undefined;
  const from = Temporal.PlainDate.from(due.date);
  const next = nextOccurrence(recurrence, { due: from, today, completedOn });
  if (!next) return undefined;
  const hidden = startDate && from.until(Temporal.PlainDate.from(startDate));
  return {
    ...fieldsOf(task),
    due: { ...due, date: next.date.toString() },
    startDate: hidden ? later(next.date.toString(), hidden) : null,
    recurrence: next.recurrence,
    status: "open",
    externalId: null,
  };
}
