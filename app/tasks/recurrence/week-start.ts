import { parseRule, WEEKDAYS } from "#app/tasks/recurrence/rule.ts";

/**
 * Adds WKST to a rule of every few weeks where the user's weeks (`weekStart`: 1 Monday to 7 Sunday) give other dates than the weeks
 * from Monday that RFC 5545 takes without it: "every 2 weeks on Sun, Mon" means days in a row to a user whose week begins on
 * Sunday. A WKST of the rule's own stays. `due` is the first date, `YYYY-MM-DD`.
 */
export function withWeekStart(rrule: string, weekStart: number, due: string | undefined): string {
  const { rule } = parseRule(rrule);
  if (rule?.freq !== "WEEKLY" || rule.interval === 1 || /WKST=/i.test(rrule)) return rrule;
  const days = rule.days.map(({ weekday }) => weekday);
  if (due) days.push(Temporal.PlainDate.from(due).dayOfWeek);
  // Both weeks hold the same days together, unless some come before the user's first day of the week and some do not.
  const isSplit = days.some((day) => day < weekStart) && days.some((day) => day >= weekStart);
  return isSplit ? `${rrule};WKST=${WEEKDAYS[weekStart - 1]}` : rrule;
}
