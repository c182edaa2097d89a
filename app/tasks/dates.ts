import { dayAt, type UserNow } from "#app/time.ts";

interface DueTime {
  date: string;
  time: string | null;
  timezone: string | null;
}

/** The instant of a due time that has a time zone; null without one. */
export function dueInstant({ date, time, timezone }: DueTime): Temporal.Instant | null {
  if (!time || !timezone) return null;
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: timezone, plainTime: time }).toInstant();
}

export function dueDay(due: DueTime, { timezone }: Pick<UserNow, "timezone">): Temporal.PlainDate {
  const instant = dueInstant(due);
  return instant === null ? Temporal.PlainDate.from(due.date) : dayAt(instant, timezone);
}

/** The due time in the user's time zone, `HH:MM`; null for an untimed task. */
export function dueTime(due: DueTime, { timezone }: Pick<UserNow, "timezone">): string | null {
  const instant = dueInstant(due);
  if (instant === null) return due.time;
  return instant.toZonedDateTimeISO(timezone).toPlainTime().toString({ smallestUnit: "minute" });
}

/** An untimed task is overdue once its day has ended in the user's time zone; a timed one, once its time has passed. */
export function isOverdue(due: DueTime, { now, today, time }: UserNow): boolean {
  const instant = dueInstant(due);
  if (instant !== null) return Temporal.Instant.compare(instant, now) < 0;
  const days = Temporal.PlainDate.compare(Temporal.PlainDate.from(due.date), today);
  return days < 0 || (days === 0 && due.time !== null && `${due.time}:00` < time);
}
