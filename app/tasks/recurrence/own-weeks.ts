import type { Rule } from "#app/tasks/recurrence/rule.ts";

/**
 * Whether a rule of every few weeks has other dates in weeks from `weekStart` (1 Monday to 7 Sunday) than in the weeks from Monday
 * that RFC 5545 takes without WKST.
 */
export function needsWeekStart({ freq, interval, days }: Rule, weekStart: number, due: Temporal.PlainDate | undefined): boolean {
  if (freq !== "WEEKLY" || interval === 1) return false;
  const weekdays = days.map(({ weekday }) => weekday);
  if (due) weekdays.push(due.dayOfWeek);
  // Both weeks hold the same days together, unless some come before the user's first day of the week and some do not.
  return weekdays.some((day) => day < weekStart) && weekdays.some((day) => day >= weekStart);
}
