import { type RawBuilder, type SqlBool, sql } from "kysely";
import { db } from "#app/db/database.server.ts";
import { inWriteTransaction, type WriteTransaction } from "#app/db/writer.server.ts";
import { IDEMPOTENCY_TTL_HOURS } from "#app/http/idempotency-store.server.ts";
import { log } from "#app/log.server.ts";
import { purgeTasks } from "#app/tasks/store/rows.server.ts";

/** A process that lives shorter than an hour sweeps too, but not while it starts. */
const FIRST = 60_000;
const EVERY = 60 * 60_000;
/** What one statement takes at the most, so that it holds nobody up. */
const BATCH = 500;
/** What one sweep does at the most; the next one goes on. */
const BATCHES = 40;
const TRASH_DAYS = 30;
const HISTORY_DAYS = 90;

/** Rows that end by their age alone: where, since when, and at what age. */
const AGING = [
  ["task_revision", "replaced_at", { days: HISTORY_DAYS }],
  ["list_revision", "replaced_at", { days: HISTORY_DAYS }],
  ["undone_change", "undone_at", { days: HISTORY_DAYS }],
  ["kept_answer", "created_at", { hours: IDEMPOTENCY_TTL_HOURS }],
] as const;

/** Sweeps every hour for as long as the process lives. Any number of instances may: what one has in hand, the others pass over. */
export function startSweeping(...sweeps: (() => Promise<void>)[]): void {
  const sweepAll = () => {
    for (const sweep of sweeps) sweep().catch(report);
  };
  setTimeout(sweepAll, FIRST).unref();
  setInterval(sweepAll, EVERY).unref();
}

function report(error: unknown): void {
  log.warn({ event: "sweep.failed", reason: String(error) }, "what is out of date could not be swept");
}

/** Ends what nobody can ask for any more: kept answers after a day; trash after 30 days; history, and tombstones of what is gone, after 90. */
export async function sweep(): Promise<void> {
  await inBatches(sweepOldTrash);
  for (const [table, since, age] of AGING) await inBatches(() => sweepRows(table, olderThan(since, age)));
  await inBatches(sweepTombstones);
}

/** `sweepBatch` returns how many it took: fewer than it may are the last. */
async function inBatches(sweepBatch: () => Promise<number>): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch++) {
    if ((await sweepBatch()) < BATCH) return;
  }
}

async function sweepRows(table: string, isOld: RawBuilder<SqlBool>): Promise<number> {
  const old = sql`select ctid from ${sql.table(table)} where ${isOld} limit ${BATCH} for update skip locked`;
  const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ctid = any(array(${old}))`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Keeps up to where they are gone, for readers of changes who come later. Users who are writing just now are left for the next time. */
async function sweepTombstones(): Promise<number> {
  const isOld = olderThan("deleted_at", { days: HISTORY_DAYS });
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
    told as (
      update change_sequence set swept_to = greatest(swept_to, latest.change_seq)
      from latest where change_sequence.user_id = latest.user_id
    )
    select count(*) as count from gone
  `.execute(db);
  return rows[0]?.count ?? 0;
}

async function sweepOldTrash(): Promise<number> {
  const rows = await db.selectFrom("task").select("userId").where(isOldTrash).limit(BATCH).execute();
  let count = 0;
  for (const userId of new Set(rows.map((row) => row.userId))) {
    const purged = await inWriteTransaction(userId, (transaction) => purgeOldTrash(transaction, userId)).catch(report);
    count += purged ?? 0;
  }
  return count;
}

/** Looked for within the transaction: what was brought back meanwhile is trash no more. */
async function purgeOldTrash(transaction: WriteTransaction, userId: string): Promise<number> {
  const rows = await transaction.qb.selectFrom("task").select("id").where("userId", "=", userId).where(isOldTrash).limit(BATCH).execute();
  const ids = rows.map(({ id }) => id);
  return purgeTasks(transaction, userId, ids);
}

const isOldTrash = olderThan("deleted_at", { days: TRASH_DAYS });

function olderThan(column: string, { days = 0, hours = 0 }: { days?: number; hours?: number }): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} < now() - make_interval(days => ${days}, hours => ${hours})`;
}
