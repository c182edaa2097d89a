import { instantAt, lastClockChange, type UserNow } from "#app/time.ts";

interface DueTime {
  date: string;
  time: string | null;
  timezone: string | null;
}

/** The instant of a due time that has a time zone; null without one. */
export function dueInstant({ date, time, timezone }: DueTime): Temporal.Instant | null {
  return time && timezone ? instantAt(wallTime(date, time), timezone) : null;
}

function wallTime(date: string, time: string): Temporal.PlainDateTime {
  return Temporal.PlainDate.from(date).toPlainDateTime(time);
}

export function dueDay(due: DueTime, { timezone }: Pick<UserNow, "timezone">): Temporal.PlainDate {
  return dueWall(due, timezone)?.toPlainDate() ?? Temporal.PlainDate.from(due.date);
}

/** The due time in the user's time zone, `HH:MM`; null for an untimed task. */
export function dueTime(due: DueTime, { timezone }: Pick<UserNow, "timezone">): string | null {
  return dueWall(due, timezone)?.toPlainTime().toString({ smallestUnit: "minute" }) ?? due.time;
}

/**
 * When a time with a zone is due by the user's clock; null without a zone. Where the user's clocks skip the end of a day, a time
 * in the gap stays on its day: in Nuuk they go from 23:00 on a Saturday in March to 0:00, so that a task due at 23:00 there has the
 * instant of 0:00 on Sunday.
 */
function dueWall(due: DueTime, timezone: string): Temporal.PlainDateTime | null {
  const instant = dueInstant(due);
  if (!due.time || !instant) return null;
  const shown = instant.toZonedDateTimeISO(timezone).toPlainDateTime();
  const written = wallTime(due.date, due.time);
  const isSkipped = !shown.toPlainDate().equals(written.toPlainDate()) && instantAt(written, timezone).equals(instant);
  return isSkipped ? written : shown;
}

/**
 * An untimed task is overdue once its day has ended in the user's time zone; a timed one, once its instant has passed. A time
 * without a zone has the instant that it would have with the user's.
 */
export function isOverdue({ date, time, timezone }: DueTime, { now, today, ...user }: UserNow): boolean {
  if (!time) return Temporal.PlainDate.compare(Temporal.PlainDate.from(date), today) < 0;
  return Temporal.Instant.compare(instantAt(wallTime(date, time), timezone ?? user.timezone), now) < 0;
}

/** All wall times before `before`, or those from `from` on. */
interface WallTimes {
  from?: Temporal.PlainDateTime;
  before: Temporal.PlainDateTime;
}

/**
 * The wall times whose instants in the user's time zone are before now, for SQL, which has no time zones. To the second: due times
 * are whole minutes.
 *
 * When the clocks have gone back, all times that come twice have passed already. When they have gone forward, a time that was
 * skipped passes as much later as it was skipped by: for that long, the last ones of them are still ahead while times after them
 * have passed.
 */
export function passedWallTimes({ now, timezone }: UserNow): [WallTimes, ...WallTimes[]] {
  const wall = wholeSecond(now.toZonedDateTimeISO(timezone).toPlainDateTime());
  const change = lastClockChange(now, timezone);
  if (!change) return [{ before: wall }];
  const { at, from, to } = change;
  if (Temporal.PlainDateTime.compare(wall, from) < 0) return [{ before: from }];
  const unchanged = wholeSecond(from.add(at.until(now)));
  return Temporal.PlainDateTime.compare(unchanged, to) < 0 ? [{ before: unchanged }, { from: to, before: wall }] : [{ before: wall }];
}

/** Rounded up: a whole minute is before the same. */
function wholeSecond(wall: Temporal.PlainDateTime): Temporal.PlainDateTime {
  return wall.round({ smallestUnit: "second", roundingMode: "ceil" });
}
