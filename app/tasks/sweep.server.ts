import { type SqlBool, sql } from "kysely";
import { inTurn, type Turn } from "#app/db/change.server.ts";
import { db } from "#app/db/database.server.ts";
import { log } from "#app/log.server.ts";
import { purgeTasks } from "#app/tasks/change.server.ts";

const EVERY = 60 * 60_000;
/** What one sweep takes at the most, so that it never holds anybody up; the next one goes on. */
const BATCH = 500;
const TRASH_DAYS = 30;
const HISTORY_DAYS = 90;

/** Tables of what has been, and when it was replaced. */
const HISTORY = [
  ["task_revision", "replaced_at"],
  ["list_revision", "replaced_at"],
  ["undone_change", "undone_at"],
] as const;

/** Sweeps every hour for as long as the process lives. Any number of instances may: what one has taken, the next does not find. */
export function startSweeping(...sweeps: (() => Promise<void>)[]): void {
  setInterval(() => {
    for (const sweep of sweeps) {
      sweep().catch((error) => log.warn({ event: "sweep.failed", reason: String(error) }, "what is out of date could not be swept"));
    }
  }, EVERY).unref();
}

/** Ends what nobody can ask for any more: trash after 30 days; history, and the tombstones of what is gone, after 90. */
export async function sweep(): Promise<void> {
  for (const userId of await ownersOfOldTrash()) await inTurn(userId, (turn) => purgeOldTrash(turn, userId));
  const old = sql`now() - make_interval(days => ${HISTORY_DAYS})`;
  for (const [table, column] of HISTORY) {
    const [name, at] = [sql.table(table), sql.ref(column)];
    await sql`delete from ${name} where ctid = any(array(select ctid from ${name} where ${at} < ${old} limit ${BATCH}))`.execute(db);
  }
  await sweepTombstones();
}

/** Keeps up to where they are gone, for readers of changes who come later. Users who are writing just now are left for the next time. */
async function sweepTombstones(): Promise<void> {
  const old = sql`deleted_at < now() - make_interval(days => ${HISTORY_DAYS})`;
  await sql`
    with old as (select user_id, kind, id from tombstone where ${old} limit ${BATCH}),
    idle as materialized (
      select user_id from change_sequence where user_id in (select user_id from old) for update skip locked
    ),
    gone as (
      delete from tombstone using old join idle using (user_id)
      where tombstone.user_id = old.user_id and tombstone.kind = old.kind and tombstone.id = old.id and tombstone.${old}
      returning tombstone.user_id, tombstone.change_seq
    ),
    latest as (select user_id, max(change_seq) as change_seq from gone group by user_id)
    update change_sequence set swept_to = greatest(swept_to, latest.change_seq)
    from latest where change_sequence.user_id = latest.user_id
  `.execute(db);
}

async function ownersOfOldTrash(): Promise<string[]> {
  const rows = await db.selectFrom("task").select("userId").where(isOldTrash()).limit(BATCH).execute();
  return [...new Set(rows.map(({ userId }) => userId))];
}

/** Looked for within the turn: what was brought back meanwhile is trash no more. */
async function purgeOldTrash(turn: Turn, userId: string): Promise<void> {
  const rows = await turn.qb.selectFrom("task").select("id").where("userId", "=", userId).where(isOldTrash()).limit(BATCH).execute();
  await purgeTasks(
    turn,
    userId,
    rows.map(({ id }) => id),
  );
}

function isOldTrash() {
  return sql<SqlBool>`deleted_at < now() - make_interval(days => ${TRASH_DAYS})`;
}
