import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from "kysely";
import { db } from "#app/db/database.server.ts";
import type { Database, Timestamp } from "#app/db/schema.ts";
import type { WriteTransaction } from "#app/db/writer.server.ts";
import { updateTasks } from "#app/tasks/store/rows.server.ts";

type TaskCondition = (eb: ExpressionBuilder<Database, "task">) => ExpressionWrapper<Database, "task", SqlBool>;

/** Moves all tasks of a list, with subtasks and those in the trash, to the Inbox; with `into: "trash"`, to the trash. */
export async function moveTasksOutOfList(
  transaction: WriteTransaction,
  userId: string,
  listId: string,
  into: "inbox" | "trash",
): Promise<void> {
  const rows = transaction.qb.selectFrom("task").select("id").where("userId", "=", userId);
  const ids = (await rows.where("listId", "=", listId).execute()).map((task) => task.id);
  const removed = into === "trash" && { deletedAt: sql<Timestamp>`coalesce(deleted_at, now())` };
  await updateTasks(transaction, userId, ids, { listId: null, ...removed });
}

/** How many open tasks, not counting subtasks, are in the list that the outer statement selects. */
export function openCount(eb: ExpressionBuilder<Database, "list">) {
  return eb
    .selectFrom("task")
    .select(eb.fn.countAll<number>().as("count"))
    .whereRef("task.userId", "=", "list.userId")
    .whereRef("task.listId", "=", "list.id")
    .where("task.status", "=", sql.lit("open"))
    .where("task.parentId", "is", null)
    .where("task.deletedAt", "is", null);
}

/** Does not count the trash. Counting stops at `limit`. */
export function countTasks(userId: string, condition: TaskCondition, limit: number) {
  const counted = db
    .selectFrom("task")
    .select(sql.lit(1).as("one"))
    .where("userId", "=", userId)
    .where("deletedAt", "is", null)
    .where(condition)
    .limit(sql.lit(limit));
  return db
    .selectFrom(counted.as("counted"))
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .$asScalar()
    .$notNull();
}

export const isOpenInList: TaskCondition = (eb) =>
  eb.and([eb("status", "=", sql.lit("open")), eb("listId", "=", sql.ref<string>("list.id")), eb("parentId", "is", null)]);

/** Whether the user has any task, in the trash or not, in the list that the outer statement selects. */
export function hasTasks({ exists, selectFrom }: ExpressionBuilder<Database, "list">, userId: string) {
  return exists(selectFrom("task").select("task.id").where("task.userId", "=", userId).whereRef("task.listId", "=", "list.id"));
}
