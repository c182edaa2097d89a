import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { Database } from "#app/db/schema.ts";
import { isUncontended, type Writer, type WriteTransaction } from "#app/db/writer.server.ts";
import { VersionConflict } from "#app/tasks/outcome.ts";
import { findIn, updateWhere } from "#app/tasks/store/rows.server.ts";
import type { TaskUpdate } from "#app/tasks/store/statements.server.ts";
import { type Task, TaskId } from "#app/tasks/task.ts";

type Condition = (eb: ExpressionBuilder<Database, "task">) => Expression<SqlBool>;

/** Runs `work` with the task in the user's write transaction, in which no other change can be written. */
export async function withTask<T>(
  writer: Writer,
  userId: string,
  id: TaskId,
  versions: number[] | undefined,
  work: (transaction: WriteTransaction, task: Task) => Promise<T>,
  where?: Parameters<typeof findIn>[3],
): Promise<T | VersionConflict | undefined> {
  if (!TaskId.safeParse(id).success) return undefined;
  return writer.inWriteTransaction(async (transaction) => {
    const task = await findIn(transaction, userId, id, where);
    if (task && versions && !versions.includes(task.version)) return new VersionConflict(task);
    return task && work(transaction, task);
  });
}

/**
 * Writes to the task in one statement, if the condition holds and no other change of the user is being written.
 * `undefined` if it did not; then a transaction does the write or finds out why it can't be done.
 */
export async function writeInOneStatement(
  writer: Writer,
  userId: string,
  id: TaskId,
  versions: number[] | undefined,
  values: TaskUpdate,
  condition: Condition,
): Promise<Task | undefined> {
  if (!TaskId.safeParse(id).success) return undefined;
  const [task] = await writer.inOneStatement((context) =>
    updateWhere(context, userId, values, (eb) => {
      const isVersion = versions ? [eb("version", "=", sql<number>`any(${versions}::bigint[])`)] : [];
      return eb.and([eb("id", "=", id), eb("deletedAt", "is", null), ...isVersion, condition(eb), isUncontended(context, userId)]);
    }),
  );
  return task;
}
