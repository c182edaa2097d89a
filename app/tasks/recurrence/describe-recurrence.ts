import { type Recurrence, ruleOf } from "#app/tasks/recurrence/recurrence.ts";
import type { Rule, RuleDay } from "#app/tasks/recurrence/rule.ts";

const UNITS = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" } as const;

const NAMED_WEEKS: Record<string, string> = { "1,2,3,4,5": "Every weekday", "1,2,3,4,5,6,7": "Every day" };

const ORDINALS = ["first", "second", "third", "fourth", "fifth"];

/** "Every 2 weeks on Mon, Thu, until 1 March 2027". */
export function describeRecurrence(recurrence: Recurrence): string {
  const rule = ruleOf(recurrence);
  return `${everyWords(rule)}${endWords(rule)}${recurrence.anchor === "completion" ? ", from completion" : ""}`;
}

function everyWords(rule: Rule): string {
  const unit = UNITS[rule.freq];
  const every = rule.interval === 1 ? `Every ${unit}` : `Every ${rule.interval} ${unit}s`;
  const named = NAMED_WEEKS[weekOf(rule)];
  if (named) return `${named}${phrase(" in", monthList(rule))}`;
  switch (rule.freq) {
    case "DAILY":
      return `${every}${phrase(", only on", weekdayList(rule))}${phrase(", only on the", monthDayList(rule))}${phrase(", only in", monthList(rule))}`;
    case "WEEKLY":
      return `${every}${phrase(" on", weekdayList(rule))}${phrase(" in", monthList(rule))}`;
    case "MONTHLY":
      return `${every}${dayWords(rule)}${phrase(" in", monthList(rule))}`;
    case "YEARLY":
      return `${every}${dateWords(rule) ?? `${dayWords(rule)}${phrase(" in", monthList(rule))}`}`;
  }
}

/** " on 29 Feb" for a rule with one date a year. */
function dateWords(rule: Rule): string | undefined {
  const [month, ...otherMonths] = rule.months;
  const [day = -1, ...otherDays] = rule.monthDays;
  const isOneDate = month !== undefined && day > 0 && otherMonths.length + otherDays.length + rule.days.length === 0;
  return isOneDate ? ` on ${day} ${monthName(month, "short")}` : undefined;
}

/** The days of the month or year. Weekdays beside days of the month only limit these. */
function dayWords(rule: Rule): string {
  const ofEvery = rule.freq === "YEARLY" && rule.months.length === 0 ? " of every month" : "";
  if (rule.monthDays.length === 0) return phrase(" on", rule.days.map(dayName).join(", "));
  const limit = rule.days.some((day) => day.ordinal) ? rule.days.map(dayName).join(", ") : weekdayList(rule);
  return ` on the ${monthDayList(rule)}${ofEvery}${phrase(", only on", limit)}`;
}

function endWords(rule: Rule): string {
  if (rule.until) return `, until ${rule.until.day} ${monthName(rule.until.month, "long")} ${rule.until.year}`;
  if (rule.count) return `, ${rule.count} more ${rule.count === 1 ? "time" : "times"}`;
  return "";
}

function monthList(rule: Rule): string {
  return rule.months.map((month) => monthName(month, "short")).join(", ");
}

function phrase(preposition: string, words: string): string {
  return words === "" ? "" : `${preposition} ${words}`;
}

/** The weekdays as "1,2,3", if no other part limits them. */
function weekOf({ freq, interval, monthDays, days }: Rule): string {
  const isPlain = ["DAILY", "WEEKLY"].includes(freq) && interval === 1 && monthDays.length === 0;
  return isPlain ? days.map((day) => day.weekday).join() : "";
}

function weekdayList(rule: Rule): string {
  return rule.days.map((day) => weekdayName(day.weekday, "short")).join(", ");
}

function monthDayList(rule: Rule): string {
  return rule.monthDays.map(monthDayName).join(", ");
}

function monthDayName(day: number): string {
  if (day > 0) return numeral(day);
  return day === -1 ? "last day" : `${numeral(-day)} to last day`;
}

/** "every Monday", "the second Tuesday", "the last Friday", "the 20th Monday". */
function dayName({ ordinal, weekday }: RuleDay): string {
  const name = weekdayName(weekday, "long");
  if (ordinal === undefined) return `every ${name}`;
  const position = ORDINALS[Math.abs(ordinal) - 1] ?? numeral(Math.abs(ordinal));
  if (ordinal > 0) return `the ${position} ${name}`;
  return `the ${ordinal === -1 ? "last" : `${position} to last`} ${name}`;
}

function numeral(day: number): string {
  const suffix = { one: "st", two: "nd", few: "rd", other: "th" }[new Intl.PluralRules("en", { type: "ordinal" }).select(day) as "one"];
  return `${day}${suffix}`;
}

function weekdayName(weekday: number, style: "short" | "long"): string {
  return new Temporal.PlainDate(2001, 1, weekday).toLocaleString("en-GB", { weekday: style });
}

function monthName(month: number, style: "short" | "long"): string {
  return new Temporal.PlainDate(2000, month, 1).toLocaleString("en-GB", { month: style });
}
