import { z } from "zod";
import { everComes, firstDateAfter, ruleOn } from "#app/tasks/recurrence/dates.ts";
import { type Rule, readRule, writeRule } from "#app/tasks/recurrence/rule.ts";

const RRule = z.string().meta({ description: "An RFC 5545 rule.", examples: ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"] });

/** An RFC 5545 rule in its one spelling. Upper or lower case, any order of parts and of values reads as the same rule. */
const RecurrenceRule = RRule.transform((text, context) => {
  const { rule, problems = [] } = readRule(text);
  if (rule && everComes(rule)) return writeRule(rule);
  for (const message of rule ? ["has no date that ever comes"] : problems) context.addIssue({ code: "custom", message });
  return z.NEVER;
}).pipe(RRule);

/**
 * How a task repeats. The rule counts from the due date, or from the day of completion.
 * COUNT is the number of occurrences left, the present one included.
 */
export const Recurrence = z.strictObject({ rrule: RecurrenceRule, anchor: z.enum(["due", "completion"]) });
export type Recurrence = z.infer<typeof Recurrence>;

interface Occurrence {
  due: Temporal.PlainDate;
  today: Temporal.PlainDate;
  /** Absent when the occurrence is skipped. */
  completedOn?: Temporal.PlainDate | undefined;
}

/**
 * The occurrence that follows the one due on `due`, and the recurrence it carries; undefined if that was the last.
 *
 * It is the first date of the rule after both the present date (the due date; with the anchor `completion` the day of
 * completion, or the due date if skipped) and today, so missed dates don't pile up. COUNT goes down by one: what counts
 * is occurrences that were there to be done, not dates that passed.
 *
 * INTERVAL counts days, weeks from Monday, months or years from the one that the present date is in. So with
 * `INTERVAL=2;BYDAY=MO,TH` a Monday moved to the Wednesday of its week is followed by that week's Thursday; moved to the
 * week after, it takes the rhythm along.
 */
export function nextOccurrence(
  recurrence: Recurrence,
  { due, today, completedOn }: Occurrence,
): { date: Temporal.PlainDate; recurrence: Recurrence } | undefined {
  const kept = recurrenceOn(recurrence, due);
  const rule = ruleOf(kept);
  if (rule.count === 1) return undefined;
  const start = recurrence.anchor === "due" ? due : (completedOn ?? later(due, today));
  const date = firstDateAfter(rule, start, later(start, today));
  if (!date || (rule.until && Temporal.PlainDate.compare(date, rule.until) > 0)) return undefined;
  return { date, recurrence: { ...kept, rrule: writeRule({ ...rule, count: rule.count && rule.count - 1 }) } };
}

/**
 * The recurrence of a task due on `due` with the days it implies written out: `FREQ=MONTHLY` on 31 January is
 * `FREQ=MONTHLY;BYMONTHDAY=31`. To be stored so: then neither a short month nor a moved date changes the rule.
 * With the anchor `completion` nothing is implied, as the days follow the day of completion.
 */
export function recurrenceOn(recurrence: Recurrence, due: Temporal.PlainDate): Recurrence {
  if (recurrence.anchor === "completion") return recurrence;
  return { ...recurrence, rrule: writeRule(ruleOn(ruleOf(recurrence), due)) };
}

/** Up to `count` dates that follow `due`, as if each occurrence were completed on its day. */
export function upcomingDates(recurrence: Recurrence, due: Temporal.PlainDate, count: number): Temporal.PlainDate[] {
  const dates: Temporal.PlainDate[] = [];
  let next = nextOccurrence(recurrence, { due, today: due, completedOn: due });
  while (next && dates.length < count) {
    dates.push(next.date);
    next = nextOccurrence(next.recurrence, { due: next.date, today: next.date, completedOn: next.date });
  }
  return dates;
}

/** @throws Error for a rule that did not pass `Recurrence` */
export function ruleOf({ rrule }: Recurrence): Rule {
  const { rule, problems } = readRule(rrule);
  if (!rule) throw new Error(`Not a rule: ${rrule}: ${problems.join("; ")}`);
  return rule;
}

function later(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) > 0 ? one : other;
}
