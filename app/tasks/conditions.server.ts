import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from "kysely";
import type { Database } from "#app/db/schema.ts";
import { type Moment, startOf } from "#app/tasks/dates.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";

type Eb = ExpressionBuilder<Database, "task">;
type Condition = ExpressionWrapper<Database, "task", SqlBool>;

/** Days that Upcoming looks ahead, from tomorrow. */
export const UPCOMING_DAYS = 14;

/**
 * Due on or before a day, where the user is. A time with a zone of its own counts by its instant, the rest by its date;
 * SQL compares what it is given and knows neither today nor time zones.
 */
export function dueBy(eb: Eb, day: Temporal.PlainDate, { timezone }: Moment): Condition {
  const dayEnd = startOf(day.add({ days: 1 }), timezone).toString();
  return eb.and([
    // For the index: no zone is more than a day away.
    eb("dueDate", "<=", day.add({ days: 1 }).toString()),
    eb.or([
      eb.and([eb("dueAt", "is", null), eb("dueDate", "<=", day.toString())]),
      // Never null, so that the opposite of this condition is not null either.
      eb.and([eb("dueAt", "is not", null), eb("dueAt", "<", dayEnd)]),
    ]),
  ]);
}

export function overdue(eb: Eb, moment: Moment): Condition {
  const { now, today, time } = moment;
  const floating = eb.or([eb("dueDate", "<", today.toString()), eb.and([eb("dueDate", "=", today.toString()), eb("dueTime", "<", time)])]);
  return eb.and([
    eb("dueDate", "<=", today.add({ days: 1 }).toString()),
    eb.or([eb.and([eb("dueAt", "is", null), floating]), eb("dueAt", "<", now.toString())]),
  ]);
}

/** Not hidden until a later day. */
export function started(eb: Eb, { today }: Moment): Condition {
  return eb.or([eb("startDate", "is", null), eb("startDate", "<=", today.toString())]);
}

/** What the page of that name shows, and what its count counts. */
export function inView(eb: Eb, view: NonNullable<TaskFilter["view"]>, moment: Moment): Condition {
  const open = eb("status", "=", "open");
  switch (view) {
    case "overdue":
      return eb.and([open, overdue(eb, moment), started(eb, moment)]);
    case "today":
      return eb.and([open, dueBy(eb, moment.today, moment), started(eb, moment)]);
    case "upcoming": {
      const last = moment.today.add({ days: UPCOMING_DAYS });
      return eb.and([open, dueBy(eb, last, moment), eb.not(dueBy(eb, moment.today, moment)), started(eb, moment)]);
    }
    case "inbox":
      return eb.and([open, eb("listId", "is", null), eb("parentId", "is", null)]);
  }
}

/** Every part of the filter but its order. */
export function matching(eb: Eb, filter: TaskFilter, moment: Moment): Condition {
  const parts: (Condition | false | undefined)[] = [
    eb("deletedAt", filter.deleted ? "is not" : "is", null),
    filter.status !== "all" && eb("status", "=", filter.status),
    filter.view && inView(eb, filter.view, moment),
    filter.list_id !== undefined && eb("listId", "=", filter.list_id),
    filter.place !== undefined && eb.and([eb("listId", "is not distinct from", filter.place), eb("parentId", "is", null)]),
    filter.parent_id !== undefined && eb("parentId", "=", filter.parent_id),
    filter.label !== undefined && eb(sql<string[]>`labels`, "@>", sql<string[]>`${filter.label}::text[]`),
    filter.min_priority !== undefined && eb("priority", ">=", filter.min_priority),
    filter.due_from !== undefined && eb("dueDate", ">=", filter.due_from),
    filter.due_to !== undefined && eb("dueDate", "<=", filter.due_to),
    filter.updated_since !== undefined && eb("updatedAt", ">=", sql<Date>`${filter.updated_since}::timestamptz`),
    filter.external_id !== undefined && eb("externalId", "=", filter.external_id),
  ];
  return eb.and(parts.filter((part) => part !== false && part !== undefined));
}
