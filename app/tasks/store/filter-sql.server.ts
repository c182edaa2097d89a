import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Timestamp } from "#app/db/schema.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import { type Condition, dueByCondition, type Eb, FARTHEST_ZONE, overdueCondition } from "#app/tasks/store/due-sql.server.ts";
import { startOfDay, type UserNow } from "#app/time.ts";

/** Counted from tomorrow. */
export const UPCOMING_DAYS = 14;

function startedCondition(eb: Eb, { today }: UserNow): Condition {
  return eb.or([eb("startDate", "is", null), eb("startDate", "<=", today.toString())]);
}

/**
 * The tasks of a view, for its page and its count. `open` is a literal and no parameter, so that generic plans can use
 * partial indexes.
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

/** Every part of the filter except the search text and the order. `userNow` is called only if `dependsOnNow`. */
export function filterCondition(eb: Eb, userId: string, filter: Omit<TaskFilter, "q" | "sort">, userNow: () => UserNow): Condition {
  const parts: (Condition | false | undefined)[] = [
    eb("deletedAt", filter.deleted ? "is not" : "is", null),
    filter.status !== "all" && eb("status", "=", sql.lit(filter.status)),
    filter.view && viewCondition(eb, filter.view, userNow()),
    filter.list_id !== undefined && eb("listId", "=", filter.list_id),
    filter.topLevelIn !== undefined &&
      eb.and([filter.topLevelIn === null ? eb("listId", "is", null) : eb("listId", "=", filter.topLevelIn), eb("parentId", "is", null)]),
    filter.parent_id !== undefined && eb("parentId", "=", filter.parent_id),
    filter.label !== undefined && eb(sql<string[]>`labels`, "@>", storedLabels(userId, filter.label)),
    filter.any_label !== undefined && eb(sql<string[]>`labels`, "&&", storedLabels(userId, filter.any_label)),
    filter.not_label !== undefined && eb.not(eb(sql<string[]>`labels`, "&&", storedLabels(userId, filter.not_label))),
    filter.min_priority !== undefined && eb("priority", ">=", filter.min_priority),
    filter.has_due !== undefined && eb("dueDate", filter.has_due ? "is not" : "is", null),
    filter.due_from !== undefined && eb("dueDate", ">=", dayText(filter.due_from, userNow)),
    filter.due_to !== undefined && eb("dueDate", "<=", dayText(filter.due_to, userNow)),
    filter.completed_from !== undefined && eb("completedAt", ">=", dayStart(filter.completed_from, userNow)),
    filter.completed_to !== undefined && eb("completedAt", "<", dayStart(filter.completed_to, userNow, { days: 1 })),
    filter.created_from !== undefined && eb("createdAt", ">=", dayStart(filter.created_from, userNow)),
    filter.created_to !== undefined && eb("createdAt", "<", dayStart(filter.created_to, userNow, { days: 1 })),
    filter.updated_since !== undefined && eb("updatedAt", ">=", instant(filter.updated_since)),
    filter.external_id !== undefined && eb("externalId", "=", filter.external_id),
  ];
  return eb.and(parts.filter((part) => part !== false && part !== undefined));
}

/** Whether the tasks that match depend on the current time or the user's time zone. */
export function dependsOnNow({ view, due_from, due_to, completed_from, completed_to, created_from, created_to }: TaskFilter): boolean {
  const inZone = [view, completed_from, completed_to, created_from, created_to];
  return inZone.some((part) => part !== undefined) || due_from === "today" || due_to === "today";
}

function storedLabels(userId: string, labels: string[]): RawBuilder<string[]> {
  return sql<string[]>`(select stored_labels(${userId}, ${labels}))`;
}

function dayText(day: string, userNow: () => UserNow): string {
  return day === "today" ? userNow().today.toString() : day;
}

/** When a day of the user's begins, or a day after it. */
function dayStart(day: string, userNow: () => UserNow, later: Temporal.DurationLike = { days: 0 }) {
  return timestamp(startOfDay(Temporal.PlainDate.from(dayText(day, userNow)).add(later), userNow().timezone));
}

function instant(text: string) {
  return timestamp(Temporal.Instant.from(text));
}

/** As a number, because Postgres has no year 0 and accepts fewer offsets than RFC 3339. */
function timestamp({ epochMilliseconds }: Temporal.Instant) {
  return sql<Timestamp>`to_timestamp(${epochMilliseconds / 1000})`;
}

/**
 * Requires every word; the last one matches as a prefix. A text without words matches nothing. For the tasks or lists of
 * the user that the statement selects.
 */
export function searchCondition(userId: string, text: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`search @@ ${searchQuery(userId, text)}`;
}

/** Weighs the title above labels above notes. */
export function searchRank(userId: string, text: string): RawBuilder<number> {
  return sql<number>`ts_rank_cd(search, ${searchQuery(userId, text)})`;
}

/**
 * A subselect, so that the query is computed once and not for each row, and the plan is the same for every text: a planner that knows
 * the text expects its matches everywhere in the order, and reads all tasks where they are together at the end.
 */
function searchQuery(userId: string, text: string): RawBuilder<unknown> {
  return sql`(select search_query(${userId}, ${text}))`;
}
