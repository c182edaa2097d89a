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
export interface Moment {
  now: Temporal.Instant;
  timezone: string;
  today: Temporal.PlainDate;
  /** `HH:MM:SS`. */
  time: string;
}

export function momentAt(now: Temporal.Instant, timezone: string): Moment {
  const local = now.toZonedDateTimeISO(timezone);
  return { now, timezone, today: local.toPlainDate(), time: local.toPlainTime().toString({ smallestUnit: "second" }) };
}

/** The instant at which a day begins where the user is: not always midnight. */
export function startOf(day: Temporal.PlainDate, timezone: string): Temporal.Instant {
  return day.toZonedDateTime(timezone).startOfDay().toInstant();
}

interface DueTime {
  date: string;
  time: string | null;
  timezone: string | null;
}

/** The instant of a due time with a zone of its own; without one there is none. */
export function dueInstant({ date, time, timezone }: DueTime): Temporal.Instant | null {
  if (!time || !timezone) return null;
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: timezone, plainTime: time }).toInstant();
}

/** The day on which a task is due where the user is. */
export function dueDay(due: DueTime, { timezone }: Pick<Moment, "timezone">): Temporal.PlainDate {
  const instant = dueInstant(due);
  return instant === null ? Temporal.PlainDate.from(due.date) : dayAt(instant, timezone);
}

/** The wall time at which a task is due where the user is, `HH:MM`; null when it has none. */
export function dueTime(due: DueTime, { timezone }: Pick<Moment, "timezone">): string | null {
  const instant = dueInstant(due);
  if (instant === null) return due.time;
  return instant.toZonedDateTimeISO(timezone).toPlainTime().toString({ smallestUnit: "minute" });
}

/** A day is overdue once it has ended where the user is; a time, once it has passed. */
export function isOverdue(due: DueTime, { now, today, time }: Moment): boolean {
  const instant = dueInstant(due);
  if (instant !== null) return Temporal.Instant.compare(instant, now) < 0;
  const days = Temporal.PlainDate.compare(Temporal.PlainDate.from(due.date), today);
  return days < 0 || (days === 0 && due.time !== null && `${due.time}:00` < time);
}
