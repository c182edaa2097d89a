import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { UserRef } from "#app/context.ts";
import type { Database, Timestamp } from "#app/db/schema.ts";
import { isUncontended, type Writer, type WriteTransaction } from "#app/db/writer.server.ts";
import type { Failure } from "#app/tasks/outcome.ts";
import { type Completed, completionIn, DONE, NOT_REPEATING } from "#app/tasks/store/completion.server.ts";
import { viewCondition } from "#app/tasks/store/filter-sql.server.ts";
import {
  findIn,
  leaveSeries,
  purgeTasks,
  subtasksDeletedWith,
  subtasksIn,
  updateTasks,
  updateWhere,
  withoutOpenSubtasks,
  withoutSubtasks,
} from "#app/tasks/store/rows.server.ts";
import type { TaskUpdate } from "#app/tasks/store/statements.server.ts";
import type { taskWrites } from "#app/tasks/store/writes.server.ts";
import { type Task, TaskId } from "#app/tasks/task.ts";
import { userNowAt } from "#app/time.ts";

type Condition = (eb: ExpressionBuilder<Database, "task">) => Expression<SqlBool>;
type WithTask = ReturnType<typeof taskWrites>["withTask"];

/** Writes besides changing fields. Each is one change, which undo reverts as a whole. */
export function taskCommands(user: Pick<UserRef, "id" | "timezone">, writer: Writer, withTask: WithTask) {
  function completion(transaction: WriteTransaction) {
    return completionIn(transaction, user.id, userNowAt(Temporal.Now.instant(), user.timezone));
  }

  /** With `cascade`, completes open subtasks too; without it, a task with open subtasks is not completed. */
  async function complete(id: TaskId, options = { cascade: false }, versions?: number[]): Promise<Completed | Failure | undefined> {
    const completed = await writeInOneStatement(id, versions, DONE, (eb) =>
      eb.and([eb("status", "=", "open"), eb("seriesId", "is", null), withoutOpenSubtasks(eb)]),
    );
    return completed
      ? { task: completed, next: null }
      : withTask(id, versions, (transaction, task) => completion(transaction).complete(task, options));
  }

  /**
   * Writes to the task in one statement, if the condition holds and no other change of the user is being written.
   * `undefined` if it did not; then a transaction does the write or finds out why it can't be done.
   */
  async function writeInOneStatement(
    id: TaskId,
    versions: number[] | undefined,
    values: TaskUpdate,
    condition: Condition,
  ): Promise<Task | undefined> {
    if (!TaskId.safeParse(id).success) return undefined;
    const [task] = await writer.inOneStatement((context) =>
      updateWhere(context, user.id, values, (eb) => {
        const isVersion = versions ? [eb("version", "=", sql<number>`any(${versions}::bigint[])`)] : [];
        return eb.and([eb("id", "=", id), eb("deletedAt", "is", null), ...isVersion, condition(eb), isUncontended(context, user.id)]);
      }),
    );
    return task;
  }

  async function reopen(id: TaskId, versions?: number[]): Promise<Task | Failure | undefined> {
    return withTask(id, versions, (transaction, task) => completion(transaction).reopen(task));
  }

  async function skip(id: TaskId, versions?: number[]): Promise<Task | Failure | undefined> {
    return withTask(id, versions, (transaction, task) => completion(transaction).skip(task));
  }

  /** Moves the task and its subtasks to the trash. */
  async function remove(id: TaskId, versions?: number[]): Promise<Task | Failure | undefined> {
    const alone = await writeInOneStatement(id, versions, { deletedAt: sql<Timestamp>`now()` }, withoutSubtasks);
    if (alone) return alone;
    return withTask(id, versions, async (transaction, task) => {
      const subtasks = await subtasksIn(transaction, user.id, task.id);
      const removed = await updateTasks(transaction, user.id, idsOf([task, ...subtasks]), { deletedAt: sql<Timestamp>`now()` });
      return removed.find((one) => one.id === task.id) ?? task;
    });
  }

  /** Takes the task out of the trash, with the subtasks deleted with it. A subtask whose parent can't be one any more becomes top-level. */
  async function restore(id: TaskId, versions?: number[]): Promise<Task | Failure | undefined> {
    return withTask(id, versions, restoreIn, "trash");
  }

  async function restoreIn(transaction: WriteTransaction, task: Task): Promise<Task> {
    const subtasks = await subtasksDeletedWith(transaction, user.id, task);
    const parent = task.parentId === null ? undefined : await findIn(transaction, user.id, task.parentId);
    const parentId = parent?.parentId === null ? parent.id : null;
    const ended = (await completion(transaction).openOccurrence(task)) ? NOT_REPEATING : {};
    const [restored = task] = await updateTasks(transaction, user.id, [task.id], { ...LIVING, parentId, ...ended });
    // A task with a parent can't have subtasks.
    await updateTasks(transaction, user.id, idsOf(subtasks), parentId === null ? LIVING : { ...LIVING, parentId: null });
    await leaveSeries(transaction, user.id);
    return restored;
  }

  /** Deletes the task and its subtasks for good, in the trash or not. Returns the task as it was. */
  async function purge(id: TaskId, versions?: number[]): Promise<Task | Failure | undefined> {
    return withTask(
      id,
      versions,
      async (transaction, task) => {
        await purgeTasks(transaction, user.id, [task.id]);
        return task;
      },
      "anywhere",
    );
  }

  async function emptyTrash(): Promise<number> {
    return writer.inWriteTransaction(async (transaction) => {
      const rows = await transaction.qb
        .selectFrom("task")
        .select("id")
        .where("userId", "=", user.id)
        .where("deletedAt", "is not", null)
        .execute();
      return purgeTasks(transaction, user.id, idsOf(rows));
    });
  }

  /** Makes every overdue task due today, as one change. Returns one of them; `undefined` if none was overdue. */
  async function moveOverdueToToday(): Promise<Task | undefined> {
    const userNow = userNowAt(Temporal.Now.instant(), user.timezone);
    return writer.inWriteTransaction(async (transaction) => {
      const late = await transaction.qb
        .selectFrom("task")
        .select("id")
        .where("userId", "=", user.id)
        .where("deletedAt", "is", null)
        .where((eb) => viewCondition(eb, "overdue", userNow))
        .execute();
      // Without the time, which has passed: the task would be overdue again at once.
      const values = { dueDate: userNow.today.toString(), dueTime: null, dueTimezone: null, dueAt: null };
      const [moved] = await updateTasks(transaction, user.id, idsOf(late), values);
      return moved;
    });
  }

  return { complete, reopen, skip, remove, restore, purge, emptyTrash, moveOverdueToToday };
}

/** The external id is dropped if another task has taken it meanwhile. */
const LIVING = {
  deletedAt: null,
  externalId: sql<string | null>`
    case when exists (
      select from task other
      where other.user_id = task.user_id and other.external_id = task.external_id and other.deleted_at is null and other.id <> task.id
    ) then null else external_id end
  `,
};

function idsOf(tasks: { id: string }[]): string[] {
  return tasks.map(({ id }) => id);
}
