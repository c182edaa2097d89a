import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { WriteTransaction } from "#app/db/writer.server.ts";
import { columnsOfKind } from "#app/tasks/columns.ts";
import { exceededQuota } from "#app/tasks/store/quota.server.ts";

/** Stores tasks that undo is about to purge, so that it can be undone too. */
export async function storeRemoved({ qb, changeNumber }: WriteTransaction, userId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into removed_task (user_id, task_id, task, change_seq)
    select user_id, id, to_jsonb(task) - 'search', ${changeNumber} from task where user_id = ${userId} and id = any(${ids}::uuid[])
    on conflict (user_id, task_id) do update
      set task = excluded.task, change_seq = excluded.change_seq, removed_at = excluded.removed_at
  `.execute(qb);
}

const COPIED = columnsOfKind("identity", "field", "state");

/**
 * Creates the tasks that the undone change, an undo, has purged: as they were, at their first version. None of them if that would exceed
 * a quota. Deletes their tombstones, by which readers of the feed would delete them. Returns how many.
 */
export async function recreateTasks(transaction: WriteTransaction, userId: string, undoneNumber: number): Promise<number> {
  const { qb, changeNumber } = transaction;
  if (await exceededQuota(qb, userId, await growthOf(transaction, userId, undoneNumber))) return 0;
  const { rows } = await sql`
    with removed as (
      delete from removed_task where user_id = ${userId} and change_seq = ${undoneNumber} returning task
    ), was as (
      select was.* from removed, jsonb_populate_record(null::task, removed.task) was
    ), remaining as (
      delete from tombstone where user_id = ${userId} and kind = 'task' and change_seq = ${undoneNumber} and ${isAmongThem("id")}
    )
    insert into task (user_id, ${sql.join(COPIED.map((name) => sql.ref(name)))}, due_at, change_seq)
    select user_id, ${sql.join(COPIED.map((name) => VALUES[name] ?? sql.ref(name)))}, due_at, ${changeNumber} from was
    on conflict (user_id, id) do nothing
    returning id
  `.execute(qb);
  return rows.length;
}

/** Null for a list or parent that the task can't have any more, and for an external id that another task has. */
const VALUES: Partial<Record<(typeof COPIED)[number], RawBuilder<unknown>>> = {
  listId: sql`(select id from list where list.user_id = was.user_id and list.id = was.list_id)`,
  parentId: sql`case when ${isAmongThem("was.parent_id")} then was.parent_id else (
    select id from task parent
    where parent.user_id = was.user_id and parent.id = was.parent_id and parent.parent_id is null and parent.deleted_at is null
  ) end`,
  externalId: sql`case when not exists (
    select from task other where other.user_id = was.user_id and other.external_id = was.external_id and other.deleted_at is null
  ) then external_id end`,
};

async function growthOf({ qb }: WriteTransaction, userId: string, undoneNumber: number) {
  const { rows } = await sql<{ taskCount: number; textBytes: number }>`
    select count(*) as task_count, coalesce(sum(octet_length(task->>'title') + octet_length(task->>'notes')), 0)::bigint as text_bytes
    from removed_task where user_id = ${userId} and change_seq = ${undoneNumber}
  `.execute(qb);
  return rows[0] ?? {};
}

/** With a hash table of the tasks: a join may compare each one with all of them, as the planner has no statistics of them. */
function isAmongThem(column: string): RawBuilder<SqlBool> {
  return sql`(${sql.ref(column)} in (select id from was)) is true`;
}
