export const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;

/** From Monday, which is 1. */
export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** One value of BYDAY: every `weekday` (1 is Monday), or only the `ordinal`-th of its month or year; negative counts from the end. */
export interface RuleDay {
  ordinal: number | undefined;
  weekday: number;
}

/** The supported parts of RFC 5545 section 3.3.10. An empty list is an absent part. */
export interface Rule {
  freq: (typeof FREQUENCIES)[number];
  interval: number;
  months: number[];
  /** 1 to 31, or -1 to -31 counted from the last day. */
  monthDays: number[];
  days: RuleDay[];
  /** 1 is Monday. Always 1 where the start of the week makes no difference. */
  weekStart: number;
  count: number | undefined;
  until: Temporal.PlainDate | undefined;
  /** As it was given, `T235959` or `T235959Z`. `withUntilDay` takes it into account and removes it. */
  untilTime: string | undefined;
}

/** Days of the longest of these months in a leap year; of any month if there are none. */
export function longestMonthLength(months: number[]): number {
  return months.length === 0 ? 31 : Math.max(...months.map((month) => new Temporal.PlainDate(2000, month, 1).daysInMonth));
}

/** The canonical text: parts in the order in which RFC 5545 applies them, defaults left out. */
export function formatRule(rule: Rule): string {
  const days = rule.days.map(({ ordinal, weekday }) => `${ordinal ?? ""}${WEEKDAYS[weekday - 1]}`);
  const parts = [
    ["FREQ", rule.freq],
    ["INTERVAL", rule.interval === 1 ? "" : rule.interval],
    ["BYMONTH", rule.months],
    ["BYMONTHDAY", rule.monthDays],
    ["BYDAY", days],
    ["WKST", rule.weekStart === 1 ? "" : WEEKDAYS[rule.weekStart - 1]],
    ["COUNT", rule.count ?? ""],
    ["UNTIL", rule.until ? `${rule.until.toString().replaceAll("-", "")}${rule.untilTime ?? ""}` : ""],
  ];
  return parts.flatMap(([name, value]) => (`${value}` === "" ? [] : `${name}=${value}`)).join(";");
}
