import { type ExpressionBuilder, type ExpressionWrapper, type RawBuilder, type SqlBool, sql } from "kysely";
import type { Database, Timestamp } from "#app/db/schema.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import { startOfDay, type UserNow } from "#app/time.ts";

type Eb = ExpressionBuilder<Database, "task">;
type Condition = ExpressionWrapper<Database, "task", SqlBool>;

/** Days that Upcoming looks ahead, from tomorrow. */
export const UPCOMING_DAYS = 14;

/** For the index. From UTC−12 to UTC+14 there can be two days between the dates that two people read. */
const FARTHEST_ZONE = { days: 2 };

/**
 * Due on or before a day, where the user is. A time with a zone of its own counts by its instant, the rest by its date;
 * SQL compares what it is given and knows neither today nor time zones.
 */
export function dueByCondition(eb: Eb, day: Temporal.PlainDate, { timezone }: UserNow): Condition {
  const dayEnd = startOfDay(day.add({ days: 1 }), timezone).toString();
  const floating = eb("dueDate", "<=", day.toString());
  return eb.and([eb("dueDate", "<=", day.add(FARTHEST_ZONE).toString()), floatingOrAt(eb, floating, dayEnd)]);
}

export function overdueCondition(eb: Eb, userNow: UserNow): Condition {
  const { now, today, time } = userNow;
  const floating = eb.or([eb("dueDate", "<", today.toString()), eb.and([eb("dueDate", "=", today.toString()), eb("dueTime", "<", time)])]);
  return eb.and([eb("dueDate", "<=", today.add(FARTHEST_ZONE).toString()), floatingOrAt(eb, floating, now.toString())]);
}

/** Never null for a task that is due, or `not` would lose the row. */
function floatingOrAt(eb: Eb, floating: Condition, before: string): Condition {
  return eb.or([
    eb.and([eb("dueAt", "is", null), floating]),
    eb.and([eb("dueAt", "is not", null), eb("dueAt", "<", sql<Timestamp>`${before}::timestamptz`)]),
  ]);
}

/** Not hidden until a later day. */
function startedCondition(eb: Eb, { today }: UserNow): Condition {
  return eb.or([eb("startDate", "is", null), eb("startDate", "<=", today.toString())]);
}

/**
 * What the page of that name shows, and what its count counts. `open` stands in the statement itself: a plan that
 * serves every parameter can use a partial index only where the text says that it may.
 */
export function viewCondition(eb: Eb, view: NonNullable<TaskFilter["view"]>, userNow: UserNow): Condition {
  const open = eb("status", "=", sql.lit("open"));
  switch (view) {
    case "overdue":
      return eb.and([open, overdueCondition(eb, userNow), startedCondition(eb, userNow)]);
    case "today":
      return eb.and([open, dueByCondition(eb, userNow.today, userNow), startedCondition(eb, userNow)]);
    case "upcoming": {
      const last = userNow.today.add({ days: UPCOMING_DAYS });
      const first = eb("dueDate", ">=", userNow.today.subtract(FARTHEST_ZONE).toString());
      return eb.and([
        open,
        first,
        dueByCondition(eb, last, userNow),
        eb.not(dueByCondition(eb, userNow.today, userNow)),
        startedCondition(eb, userNow),
      ]);
    }
    case "inbox":
      return eb.and([open, eb("listId", "is", null), eb("parentId", "is", null)]);
  }
}

/** Every part of the filter but its words and its order. Only a view asks for the moment. */
export function filterCondition(eb: Eb, filter: Omit<TaskFilter, "q" | "sort">, userNow: () => UserNow): Condition {
  const parts: (Condition | false | undefined)[] = [
    eb("deletedAt", filter.deleted ? "is not" : "is", null),
    filter.status !== "all" && eb("status", "=", sql.lit(filter.status)),
    filter.view && viewCondition(eb, filter.view, userNow()),
    filter.list_id !== undefined && eb("listId", "=", filter.list_id),
    filter.topLevelIn !== undefined &&
      eb.and([filter.topLevelIn === null ? eb("listId", "is", null) : eb("listId", "=", filter.topLevelIn), eb("parentId", "is", null)]),
    filter.parent_id !== undefined && eb("parentId", "=", filter.parent_id),
    filter.label !== undefined && eb(sql<string[]>`labels`, "@>", sql<string[]>`${filter.label}::text[]`),
    filter.min_priority !== undefined && eb("priority", ">=", filter.min_priority),
    filter.due_from !== undefined && eb("dueDate", ">=", filter.due_from),
    filter.due_to !== undefined && eb("dueDate", "<=", filter.due_to),
    filter.updated_since !== undefined && eb("updatedAt", ">=", instant(filter.updated_since)),
    filter.external_id !== undefined && eb("externalId", "=", filter.external_id),
  ];
  return eb.and(parts.filter((part) => part !== false && part !== undefined));
}

/** As a number: Postgres knows no year 0, and fewer offsets than RFC 3339. */
function instant(text: string) {
  return sql<Timestamp>`to_timestamp(${Temporal.Instant.from(text).epochMilliseconds / 1000})`;
}

/** More words than anybody looks for. */
const MAX_WORDS = 20;

/** Every word, the last one as the beginning of a word; `undefined` when the text has none. */
function tsquery(userId: string, text: string): RawBuilder<unknown> | undefined {
  const words = text.match(/[\p{L}\p{N}\p{M}]+/gu)?.slice(0, MAX_WORDS);
  return words && sql`marked_query(${userId}, ${`${words.join(" & ")}:*`})`;
}

/** The user's tasks whose title, labels or notes have these words. A text without a word finds nothing. */
export function searchCondition(userId: string, text: string): RawBuilder<SqlBool> {
  const query = tsquery(userId, text);
  return query ? sql<SqlBool>`search @@ ${query}` : sql<SqlBool>`false`;
}

/** How well: title before labels before notes. */
export function searchRank(userId: string, text: string): RawBuilder<number> {
  return sql<number>`ts_rank_cd(search, ${tsquery(userId, text) ?? sql`''::tsquery`})`;
}
