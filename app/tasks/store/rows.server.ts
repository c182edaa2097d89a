import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { Database, Timestamp } from "#app/db/schema.ts";
import { leaveTombstones, type Reader, type WriteContext, type WriteTransaction } from "#app/db/writer.server.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import { insertion, newTask, TASK_BY_ID, type TaskUpdate, updating } from "#app/tasks/store/statements.server.ts";
import type { Task, TaskInput } from "#app/tasks/task.ts";

/** The occurrence after the given one. */
export async function insertOccurrence(
  transaction: WriteTransaction,
  userId: string,
  fields: TaskInput,
  { id: previousId, rank, seriesId }: Task,
): Promise<Task> {
  const task = newTask(userId, fields);
  const inSeries = { ...task, seriesId: seriesId ?? task.seriesId };
  return toTask(await insertion(transaction, inSeries, rank, undefined, { previousId }).executeTakeFirstOrThrow());
}

export async function updateTasks(context: WriteContext, userId: string, ids: string[], values: TaskUpdate): Promise<Task[]> {
  return ids.length === 0 ? [] : updateWhere(context, userId, values, (eb) => eb("id", "=", sql<string>`any(${ids}::uuid[])`));
}

export async function updateWhere(
  { qb, changeNumber }: WriteContext,
  userId: string,
  values: TaskUpdate,
  condition: (eb: ExpressionBuilder<Database, "task">) => Expression<SqlBool>,
): Promise<Task[]> {
  const rows = await updating({ qb, changeNumber }, userId, values).where(condition).returning(TASK_COLUMNS).execute();
  return rows.map(toTask);
}

type Eb = ExpressionBuilder<Database, "task">;

/** Without subtasks outside the trash. Outside a transaction, reliable only together with `isUncontended`. */
export function withoutSubtasks(eb: Eb) {
  return eb.not(eb.exists(subtasksBelow(eb)));
}

export function withoutOpenSubtasks(eb: Eb) {
  return eb.not(eb.exists(subtasksBelow(eb).where("sub.status", "=", sql.lit("open"))));
}

function subtasksBelow(eb: Eb) {
  return eb
    .selectFrom("task as sub")
    .select(sql.lit(1).as("one"))
    .whereRef("sub.userId", "=", "task.userId")
    .whereRef("sub.parentId", "=", "task.id")
    .where("sub.deletedAt", "is", null);
}

/** From here on, one look at all of the user's tasks with a hash table of ids costs less than a join may: see `isOneOf`. */
const MANY = 100;

/**
 * Deletes the tasks with their subtasks, in the trash too, and leaves tombstones for the changes feed. Returns the number
 * of deleted tasks.
 */
export async function purgeTasks(transaction: WriteTransaction, userId: string, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const isMany = ids.length > MANY;
  const gone = await transaction.qb
    .withRecursive("going", (qb) =>
      qb
        .selectFrom("task")
        .select("id")
        .where("userId", "=", userId)
        .where(isMany ? sql<SqlBool>`(id in (select unnest(${ids}::uuid[]))) is true` : sql<SqlBool>`id = any(${ids}::uuid[])`)
        .union((eb) =>
          eb.selectFrom("task").innerJoin("going", "task.parentId", "going.id").select("task.id").where("task.userId", "=", userId),
        ),
    )
    .deleteFrom("task")
    .where("userId", "=", userId)
    .where(isMany ? sql<SqlBool>`(id in (select id from going)) is true` : sql<SqlBool>`id in (select id from going)`)
    .returning("id")
    .execute();
  await leaveTombstones(
    transaction,
    userId,
    "task",
    gone.map(({ id }) => id),
  );
  return gone.length;
}

export async function findIn(
  { qb }: Reader,
  userId: string,
  id: string,
  where: keyof typeof TASK_BY_ID = "living",
): Promise<Task | undefined> {
  const { rows } = await qb.executeQuery(TASK_BY_ID[where]({ userId, id }));
  return rows[0] && toTask(rows[0]);
}

/** In manual order, done ones too. */
export async function subtasksIn({ qb }: Reader, userId: string, parentId: string): Promise<Task[]> {
  const rows = await qb
    .selectFrom("task")
    .select(TASK_COLUMNS)
    .where("userId", "=", userId)
    .where("parentId", "=", parentId)
    .where("deletedAt", "is", null)
    .orderBy("rank")
    .orderBy("id")
    .execute();
  return rows.map(toTask);
}

/** The subtasks that were deleted together with this task: at the same time. */
export async function subtasksDeletedWith({ qb }: WriteTransaction, userId: string, { id, deletedAt }: Task): Promise<Task[]> {
  const rows = await qb
    .selectFrom("task")
    .select(TASK_COLUMNS)
    .where("userId", "=", userId)
    .where("parentId", "=", id)
    .where("deletedAt", "=", sql<Timestamp>`${deletedAt}::timestamptz`)
    .execute();
  return rows.map(toTask);
}

/**
 * The tasks that a change created and no later change has touched. A task counts together with its subtasks: if one of
 * them was changed or added later, none of them is returned.
 */
export async function untouchedSince({ qb }: WriteTransaction, userId: string, changeSeq: number): Promise<string[]> {
  // Sets in place of joins, which are hashed: a join may compare each task with all others, as the planner knows nothing of new ones.
  const { rows } = await sql<{ id: string }>`
    with made as materialized (
      select id, parent_id, created_at from task
      where user_id = ${userId} and change_seq = ${changeSeq} and (version = 1 or id in (
        select task_id from task_revision
        where user_id = ${userId} and version = 1 and (task->>'change_seq')::bigint = ${changeSeq}
      ))
    ), ids as materialized (
      select id from made union select parent_id from made where parent_id is not null
    ), kin as materialized (
      select id, parent_id, created_at, change_seq from task
      where user_id = ${userId} and exists (select from made) and (id in (select id from ids) or parent_id in (select id from ids))
    ), rooted as (
      select id, case
        when parent_id is not null and (parent_id, created_at) in (select id, created_at from kin) then parent_id else id
      end as root
      from made
    )
    select id from rooted
    where (root in (select id from kin where change_seq <> ${changeSeq})) is not true
      and (root in (select parent_id from kin where change_seq <> ${changeSeq})) is not true
  `.execute(qb);
  return rows.map(({ id }) => id);
}

/** Detaches existing subtasks from created parents, which are about to be purged with their subtasks. Undo then reverts these. */
export async function detachExisting({ qb }: WriteTransaction, userId: string, created: string[]): Promise<void> {
  if (created.length === 0) return;
  await sql`
    update task set parent_id = null
    where user_id = ${userId} and (parent_id in (select unnest(${created}::uuid[]))) is true
      and (id in (select unnest(${created}::uuid[]))) is not true
  `.execute(qb);
}
