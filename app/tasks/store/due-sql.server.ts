import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from "kysely";
import type { Database, Timestamp } from "#app/db/schema.ts";
import { passedWallTimes } from "#app/tasks/dates.ts";
import { startOfDay, type UserNow } from "#app/time.ts";

export type Eb = ExpressionBuilder<Database, "task">;
export type Condition = ExpressionWrapper<Database, "task", SqlBool>;

/** Bounds the index scan: from UTC−12 to UTC+14, local dates differ by up to two days. */
export const FARTHEST_ZONE = { days: 2 };

/**
 * Due on or before a day in the user's time zone. A time with a zone counts by its instant, everything else by its date.
 * SQL only compares values; today and time zones are computed in TypeScript.
 */
export function dueByCondition(eb: Eb, day: Temporal.PlainDate, { timezone }: UserNow): Condition {
  const dayEnd = startOfDay(day.add({ days: 1 }), timezone);
  const floating = eb("dueDate", "<=", day.toString());
  const skipped = skippedEnd(eb, day, dayEnd.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(timezone));
  const fixed = skipped ? eb.or([isBefore(eb, dayEnd), skipped]) : isBefore(eb, dayEnd);
  return eb.and([eb("dueDate", "<=", day.add(FARTHEST_ZONE).toString()), floatingOrFixed(eb, floating, fixed)]);
}

/** The times that `dueDay` leaves on a day whose end the user's clocks skip: those with the offset from before. */
function skippedEnd(eb: Eb, day: Temporal.PlainDate, last: Temporal.ZonedDateTime): Condition | undefined {
  if (last.hour === 23 && last.minute === 59) return undefined;
  const offset = sql`make_interval(secs => ${last.offsetNanoseconds / 1e9}::float8)`;
  const atOffset = sql<Timestamp>`(due_date + due_time - ${offset}) at time zone 'UTC'`;
  return eb.and([eb("dueDate", "<=", day.toString()), eb("dueAt", "=", atOffset)]);
}

export function overdueCondition(eb: Eb, userNow: UserNow): Condition {
  const { now, today } = userNow;
  const untimed = eb.and([eb("dueTime", "is", null), eb("dueDate", "<", today.toString())]);
  const timed = passedWallTimes(userNow).map(({ from, before }) =>
    eb.and([eb("dueTime", "is not", null), isWall(eb, "<", before), ...(from ? [isWall(eb, ">=", from)] : [])]),
  );
  const floating = eb.or([untimed, ...timed]);
  return eb.and([eb("dueDate", "<=", today.add(FARTHEST_ZONE).toString()), floatingOrFixed(eb, floating, isBefore(eb, now))]);
}

/** Null for an untimed task on that day. */
function isWall(eb: Eb, comparison: "<" | ">=", wall: Temporal.PlainDateTime): Condition {
  return eb(eb.refTuple("dueDate", "dueTime"), comparison, eb.tuple(wall.toPlainDate().toString(), wall.toPlainTime().toString()));
}

function isBefore(eb: Eb, instant: Temporal.Instant): Condition {
  return eb("dueAt", "<", sql<Timestamp>`${instant.toString()}::timestamptz`);
}

/** Never null for a task with a due date: `not` would lose the row. */
function floatingOrFixed(eb: Eb, floating: Condition, fixed: Condition): Condition {
  return eb.or([eb.and([eb("dueAt", "is", null), floating]), eb.and([eb("dueAt", "is not", null), fixed])]);
}
