import { type RawBuilder, type SqlBool, sql } from "kysely";
import { z } from "zod";
import { db } from "#app/db/database.server.ts";
import { prepared } from "#app/db/prepared.ts";
import { readSignedText, signedText } from "#app/signed-text.server.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import { filterCondition, searchCondition } from "#app/tasks/store/filter-sql.server.ts";
import { TASK_COLUMNS, type TaskRow } from "#app/tasks/store/mapping.server.ts";
import type { TASK_SORTS } from "#app/tasks/task.ts";
import type { UserNow } from "#app/time.ts";

interface PageValues {
  userId: string;
  /** Sort key and id of the last row of the page before. */
  key: string;
  id: string;
  limit: number;
}

const pageStatements = new Map<string, ReturnType<typeof prepared<PageValues, TaskRow & { sortKey: string }>>>();
const MOST_STATEMENTS = 200;

/** Prepared once for each filter, except for views, which depend on the current time. */
export function pageStatement(filter: TaskFilter, isFirst: boolean, userNow: () => UserNow) {
  const name = JSON.stringify([filter, isFirst]);
  const known = pageStatements.get(name);
  if (known) return known;
  const sort = sortOf(filter.sort);
  const statement = prepared(({ userId, key, id, limit }: PageValues) =>
    db
      .selectFrom("task")
      .where("userId", "=", userId)
      .where((eb) => filterCondition(eb, userId, filter, userNow))
      .$if(filter.q !== undefined, (query) => query.where(searchCondition(userId, filter.q ?? "")))
      .$if(!isFirst, (query) => query.where(sort.after(key, id)))
      .select(TASK_COLUMNS)
      .select(sql<string>`${sort.key}::text`.as("sortKey"))
      // The list is the same for all rows; it is in the order so that the index can be used.
      .$if(filter.topLevelIn !== undefined, (query) => query.orderBy("listId", sort.direction))
      .orderBy(sort.key, sort.direction)
      .orderBy("id", sort.direction)
      .limit(limit),
  );
  if (filter.view) return statement;
  if (pageStatements.size === MOST_STATEMENTS) pageStatements.clear();
  pageStatements.set(name, statement);
  return statement;
}

interface Sort {
  /** Never null: a comparison with null would lose rows between pages. */
  key: RawBuilder<unknown>;
  direction: "asc" | "desc";
  /** The rows that follow the one with this key and id. The id makes the order total. */
  after(key: string, id: string): RawBuilder<SqlBool>;
}

/** `type`: the SQL type to which a cursor's text is cast. */
const KEYS: Record<(typeof TASK_SORTS)[number], { key: string; type: string }> = {
  rank: { key: "rank", type: `text` },
  due: { key: "coalesce(due_date, 'infinity')", type: "date" },
  priority: { key: "priority", type: "smallint" },
  created_at: { key: "created_at", type: "timestamptz" },
  updated_at: { key: "updated_at", type: "timestamptz" },
  title: { key: "title collate natural_order", type: "text" },
};

/** Tasks without a due date come last, or first in the reversed order. */
export function sortOf(sort: TaskFilter["sort"]): Sort {
  const descending = sort.startsWith("-");
  const { key, type } = KEYS[sort.replace("-", "") as keyof typeof KEYS];
  const order = sql.raw(descending ? "<" : ">");
  return {
    key: sql.raw(key),
    direction: descending ? "desc" : "asc",
    after: (value, id) => sql<SqlBool>`(${sql.raw(key)}, id) ${order} (${value}::${sql.raw(type)}, ${id}::uuid)`,
  };
}

/** The end of a page: its last row's sort key, as Postgres text, and id. */
const Position = z.tuple([z.string(), z.uuid()]);
export type Position = z.infer<typeof Position>;

/** `scope` is the user, filter and order: the signature does not verify for another one. */
export function encodeCursor(position: Position, scope: string): string {
  return signedText(position, `cursor\n${scope}`);
}

export function decodeCursor(cursor: string, scope: string): Position | undefined {
  return readSignedText(cursor, `cursor\n${scope}`, Position);
}
