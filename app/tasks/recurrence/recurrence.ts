import { z } from "zod";
import { firstDateAfter, hasAnyDate, withImpliedDays } from "#app/tasks/recurrence/dates.ts";
import { parseRule } from "#app/tasks/recurrence/parse-rule.ts";
import { formatRule, type Rule } from "#app/tasks/recurrence/rule.ts";
import { dayAt, instantAt } from "#app/time.ts";

const RRule = z.string().meta({
  description:
    "An RFC 5545 rule, with or without `RRULE:` in front. It is read back in one spelling: parts in a fixed order, defaults left out, the days that it takes from the due date written out, and an `UNTIL` with a time as the last day on which the task can be due.",
  examples: ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"],
});

/** Accepts any case and any order of parts and values; returns the canonical text. */
const RecurrenceRule = RRule.transform((text, context) => {
  const { rule, problems = [] } = parseRule(text);
  if (rule && hasAnyDate(rule)) return formatRule(rule);
  for (const message of rule ? ["has no date that ever comes"] : problems) context.addIssue({ code: "custom", message });
  return z.NEVER;
}).pipe(RRule);

const RECURRENCE = [
  "How a task repeats; `anchor`: counted from the day that the rule gave the occurrence, which is its due date unless that was moved, or from the day of completion.",
  "COUNT is the number of occurrences left, with this one: it goes down with each that is done or skipped (RFC 5545 counts a date that is excepted too).",
  "An INTERVAL that never meets the other parts (every 6 months in April, from January; every 7 days on a Monday, from a Tuesday), or not within 492 months that match them, is left out for one step: the task is next due on the first day of the rule without it, and the interval is counted from there. By RFC 5545 there would be no further date.",
  "Where a month has no 29th, 30th or 31st, BYMONTHDAY means its last day, and -29 to -31 the first. Not with BYDAY or FREQ=DAILY, where BYMONTHDAY only limits other days: then it means no day of that month (SKIP=BACKWARD of RFC 7529 would move it before BYDAY is applied).",
  "For its days, a rule is refused only if it has no date at all.",
].join(" ");

export const Recurrence = z
  .strictObject({ rrule: RecurrenceRule, anchor: z.enum(["due", "completion"]) })
  .meta({ description: RECURRENCE });
export type Recurrence = z.infer<typeof Recurrence>;

interface Occurrence {
  due: Temporal.PlainDate;
  /** The day that the rule gave it. Absent: the due date. */
  ruleDay?: Temporal.PlainDate | undefined;
  today: Temporal.PlainDate;
  /** Absent if the occurrence is skipped. */
  completedOn?: Temporal.PlainDate | undefined;
}

/**
 * The date and the recurrence of the occurrence after the one due on `due`; undefined if that was the last.
 *
 * INTERVAL counts days, weeks, months or years from the one that the base date is in. The base date is the day that the rule
 * gave this occurrence, as RECURRENCE-ID keeps it (RFC 5545 section 3.8.4.4): a moved due date does not move the rhythm. With the
 * anchor `completion` it is the day of completion, or if skipped the later of due date and today.
 *
 * The date is the first one of the rule after the base date, a moved due date and today, so missed dates don't pile up.
 * COUNT goes down by one: it counts occurrences that existed, not dates that passed.
 */
export function nextOccurrence(
  recurrence: Recurrence,
  { due, ruleDay = due, today, completedOn }: Occurrence,
): { date: Temporal.PlainDate; recurrence: Recurrence } | undefined {
  const expanded = recurrenceWithDays(recurrence, ruleDay);
  const rule = ruleOf(expanded);
  if (rule.count === 1) return undefined;
  const isFromDue = recurrence.anchor === "due";
  const start = isFromDue ? ruleDay : (completedOn ?? later(due, today));
  const date = firstDateAfter(rule, start, later(isFromDue ? later(ruleDay, due) : start, today));
  if (!date || (rule.until && Temporal.PlainDate.compare(date, rule.until) > 0)) return undefined;
  return { date, recurrence: { ...expanded, rrule: formatRule({ ...rule, count: rule.count && rule.count - 1 }) } };
}

/**
 * Writes out the days that the rule takes from the due date: `FREQ=MONTHLY` on 31 January becomes
 * `FREQ=MONTHLY;BYMONTHDAY=31`. Stored in this form, the rule survives short months and moved dates.
 * With the anchor `completion` it stays unchanged, because the days follow the day of completion.
 */
export function recurrenceWithDays(recurrence: Recurrence, due: Temporal.PlainDate): Recurrence {
  if (recurrence.anchor === "completion") return recurrence;
  return { ...recurrence, rrule: formatRule(withImpliedDays(ruleOf(recurrence), due)) };
}

/** The first and the last day that are stored. */
const FIRST_DAY = Temporal.PlainDate.from("0001-01-01");
const LAST_DAY = Temporal.PlainDate.from("9999-12-31");

/**
 * Writes an UNTIL with a time as the last day on which the task can be due, in the time zone of its due time. RFC 5545 gives
 * such an UNTIL in UTC, where that day may be another one.
 */
export function withUntilDay(recurrence: Recurrence, dueTime: string | null, timezone: string): Recurrence {
  const rule = ruleOf(recurrence);
  if (!rule.until || !rule.untilTime) return recurrence;
  // With its T: without it, some times could also be days.
  const given = rule.until.toPlainDateTime(rule.untilTime.replace("Z", ""));
  const isUtc = rule.untilTime.endsWith("Z");
  const end = instantAt(given, isUtc ? "UTC" : timezone);
  const day = isUtc ? dayAt(end, timezone) : rule.until;
  const until = later(FIRST_DAY, earlier(dueTime === null ? day : lastDueDay(day, dueTime, timezone, end), LAST_DAY));
  return { ...recurrence, rrule: formatRule({ ...rule, until, untilTime: undefined }) };
}

/** The last day up to `day` on which the due time is not after `end`. */
function lastDueDay(day: Temporal.PlainDate, dueTime: string, timezone: string, end: Temporal.Instant): Temporal.PlainDate {
  const isTooLate = Temporal.Instant.compare(instantAt(day.toPlainDateTime(dueTime), timezone), end) > 0;
  return isTooLate ? lastDueDay(day.subtract({ days: 1 }), dueTime, timezone, end) : day;
}

/** Up to `count` dates after `due`, assuming that each occurrence is completed on its day. `ruleDay`: as of an `Occurrence`. */
export function upcomingDates(
  recurrence: Recurrence,
  due: Temporal.PlainDate,
  count: number,
  ruleDay?: Temporal.PlainDate,
): Temporal.PlainDate[] {
  const dates: Temporal.PlainDate[] = [];
  let next = nextOccurrence(recurrence, { due, ruleDay, today: due, completedOn: due });
  while (next && dates.length < count) {
    dates.push(next.date);
    next = nextOccurrence(next.recurrence, { due: next.date, today: next.date, completedOn: next.date });
  }
  return dates;
}

/** @throws Error for a rule that has not passed the `Recurrence` schema */
export function ruleOf({ rrule }: Recurrence): Rule {
  const { rule, problems } = parseRule(rrule);
  if (!rule) throw new Error(`Not a rule: ${rrule}: ${problems.join("; ")}`);
  return rule;
}

function earlier(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return later(one, other) === one ? other : one;
}

function later(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) > 0 ? one : other;
}
