import { needsWeekStart } from "#app/tasks/recurrence/own-weeks.ts";
import { parseRule } from "#app/tasks/recurrence/parse-rule.ts";
import { WEEKDAYS } from "#app/tasks/recurrence/rule.ts";

/**
 * Adds WKST to a rule of every few weeks where the user's weeks (`weekStart`: 1 Monday to 7 Sunday) give other dates than the weeks
 * from Monday that RFC 5545 takes without it: "every 2 weeks on Sun, Mon" means days in a row to a user whose week begins on
 * Sunday. A WKST of the rule's own stays. `due` is the first date, `YYYY-MM-DD`.
 */
export function withWeekStart(rrule: string, weekStart: number, due: string | undefined): string {
  const { rule } = parseRule(rrule);
  if (!rule || /WKST=/i.test(rrule)) return rrule;
  const isNeeded = needsWeekStart(rule, weekStart, due ? Temporal.PlainDate.from(due) : undefined);
  return isNeeded ? `${rrule};WKST=${WEEKDAYS[weekStart - 1]}` : rrule;
}
