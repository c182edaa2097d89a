import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Timestamp } from "#app/db/schema.ts";
import type { WriteTransaction } from "#app/db/writer.server.ts";
import { HasOpenSubtasks, NotRecurring } from "#app/tasks/outcome.ts";
import { type NextSubtask, nextFields, nextSubtasks } from "#app/tasks/recurrence/next-fields.ts";
import { toColumns } from "#app/tasks/store/mapping.server.ts";
import { exceededQuota, growthOf } from "#app/tasks/store/quota.server.ts";
import { insertOccurrence, purgeTasks, subtasksIn, updateTasks } from "#app/tasks/store/rows.server.ts";
import { followingOccurrences, isUntouchedOccurrence, NOT_REPEATING, openOccurrence } from "#app/tasks/store/series.server.ts";
import type { TaskUpdate } from "#app/tasks/store/statements.server.ts";
import { insertTasks, type TaskRecord } from "#app/tasks/store/transfer.server.ts";
import type { Task, TaskInput } from "#app/tasks/task.ts";
import { userNowAt } from "#app/time.ts";

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
    if (task.status === "done") return { task, next: await openOccurrence(transaction, userId, task) };
    const subtasks = await subtasksIn(transaction, userId, task.id);
    const open = subtasks.filter(({ status }) => status === "open");
    if (open.length > 0 && !options.cascade) return new HasOpenSubtasks();
    await write(open, DONE);
    const fields = nextFields(task, userNow, userNow.today);
    const [completed = task] = await write([task], { ...options.values, ...DONE, ...(fields && { externalId: null }) });
    return { task: completed, next: fields ? await openNextOccurrence(task, fields, subtasks) : null };
  }

  /**
   * Opens the task on the rule's next date, with its external id and its subtasks: as new tasks, or if these would exceed a
   * quota, by moving the done ones there. So a quota refuses no completion.
   */
  async function openNextOccurrence(task: Task, fields: TaskInput, subtasks: Task[]): Promise<Task> {
    const below = nextSubtasks(task, subtasks, fields);
    const exceeded = await exceededQuota(transaction.qb, userId, growthOf([fields, ...below.map((next) => next.fields)]));
    return exceeded ? moveToNext(task, fields, below) : insertWithSubtasks(task, fields, below);
  }

  async function insertWithSubtasks(task: Task, fields: TaskInput, below: NextSubtask[]): Promise<Task> {
    const next = await insertOccurrence(transaction, userId, fields, task);
    const copies = below.map(
      ({ subtask: { rank, occurrenceDate }, fields }): TaskRecord => ({
        ...fields,
        id: randomUUIDv7(),
        rank,
        parentId: next.id,
        externalId: null,
        occurrenceDate,
      }),
    );
    await insertTasks(transaction, userId, copies);
    return next;
  }

  async function moveToNext(task: Task, fields: TaskInput, below: NextSubtask[]): Promise<Task> {
    for (const { subtask, fields } of below) await write([subtask], { ...toColumns(fields), completedAt: null });
    const [moved = task] = await write([task], { ...toColumns(fields), occurrenceDate: null, completedAt: null });
    return moved;
  }

  /**
   * Purges the occurrence that the task's completion created, if it is open and untouched, and takes its external id back.
   * Otherwise, if the series goes on in that or a later occurrence, the reopened task leaves the series.
   */
  async function reopen(task: Task, values: TaskUpdate = {}): Promise<Task> {
    if (task.status === "open") return task;
    const following = await followingOccurrences(transaction, userId, task);
    const next = following.find(({ previousId, status }) => previousId === task.id && status === "open");
    const isUntouched = next !== undefined && (await isUntouchedOccurrence(transaction, userId, next));
    if (isUntouched) await purgeTasks(transaction, userId, [next.id]);
    const leaving = following.length > 0 && !isUntouched ? NOT_REPEATING : {};
    const externalId = task.externalId ?? (isUntouched ? next.externalId : null);
    const [reopened = task] = await write([task], { ...values, externalId, status: "open", completedAt: null, ...leaving });
    return reopened;
  }

  /** Opens the next occurrence again, after undo has completed this one again. */
  async function openNext(task: Task): Promise<void> {
    const fields = (await openOccurrence(transaction, userId, task)) ? undefined : nextFields(task, userNow, userNow.today);
    if (fields) await openNextOccurrence(task, fields, await subtasksIn(transaction, userId, task.id));
  }

  /** Moves the task to the rule's next date, without a done occurrence. */
  async function skip(task: Task): Promise<Task | NotRecurring> {
    const fields = task.status === "open" ? nextFields(task, userNow) : undefined;
    if (!fields) return new NotRecurring();
    const [skipped = task] = await write([task], { ...toColumns(fields), occurrenceDate: null });
    return skipped;
  }

  return { complete, reopen, openNext, skip };
}

export const DONE = { status: "done" as const, completedAt: sql<Timestamp>`now()` };
