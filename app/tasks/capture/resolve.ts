import type { Candidate } from "#app/tasks/capture/candidates.ts";
import { type ClockTime, timeOf, timeOfPart } from "#app/tasks/capture/clock-grammar.ts";
import type { DayPhrase } from "#app/tasks/capture/day-phrase.ts";
import type { Ending } from "#app/tasks/capture/ending-grammar.ts";
import type { RepeatPhrase } from "#app/tasks/capture/repeat-grammar.ts";
import { firstDateAfter } from "#app/tasks/recurrence/dates.ts";
import { needsWeekStart } from "#app/tasks/recurrence/own-weeks.ts";
import type { Rule } from "#app/tasks/recurrence/rule.ts";

/** What the taken phrases say together. */
export interface When {
  date: Temporal.PlainDate;
  time: Temporal.PlainTime | undefined;
  /** The time comes from the words for the day: "tonight". */
  isPartTime: boolean;
  rule: Rule | undefined;
  anchor: RepeatPhrase["anchor"];
}

interface Phrases {
  date?: DayPhrase;
  time?: ClockTime;
  repeat?: RepeatPhrase;
  ending?: Ending;
}

/** Undefined: the phrases say nothing, contradict each other, or say the same thing twice. */
export function resolve(candidates: readonly Candidate[], now: Temporal.ZonedDateTime, weekStart: number): When | undefined {
  const phrases: Phrases = Object.fromEntries(candidates.map(({ kind, value }) => [kind, value]));
  if (candidates.length === 0 || Object.keys(phrases).length < candidates.length) return undefined;
  const { date, time, repeat } = phrases;
  if (date && !date.date) return undefined;
  const part = date?.part ?? repeat?.part;
  const clock = time ? timeOf(time, part) : (date?.time ?? (part && timeOfPart(part)));
  if (time && (!clock || date?.time)) return undefined;
  const when = repeat ? repeatedFrom(phrases, repeat, clock, now) : { date: dayOf(date, clock, now), rule: undefined };
  if (!when?.date || when.date.year > 9999) return undefined;
  // A part of the day that is over ("this morning", typed in the evening) sets no time.
  const isIgnored = !time && !date?.time && !repeat && clock !== undefined && when.date.equals(now.toPlainDate()) && isOver(clock, now);
  const rule = when.rule && needsWeekStart(when.rule, weekStart, when.date) ? { ...when.rule, weekStart } : when.rule;
  return { date: when.date, time: isIgnored ? undefined : clock, isPartTime: !time, rule, anchor: repeat?.anchor ?? "due" };
}

function isOver(time: Temporal.PlainTime | undefined, now: Temporal.ZonedDateTime): boolean {
  return time !== undefined && Temporal.PlainTime.compare(time, now.toPlainTime()) <= 0;
}

/** A time without a day is today's, or tomorrow's if it has passed. */
function dayOf(
  phrase: DayPhrase | undefined,
  time: Temporal.PlainTime | undefined,
  now: Temporal.ZonedDateTime,
): Temporal.PlainDate | undefined {
  const today = now.toPlainDate();
  if (!phrase) return isOver(time, now) ? today.add({ days: 1 }) : today;
  return phrase.ifOver && phrase.date?.equals(today) && isOver(time, now) ? phrase.ifOver : phrase.date;
}

/** A repeat at a time of day begins no sooner, unless its first day is given. */
const LEAD_TIME = { hours: 1 };

/** The first day of the rule, from the given day on. */
function repeatedFrom(
  { date, ending }: Phrases,
  { rule }: RepeatPhrase,
  time: Temporal.PlainTime | undefined,
  now: Temporal.ZonedDateTime,
) {
  const start = date || !time ? dayOf(date, time, now) : dayOf(undefined, time, now.add(LEAD_TIME));
  if (!start) return undefined;
  const isSet = rule.days.length + rule.monthDays.length > 0;
  // The day before, which firstDateAfter takes for the first of the interval, must not count.
  const first = isSet ? firstDateAfter({ ...rule, interval: 1 }, start, start.subtract({ days: 1 })) : start;
  const ended = first && endedRule(rule, ending, first);
  return ended && { date: first, rule: ended };
}

const UNITS = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" } as const;

/** "for 6 weeks" of a weekly rule is six times; otherwise the days up to its end. */
function endedRule(rule: Rule, ending: Ending | undefined, first: Temporal.PlainDate): Rule | undefined {
  if (!ending) return rule;
  if ("times" in ending) return { ...rule, count: ending.times };
  if ("length" in ending) {
    const isTimes = ending.unit === UNITS[rule.freq] && rule.interval === 1 && rule.days.length + rule.monthDays.length <= 1;
    return isTimes
      ? { ...rule, count: ending.length }
      : { ...rule, until: first.add({ [`${ending.unit}s`]: ending.length }).subtract({ days: 1 }) };
  }
  return ending.until && Temporal.PlainDate.compare(ending.until, first) >= 0 ? { ...rule, until: ending.until } : undefined;
}
