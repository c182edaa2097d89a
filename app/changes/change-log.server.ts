import { type Kysely, type RawBuilder, type SqlBool, sql } from "kysely";
import type { ListAction, TaskAction } from "#app/changes/action.ts";
import { type ChangedItems, changedLists, changedTasks } from "#app/changes/changed-items.server.ts";
import { type PageRequest, pageOf } from "#app/changes/history-pages.server.ts";
import { UNDO_MINUTES } from "#app/changes/retention.ts";
import { IS_UNDO, undoStates } from "#app/changes/undo-states.server.ts";
import type { Database, Timestamp } from "#app/db/schema.ts";

export type LoggedOrigin = Database["changeLog"]["origin"];

/** A change that wrote something: when, by whom, and what it did. */
export interface LoggedChange {
  changeNumber: number;
  at: string;
  origin: LoggedOrigin;
  tasks: ChangedItems<TaskAction>;
  lists: ChangedItems<ListAction>;
  /** The change that this one undid. */
  undoes: number | null;
  undoneBy: number | null;
  /** Null if it can't be undone: too late, undone already, or everything that it wrote was changed again since. */
  undoableUntil: string | null;
}

export interface ChangePage {
  changes: LoggedChange[];
  nextCursor: string | null;
}

/** A change together with its undos and redos, which are no entries of their own. */
export interface HistoryEntry extends LoggedChange {
  isUndone: boolean;
  /** The change to undo next: it undoes this one, or redoes it if it is undone. Null if that is not possible any more. */
  undoNext: number | null;
}

export interface HistoryPage {
  entries: HistoryEntry[];
  nextCursor: string | null;
}

export function changeLogOf(userId: string, qb: Kysely<Database>) {
  /** The latest changes, newest first; `undefined` if the cursor is not one of this user's. */
  async function changes(page: PageRequest): Promise<ChangePage | undefined> {
    const found = await pageOf(userId, page, rowNumber, (below, limit) => logRows(qb, userId, sql`log.change_seq < ${below}`, limit));
    return found && { changes: await withItems(found.rows.slice(0, page.limit)), nextCursor: found.nextCursor };
  }

  async function change(changeNumber: number): Promise<LoggedChange | undefined> {
    const [found] = await withItems(await logRows(qb, userId, sql`log.change_seq = ${changeNumber}`, 1));
    return found;
  }

  /** Like `changes`, with undos and redos as the state of what they undid. */
  async function history(page: PageRequest): Promise<HistoryPage | undefined> {
    const readBelow = (below: number, limit: number) => logRows(qb, userId, sql`log.change_seq < ${below} and not ${IS_UNDO}`, limit);
    const found = await pageOf(userId, page, rowNumber, readBelow);
    if (!found) return undefined;
    const rows = found.rows.slice(0, page.limit);
    const states = await undoStates(qb, userId, rows.map(rowNumber));
    const last = [...states.values()].flatMap((state) => state.last ?? []);
    const lastRows = await logRows(qb, userId, sql`log.change_seq = any(${last}::bigint[])`, page.limit);
    const undoable = new Set(lastRows.filter(({ undoableUntil }) => undoableUntil !== null).map(rowNumber));
    const entries = (await withItems(rows)).map((change) => {
      const { isUndone = false, last: end = null } = states.get(change.changeNumber) ?? {};
      return { ...change, isUndone, undoNext: end !== null && undoable.has(end) ? end : null };
    });
    return { entries, nextCursor: found.nextCursor };
  }

  async function withItems(rows: LogRow[]): Promise<LoggedChange[]> {
    const numbers = rows.map(rowNumber);
    const [tasks, lists] = [await changedTasks(qb, userId, numbers), await changedLists(qb, userId, numbers)];
    return rows.map(({ at, undoableUntil, ...row }) => ({
      ...row,
      at: at.toISOString(),
      undoableUntil: undoableUntil?.toISOString() ?? null,
      tasks: tasks.get(row.changeNumber) ?? { items: [], count: 0 },
      lists: lists.get(row.changeNumber) ?? { items: [], count: 0 },
    }));
  }

  return { changes, change, history };
}

interface LogRow {
  changeNumber: number;
  at: Timestamp;
  origin: LoggedOrigin;
  undoes: number | null;
  undoneBy: number | null;
  undoableUntil: Timestamp | null;
}

function rowNumber({ changeNumber }: LogRow): number {
  return changeNumber;
}

async function logRows(qb: Kysely<Database>, userId: string, condition: RawBuilder<unknown>, limit: number): Promise<LogRow[]> {
  const { rows } = await sql<LogRow>`
    select log.change_seq as change_number, log.at, log.origin, undone.undone_by,
      (select max(change_seq) from undone_change where user_id = ${userId} and undone_by = log.change_seq) as undoes,
      case when ${IS_RECENT} and undone.change_seq is null and ${IS_LATEST} then log.at + make_interval(mins => ${UNDO_MINUTES}) end
        as undoable_until
    from change_log log
    left join undone_change undone on undone.user_id = log.user_id and undone.change_seq = log.change_seq
    where log.user_id = ${userId} and ${condition}
    order by log.change_seq desc limit ${limit}
  `.execute(qb);
  return rows;
}

/** Whether the change in the row `log` is not too old to be undone. */
export const IS_RECENT = sql<SqlBool>`(log.at > now() - make_interval(mins => ${UNDO_MINUTES}))`;

/**
 * Whether undo would find anything to revert: a task or list that was not changed again since, a list that the change has deleted, or
 * a task that it, as an undo, has purged.
 */
const IS_LATEST = sql`(
  exists (select from task where task.user_id = log.user_id and task.change_seq = log.change_seq)
  or exists (select from list where list.user_id = log.user_id and list.change_seq = log.change_seq)
  or exists (select from removed_task where removed_task.user_id = log.user_id and removed_task.change_seq = log.change_seq)
  or exists (
    select from tombstone where tombstone.user_id = log.user_id and tombstone.kind = 'list' and tombstone.change_seq = log.change_seq
  )
)`;
