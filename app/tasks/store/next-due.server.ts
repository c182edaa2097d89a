import { type ExpressionBuilder, sql } from "kysely";
import type { Database, Timestamp } from "#app/db/schema.ts";
import { passedWallTimes } from "#app/tasks/dates.ts";
import { instantAt, type UserNow } from "#app/time.ts";

/** Both null if there is none. */
interface NextDueRow {
  /** A wall time in the user's zone. */
  nextFloating: string | null;
  nextFixed: Timestamp | null;
}

/** Columns for a statement about the user: the next due times of open tasks without a zone and with one, each found through an index. */
export function selectNextDue(eb: ExpressionBuilder<Database, never>, userId: string, userNow: UserNow) {
  const open = eb.selectFrom("task").where("userId", "=", userId).where("deletedAt", "is", null).where("status", "=", sql.lit("open"));
  // Every time before the first of these has passed.
  const bounds = passedWallTimes(userNow).map(
    ({ before }) => sql`(${before.toPlainDate().toString()}::date, ${before.toPlainTime().toString()}::time)`,
  );
  return [
    open
      .where("dueAt", "is", null)
      .where(sql<boolean>`(coalesce(due_date, 'infinity'), coalesce(due_time, '24:00')) >= ${bounds[0]}`)
      .orderBy(sql`coalesce(due_date, 'infinity')`)
      .orderBy(sql`coalesce(due_time, '24:00')`)
      .limit(sql.lit(1))
      .select(sql<string | null>`(due_date + due_time)::text`.as("wall"))
      .as("nextFloating"),
    open
      .where("dueAt", ">=", sql<Timestamp>`${userNow.now.toString()}::timestamptz`)
      .orderBy("dueAt")
      .limit(sql.lit(1))
      .select("dueAt")
      .as("nextFixed"),
  ] as const;
}

/** In the hour after the clocks went forward, the times that they skipped pass between the others: the next one may be a minute away. */
const WHILE_OUT_OF_ORDER = { minutes: 1 };

/** When the next open task becomes overdue, or before that; null if no open task is due at a later time. */
export function nextDueInstant({ nextFloating, nextFixed }: NextDueRow, userNow: UserNow): Temporal.Instant | null {
  if (passedWallTimes(userNow).length > 1) return userNow.now.add(WHILE_OUT_OF_ORDER);
  const floating = nextFloating === null ? [] : floatingOrClockChange(nextFloating, userNow);
  const fixed = nextFixed === null ? [] : [Temporal.Instant.fromEpochMilliseconds(nextFixed.getTime())];
  return [...floating, ...fixed].toSorted(Temporal.Instant.compare)[0] ?? null;
}

/** After a change of the clocks, another wall time may come first. */
function floatingOrClockChange(wall: string, { now, timezone }: UserNow): Temporal.Instant[] {
  const change = now.toZonedDateTimeISO(timezone).getTimeZoneTransition("next");
  return [instantAt(Temporal.PlainDateTime.from(wall), timezone), ...(change ? [change.toInstant()] : [])];
}
