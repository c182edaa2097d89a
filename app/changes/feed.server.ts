import { type Kysely, type RawBuilder, sql } from "kysely";
import {
  boundOf,
  decodePosition,
  encodePosition,
  endOf,
  isOfOtherSecret,
  KINDS,
  type Kind,
  type Position,
} from "#app/changes/position.server.ts";
import type { Database } from "#app/db/schema.ts";
import type { List } from "#app/lists/list.ts";
import { LIST_COLUMNS, toList } from "#app/lists/mapping.server.ts";
import { openCount } from "#app/tasks/store/list-tasks.server.ts";
import { TASK_COLUMNS, type TaskRow, toTask } from "#app/tasks/store/mapping.server.ts";
import type { Task } from "#app/tasks/task.ts";

/** `upsert`: the task or list as it is now, even if in the trash. `delete`: it was deleted permanently. */
export type FeedItem =
  | { type: "task"; op: "upsert"; id: string; task: Task }
  | { type: "list"; op: "upsert"; id: string; list: List }
  | { type: "task" | "list"; op: "delete"; id: string };

export interface FeedPage {
  items: FeedItem[];
  /** Token of the next page. When `hasMore` is false, it reads later changes. */
  next: string;
  hasMore: boolean;
}

type FeedRow = TaskRow & { changeNumber: number; kind: number; rowId: string };

/**
 * One user's changes, ordered by change number. Each row appears once, at its latest change; a row that changes while a
 * reader pages appears again. A writer holds a lock from taking its change number until it commits, so numbers become
 * visible in order: a reader that has seen a number has seen all lower ones.
 */
export function feedOf(userId: string, qb: Kysely<Database>) {
  /**
   * The changes after `token`; without one, everything that exists. `malformed`: the token was not issued to this user.
   * `resync_required`: tombstones that the reader has not seen have been deleted, or the token was signed with another secret.
   */
  async function read(token: string | undefined, limit: number): Promise<FeedPage | "malformed" | "resync_required"> {
    const position = token === undefined ? undefined : decodePosition(token, userId);
    if (token !== undefined && !position) return isOfOtherSecret(token) ? "resync_required" : "malformed";
    const { lastValue, sweptTo, rows } = await rowsAfter(position, limit + 1);
    if (position && Math.max(position.changeNumber, position.startedAt) < sweptTo) return "resync_required";
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const next = last
      ? { changeNumber: last.changeNumber, kind: last.kind, id: last.rowId, startedAt: position?.startedAt ?? lastValue }
      : endOf(lastValue);
    return { items: await itemsOf(rows.slice(0, limit)), next: encodePosition(next, userId), hasMore: last !== undefined };
  }

  /** One statement, so that all of it is from one snapshot. Returns `lastValue` and `sweptTo` even without changes. */
  async function rowsAfter(position: Position | undefined, limit: number) {
    const selects = sql.join(
      KINDS.map((kind) => selectOf(kind, boundOf(kind, position), limit)),
      sql` union all `,
    );
    const { rows } = await sql<{ lastValue: number; sweptTo: number } & (FeedRow | { changeNumber: null })>`
      select sequence.last_value, sequence.swept_to, changed.*, ${sql.join(TASK_COLUMNS.map((column) => sql.ref(`task.${column}`)))}
      from change_sequence sequence
      left join (select * from (${selects}) any_kind order by change_number, kind, row_id limit ${limit}) changed on true
      left join task on changed.kind = ${KINDS.indexOf("task")} and task.user_id = ${userId} and task.id = changed.row_id
      where sequence.user_id = ${userId}
      order by change_number, kind, row_id
    `.execute(qb);
    const { lastValue = 0, sweptTo = 0 } = rows[0] ?? {};
    return { lastValue, sweptTo, rows: rows.filter((row) => row.changeNumber !== null) };
  }

  function selectOf(kind: Kind, [changeNumber, id]: [changeNumber: number, id: string], limit: number): RawBuilder<unknown> {
    const [table, condition] = SOURCES[kind];
    return sql`(
      select change_seq as change_number, ${sql.lit(KINDS.indexOf(kind))} as kind, id as row_id from ${sql.table(table)}
      where user_id = ${userId} and ${condition} and (change_seq, id) > (${changeNumber}, ${id}::uuid)
      order by change_seq, id limit ${limit}
    )`;
  }

  async function itemsOf(rows: FeedRow[]): Promise<FeedItem[]> {
    const lists = await listsWith(rows.filter(({ kind }) => KINDS[kind] === "list").map(({ rowId }) => rowId));
    return rows.flatMap((row): FeedItem | FeedItem[] => {
      const id = row.rowId;
      switch (KINDS[row.kind]) {
        case "task":
          return { type: "task", op: "upsert", id, task: toTask(row) };
        case "list": {
          const list = lists.get(id);
          return list ? { type: "list", op: "upsert", id, list } : [];
        }
        default:
          return { type: KINDS[row.kind] === "deleted list" ? "list" : "task", op: "delete", id };
      }
    });
  }

  /** Read after the rows: a list that was changed or deleted in between is in the feed again, at that change. */
  async function listsWith(ids: string[]): Promise<Map<string, List>> {
    if (ids.length === 0) return new Map();
    const rows = await qb
      .selectFrom("list")
      .where("userId", "=", userId)
      .where("id", "=", sql<string>`any(${ids}::uuid[])`)
      .select(LIST_COLUMNS)
      .select((eb) => openCount(eb).as("openCount"))
      .execute();
    return new Map(rows.map((row) => [row.id, toList(row)]));
  }

  return { read };
}

const SOURCES: Record<Kind, [table: string, condition: RawBuilder<unknown>]> = {
  "deleted task": ["tombstone", sql`kind = 'task'`],
  "deleted list": ["tombstone", sql`kind = 'list'`],
  list: ["list", sql`true`],
  task: ["task", sql`true`],
};
