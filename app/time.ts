export function dayAt(instant: Temporal.Instant, timezone: string): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(timezone).toPlainDate();
}

/** IANA names only, in any case. */
export function isTimeZone(name: unknown): name is string {
  // Temporal also takes an offset such as +01:00, and texts that end in one, such as T12:00Z. These are not names.
  if (typeof name !== "string" || !/^(?!T\d)[A-Za-z][\w+/-]{0,63}$/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** Decides what is due today and what is overdue. */
export interface UserNow {
  now: Temporal.Instant;
  timezone: string;
  today: Temporal.PlainDate;
}

export function userNowAt(now: Temporal.Instant, timezone: string): UserNow {
  return { now, timezone, today: dayAt(now, timezone) };
}

/** Not always midnight: summer time can start at 0:00. */
export function startOfDay(day: Temporal.PlainDate, timezone: string): Temporal.Instant {
  return day.toZonedDateTime(timezone).startOfDay().toInstant();
}

/** The user's next midnight, or `instant` if that comes first. */
export function nextDayOr(instant: Temporal.Instant | null, { today, timezone }: UserNow): Temporal.Instant {
  const nextDay = startOfDay(today.add({ days: 1 }), timezone);
  return instant && Temporal.Instant.compare(instant, nextDay) < 0 ? instant : nextDay;
}

/** RFC 5545 section 3.3.5: the first of a wall time that comes twice; one that the clocks skip has the offset from before. */
export function instantAt(wall: Temporal.PlainDateTime, timezone: string): Temporal.Instant {
  return wall.toZonedDateTime(timezone, { disambiguation: "compatible" }).toInstant();
}

/** A change of the clocks, such as the start or end of summer time. */
interface ClockChange {
  at: Temporal.Instant;
  /** The wall time that the clocks had reached. */
  from: Temporal.PlainDateTime;
  /** The wall time that they were set to. */
  to: Temporal.PlainDateTime;
}

/** The last one up to `instant`, inclusive; undefined if there was none. */
export function lastClockChange(instant: Temporal.Instant, timezone: string): ClockChange | undefined {
  const change = instant.add({ nanoseconds: 1 }).toZonedDateTimeISO(timezone).getTimeZoneTransition("previous");
  if (!change) return undefined;
  const before = change.subtract({ nanoseconds: 1 }).toPlainDateTime();
  return { at: change.toInstant(), from: before.add({ nanoseconds: 1 }), to: change.toPlainDateTime() };
}
