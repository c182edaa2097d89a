import { firstDateAfter } from "#app/tasks/recurrence/dates.ts";
import { parseRule } from "#app/tasks/recurrence/rule.ts";

/** The parts of an RFC 5545 rule that capture recognizes. */
export interface SimpleRule {
  freq: "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";
  interval?: number;
  /** 1 is Monday. */
  weekdays?: number[];
  /** Which of these weekdays in the month; -1 is the last. */
  ordinal?: number;
  /** -1 is the last. */
  monthDays?: number[];
  month?: number;
}

const BYDAY = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** RFC 5545 section 3.3.10, with the parts in a fixed order: equal rules give equal texts. */
export function toRrule({ freq, interval = 1, weekdays, ordinal, monthDays, month }: SimpleRule): string {
  const parts = [`FREQ=${freq}`];
  if (interval > 1) parts.push(`INTERVAL=${interval}`);
  if (month) parts.push(`BYMONTH=${month}`);
  if (weekdays) parts.push(`BYDAY=${ascending(weekdays).map((day) => `${ordinal ?? ""}${BYDAY[day - 1]}`)}`);
  if (monthDays) parts.push(`BYMONTHDAY=${ascending(monthDays)}`);
  return parts.join(";");
}

function ascending(numbers: number[]): number[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

/** On or after `from`. Ignores the interval. */
export function firstDay(rule: SimpleRule, from: Temporal.PlainDate): Temporal.PlainDate {
  const { rule: parsed } = parseRule(toRrule({ ...rule, interval: 1 }));
  return (parsed && firstDateAfter(parsed, from, from.subtract({ days: 1 }))) ?? from;
}
