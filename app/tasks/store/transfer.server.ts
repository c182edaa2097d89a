import { type Kysely, sql } from "kysely";
import type { Database } from "#app/db/schema.ts";
import type { WriteTransaction } from "#app/db/writer.server.ts";
import { dueInstant } from "#app/tasks/dates.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import type { Task, TaskInput } from "#app/tasks/task.ts";

/** What one statement reads or writes, so that neither it nor what it holds in memory grows with the number of tasks. */
const BATCH = 1000;

/** Every task of the user, the trash as well, in order of ids. For the same tasks throughout, `qb` must be a snapshot. */
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

/** Those of the ids that are tasks of this user. */
export async function existingTasks(qb: Kysely<Database>, userId: string, ids: string[]) {
  const rows = await qb
    .selectFrom("task")
    .select(["id", "parentId", "deletedAt"])
    .where("userId", "=", userId)
    .where("id", "=", sql<string>`any(${ids}::uuid[])`)
    .execute();
  return rows.map(({ id, parentId, deletedAt }) => ({ id, parentId, isTrashed: deletedAt !== null }));
}

/** The task that has each of the external ids, of those not in the trash. */
export async function existingExternalIds(qb: Kysely<Database>, userId: string, externalIds: string[]): Promise<Map<string, string>> {
  const rows = await qb
    .selectFrom("task")
    .select(["id", "externalId"])
    .where("userId", "=", userId)
    .where("deletedAt", "is", null)
    .where("externalId", "=", sql<string>`any(${externalIds}::text[])`)
    .execute();
  return new Map(rows.map(({ id, externalId }) => [externalId ?? "", id]));
}

/** The series that have an open occurrence. */
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

/** A new task with everything about it said, as nobody else may. What is left out is as with any new task. */
export interface TaskRecord extends TaskInput {
  id: string;
  series_id?: string | null | undefined;
  rank: string;
  created_at?: string | undefined;
  updated_at?: string | undefined;
  completed_at?: string | null | undefined;
  deleted_at?: string | null | undefined;
}

/** Makes tasks by the thousand; parents must come before their subtasks. */
export async function insertTasks(transaction: WriteTransaction, userId: string, tasks: TaskRecord[]): Promise<void> {
  for (let start = 0; start < tasks.length; start += BATCH) await insertBatch(transaction, userId, tasks.slice(start, start + BATCH));
}

/** As one parameter: a statement of thousands of them would be another one for every number of tasks. */
async function insertBatch({ qb, changeNumber }: WriteTransaction, userId: string, tasks: TaskRecord[]): Promise<void> {
  await sql`
    insert into task (
      user_id, id, list_id, parent_id, title, notes, status, priority, labels, due_date, due_time, due_timezone, due_at, start_date,
      rrule, recurrence_anchor, series_id, rank, external_id, created_at, updated_at, completed_at, deleted_at, change_seq
    )
    select
      ${userId}, id, list_id, parent_id, title, notes, status, priority, labels, due_date, due_time, due_timezone, to_timestamp(due_at),
      start_date, rrule, recurrence_anchor, series_id, rank, external_id, coalesce(created_at, now()),
      coalesce(updated_at, created_at, now()), completed_at, deleted_at, ${changeNumber}
    from json_to_recordset(${JSON.stringify(tasks.map(toRecord))}::json) as record (
      id uuid, list_id uuid, parent_id uuid, title text, notes text, status text, priority smallint, labels text[], due_date date,
      due_time time, due_timezone text, due_at float8, start_date date, rrule text, recurrence_anchor text, series_id uuid, rank text,
      external_id text, created_at timestamptz, updated_at timestamptz, completed_at timestamptz, deleted_at timestamptz
    )
  `.execute(qb);
}

/** The task under its columns' names. */
function toRecord({ due, recurrence, ...task }: TaskRecord) {
  const instant = due && dueInstant(due);
  return {
    ...task,
    due_date: due?.date,
    due_time: due?.time,
    due_timezone: due?.timezone,
    due_at: instant && instant.epochMilliseconds / 1000,
    rrule: recurrence?.rrule,
    recurrence_anchor: recurrence?.anchor,
    series_id: recurrence && (task.series_id ?? task.id),
    completed_at:
      task.status === "done" ? (task.completed_at ?? task.updated_at ?? task.created_at ?? Temporal.Now.instant().toString()) : null,
  };
}
