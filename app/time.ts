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
  /** `HH:MM:SS`. */
  time: string;
}

export function userNowAt(now: Temporal.Instant, timezone: string): UserNow {
  const local = now.toZonedDateTimeISO(timezone);
  return { now, timezone, today: local.toPlainDate(), time: local.toPlainTime().toString({ smallestUnit: "second" }) };
}

/** Not always midnight: summer time can start at 0:00. */
export function startOfDay(day: Temporal.PlainDate, timezone: string): Temporal.Instant {
  return day.toZonedDateTime(timezone).startOfDay().toInstant();
}
