import { type Kysely, type RawBuilder, sql } from "kysely";
import { boundOf, decodePosition, encodePosition, endOf, KINDS, type Kind, type Position } from "#app/changes/position.server.ts";
import type { Database } from "#app/db/schema.ts";
import type { List } from "#app/lists/list.ts";
import { LIST_COLUMNS, toList } from "#app/lists/mapping.server.ts";
import { openCount } from "#app/tasks/store/list-tasks.server.ts";
import { TASK_COLUMNS, type TaskRow, toTask } from "#app/tasks/store/mapping.server.ts";
import type { Task } from "#app/tasks/task.ts";

/** What became of a task or a list: what it is now, in the trash or not, or that it is gone for good. */
export type FeedItem =
  | { type: "task"; op: "upsert"; id: string; task: Task }
  | { type: "list"; op: "upsert"; id: string; list: List }
  | { type: "task" | "list"; op: "delete"; id: string };

export interface FeedPage {
  items: FeedItem[];
  /** Where to go on: at once when there is more, else whenever the reader likes. */
  next: string;
  hasMore: boolean;
}

/** A row at the place of its latest change, with the task's columns where it is a task. */
type Placed = TaskRow & { seq: number; kind: number; placedId: string };

/**
 * One user's changes in the order of their numbers. A row stands at its latest change only: what changes while it is read
 * comes again. A writer holds the lock under which it took its number until it commits, so who sees one has seen all before it.
 */
export function feedOf(userId: string, qb: Kysely<Database>) {
  /**
   * The changes after `token`; without one, all that there is. `malformed`: the token is not one of this user's.
   * `too_old`: tombstones are swept that its holder has not seen.
   */
  async function read(token: string | undefined, limit: number): Promise<FeedPage | "malformed" | "too_old"> {
    const position = token === undefined ? undefined : decodePosition(token, userId);
    if (token !== undefined && !position) return "malformed";
    const { lastValue, sweptTo, rows } = await rowsAfter(position, limit + 1);
    if (position && Math.max(position.seq, position.began) < sweptTo) return "too_old";
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const next = last ? { seq: last.seq, kind: last.kind, id: last.placedId, began: position?.began ?? lastValue } : endOf(lastValue);
    return { items: await itemsOf(rows.slice(0, limit)), next: encodePosition(next, userId), hasMore: last !== undefined };
  }

  /** In one statement, so that all of it is of one moment; it has a row even where nothing has changed. */
  async function rowsAfter(position: Position | undefined, limit: number) {
    const places = sql.join(
      KINDS.map((kind) => placesOf(kind, boundOf(kind, position), limit)),
      sql` union all `,
    );
    const { rows } = await sql<{ lastValue: number; sweptTo: number } & (Placed | { seq: null })>`
      select mark.last_value, mark.swept_to, place.*, ${sql.join(TASK_COLUMNS.map((column) => sql.ref(`task.${column}`)))}
      from change_sequence mark
      left join (select * from (${places}) any_place order by seq, kind, placed_id limit ${limit}) place on true
      left join task on place.kind = ${KINDS.indexOf("task")} and task.user_id = ${userId} and task.id = place.placed_id
      where mark.user_id = ${userId}
      order by seq, kind, placed_id
    `.execute(qb);
    const { lastValue = 0, sweptTo = 0 } = rows[0] ?? {};
    return { lastValue, sweptTo, rows: rows.filter((row) => row.seq !== null) };
  }

  function placesOf(kind: Kind, [seq, id]: [seq: number, id: string], limit: number): RawBuilder<unknown> {
    const [source, only] = SOURCES[kind];
    return sql`(
      select change_seq as seq, ${sql.lit(KINDS.indexOf(kind))} as kind, id as placed_id from ${sql.table(source)}
      where user_id = ${userId} and ${only} and (change_seq, id) > (${seq}, ${id}::uuid)
      order by change_seq, id limit ${limit}
    )`;
  }

  async function itemsOf(rows: Placed[]): Promise<FeedItem[]> {
    const lists = await listsWith(rows.filter(({ kind }) => KINDS[kind] === "list").map(({ placedId }) => placedId));
    return rows.flatMap((row): FeedItem | FeedItem[] => {
      const id = row.placedId;
      switch (KINDS[row.kind]) {
        case "task":
          return { type: "task", op: "upsert", id, task: toTask(row) };
        case "list": {
          const list = lists.get(id);
          return list ? { type: "list", op: "upsert", id, list } : [];
        }
        default:
          return { type: KINDS[row.kind] === "gone list" ? "list" : "task", op: "delete", id };
      }
    });
  }

  /** As they are a moment later: one that is gone by then is told at its own place, and so is what else it became. */
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
  "gone task": ["tombstone", sql`kind = 'task'`],
  "gone list": ["tombstone", sql`kind = 'list'`],
  list: ["list", sql`true`],
  task: ["task", sql`true`],
};
