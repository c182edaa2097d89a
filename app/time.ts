/** The calendar day that it is at an instant, where the user is. */
export function dayAt(instant: Temporal.Instant, timezone: string): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(timezone).toPlainDate();
}

export function isTimeZone(name: unknown): name is string {
  // An offset such as +01:00 is a zone to Temporal, and so is whatever ends in one, as T12:00Z: but it has no name.
  if (typeof name !== "string" || !/^(?!T\d)[A-Za-z][\w+/-]{0,63}$/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** Now, as a user's day and clock tell it: every question of "today" and "overdue" is answered from this. */
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

/** The instant at which a day begins where the user is: not always midnight. */
export function startOfDay(day: Temporal.PlainDate, timezone: string): Temporal.Instant {
  return day.toZonedDateTime(timezone).startOfDay().toInstant();
}
