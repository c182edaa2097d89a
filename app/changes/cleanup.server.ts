import { sql } from "kysely";
import { HISTORY } from "#app/changes/retention.ts";
import { db } from "#app/db/database.server.ts";
import { BATCH, deleteOldRows, inBatches, olderThan } from "#app/db/old-rows.server.ts";

/** Longer than an undo can be undone. */
const REMOVED = { hours: 1 };

export async function deleteOldHistory(): Promise<void> {
  await deleteOldRows("task_revision", "replaced_at", HISTORY);
  await deleteOldRows("list_revision", "replaced_at", HISTORY);
  await deleteOldRows("undone_change", "undone_at", HISTORY);
  await deleteOldRows("change_log", "at", HISTORY);
  await deleteOldRows("removed_task", "removed_at", REMOVED);
}

/**
 * Deletes tombstones after 90 days and stores the highest change number deleted: feed readers that have not seen it
 * must start again. Skips users whose `change_sequence` row is locked because they are writing.
 */
export async function deleteOldTombstones(): Promise<void> {
  await inBatches(deleteTombstoneBatch);
}

async function deleteTombstoneBatch(): Promise<number> {
  const isOld = olderThan("deleted_at", HISTORY);
  const { rows } = await sql<{ count: number }>`
    with old as (select user_id, kind, id from tombstone where ${isOld} limit ${BATCH}),
    idle as materialized (
      select user_id from change_sequence where user_id in (select user_id from old) for update skip locked
    ),
    gone as (
      delete from tombstone using old join idle using (user_id)
      where tombstone.user_id = old.user_id and tombstone.kind = old.kind and tombstone.id = old.id and ${isOld}
      returning tombstone.user_id, tombstone.change_seq
    ),
    latest as (select user_id, max(change_seq) as change_seq from gone group by user_id),
    recorded as (
      update change_sequence set swept_to = greatest(swept_to, latest.change_seq)
      from latest where change_sequence.user_id = latest.user_id
    )
    select count(*) as count from gone
  `.execute(db);
  return rows[0]?.count ?? 0;
}
