import { type Kysely, type RawBuilder, type SqlBool, sql } from "kysely";
import type { Database } from "#app/db/schema.ts";
import type { WriteTransaction } from "#app/db/writer.server.ts";
import { COLUMNS, columnsOfKind, columnValue } from "#app/tasks/columns.ts";
import { snakeCase } from "#app/tasks/keys.ts";
import { dueSeconds, TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import type { Task, TaskInput } from "#app/tasks/task.ts";

/** Rows per statement: memory does not grow with the number of tasks, and the embedded database takes the main thread only briefly. */
const BATCH = 500;

/** Every task of the user, the trash too, ordered by id. `qb` must be a snapshot for a consistent result. */
export async function* allTasks(qb: Kysely<Database>, userId: string): AsyncGenerator<Task[]> {
  const mine = qb.selectFrom("task").select(TASK_COLUMNS).where("userId", "=", userId).orderBy("id").limit(BATCH);
  for (let last: string | undefined; ; ) {
    const after = last;
    const rows = await mine.$if(after !== undefined, (query) => query.where("id", ">", after ?? "")).execute();
    if (rows.length > 0) yield rows.map(toTask);
    if (rows.length < BATCH) return;
    last = rows.at(-1)?.id;
  }
}

/**
 * The values as a hash table, with which a statement reads all tasks of the user once. A plain `= any(…)` or a join may compare every
 * task with every value: right after an import, the planner's statistics do not know its rows.
 */
function isOneOf(column: string, values: string[], type: string): RawBuilder<SqlBool> {
  return sql`(${sql.ref(column)} in (select unnest(${values}::${sql.raw(type)}[]))) is true`;
}

export async function existingTasks(qb: Kysely<Database>, userId: string, ids: string[]) {
  const rows = await qb
    .selectFrom("task")
    .select(["id", "parentId", "listId", "deletedAt"])
    .where("userId", "=", userId)
    .where(isOneOf("id", ids, "uuid"))
    .execute();
  return rows.map(({ deletedAt, ...row }) => ({ ...row, isTrashed: deletedAt !== null }));
}

/** Task ids by external id, without the trash. */
export async function existingExternalIds(qb: Kysely<Database>, userId: string, externalIds: string[]): Promise<Map<string, string>> {
  const rows = await qb
    .selectFrom("task")
    .select(["id", "externalId"])
    .where("userId", "=", userId)
    .where("deletedAt", "is", null)
    .where(isOneOf("externalId", externalIds, "text"))
    .execute();
  return new Map(rows.map(({ id, externalId }) => [externalId ?? "", id]));
}

export async function findOpenSeries(qb: Kysely<Database>, userId: string): Promise<Set<string>> {
  const rows = await qb
    .selectFrom("task")
    .select("seriesId")
    .where("userId", "=", userId)
    .where("deletedAt", "is", null)
    .where("status", "=", "open")
    .where("seriesId", "is not", null)
    .execute();
  return new Set(rows.map(({ seriesId }) => seriesId ?? ""));
}

/** A new task with the fields that the server otherwise sets. An absent field gets its default. */
export interface TaskRecord extends TaskInput {
  id: string;
  seriesId?: string | null | undefined;
  occurrenceDate?: string | null | undefined;
  previousId?: string | null | undefined;
  rank: string;
  createdAt?: string | undefined;
  updatedAt?: string | undefined;
  completedAt?: string | null | undefined;
  deletedAt?: string | null | undefined;
}

/** Parents must come before their subtasks. */
export async function insertTasks(transaction: WriteTransaction, userId: string, tasks: TaskRecord[]): Promise<void> {
  for (let start = 0; start < tasks.length; start += BATCH) await insertBatch(transaction, userId, tasks.slice(start, start + BATCH));
}

const INSERTED = columnsOfKind("identity", "field", "state");
const DEFAULTS: Partial<Record<(typeof INSERTED)[number], RawBuilder<unknown>>> = {
  createdAt: sql`coalesce(created_at, now())`,
  updatedAt: sql`coalesce(updated_at, created_at, now())`,
};

/**
 * All rows are one parameter: otherwise each number of tasks would be a statement of its own. A task that an undo has purged and that
 * exists again under its id is not stored for redo any more.
 */
async function insertBatch({ qb, changeNumber }: WriteTransaction, userId: string, tasks: TaskRecord[]): Promise<void> {
  const columns = sql.join(INSERTED.map((name) => sql.ref(name)));
  const values = sql.join(INSERTED.map((name) => DEFAULTS[name] ?? sql.ref(name)));
  const types = sql.join(INSERTED.map((name) => sql`${sql.ref(name)} ${sql.raw(COLUMNS[name].type)}`));
  await sql`
    with inserted as (
      insert into task (user_id, ${columns}, due_at, change_seq)
      select ${userId}, ${values}, to_timestamp(due_at), ${changeNumber}
      from json_to_recordset(${JSON.stringify(tasks.map(toRecord))}::json) as record (${types}, due_at float8)
      returning id
    )
    delete from removed_task where user_id = ${userId} and task_id in (select id from inserted)
  `.execute(qb);
}

function toRecord(task: TaskRecord) {
  const { recurrence, status, createdAt, updatedAt, completedAt } = task;
  return {
    ...Object.fromEntries(INSERTED.map((name) => [snakeCase(name), columnValue(task, name)])),
    due_at: dueSeconds(task.due),
    series_id: recurrence && (task.seriesId ?? task.id),
    completed_at: status === "done" ? (completedAt ?? updatedAt ?? createdAt ?? Temporal.Now.instant().toString()) : null,
  };
}
