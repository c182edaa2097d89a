import { findDates } from "#app/tasks/capture/find-dates.ts";
import { findLabels, findLists, findPriorities, type NamedList } from "#app/tasks/capture/find-marks.ts";
import { findRepeats } from "#app/tasks/capture/find-repeats.ts";
import { findBareTimes, findTimes } from "#app/tasks/capture/find-times.ts";
import { maskAll, maskLast, maskLiterals } from "#app/tasks/capture/match.ts";
import { firstDay, toRrule } from "#app/tasks/capture/simple-rule.ts";
import { type CaptureSpan, type Matches, toSpans, withoutSpans } from "#app/tasks/capture/spans.ts";
import { distinctNames } from "#app/tasks/name-key.ts";
import { withWeekStart } from "#app/tasks/recurrence/week-start.ts";

export interface CaptureContext {
  now: Temporal.ZonedDateTime;
  lists: readonly NamedList[];
  /** The names of existing labels. */
  labels?: readonly string[];
  /** 1 Monday to 7 Sunday. */
  weekStart?: number;
  /** Texts of spans that the user rejected: they stay in the title. */
  rejected?: readonly string[];
}

export interface CapturedFields {
  title: string;
  due: { date: string; time?: string } | null;
  recurrence: { rrule: string; anchor: "due" | "completion" } | null;
  labels: string[];
  list: NamedList | null;
  priority: 0 | 1 | 2 | 3;
}

export interface Captured {
  fields: CapturedFields;
  spans: CaptureSpan[];
}

const MAX_LENGTH = 1000;

/**
 * Reads the fields of a task from one line of text. Only what is certainly a date, time, repeat, label, list or priority is
 * recognized; the rest and everything in double quotes is the title. Of several dates, times, repeats, lists or priorities the
 * last counts. If no title would be left, or the text has more than 1,000 UTF-16 units, the whole text is the title.
 */
export function capture(text: string, context: CaptureContext): Captured {
  if (text.length > MAX_LENGTH) return uncaptured(text);
  const matches = findMatches(text, context);
  const spans = toSpans(text, matches);
  const title = withoutSpans(text, spans);
  const isTitle = /[\p{L}\p{N}\p{S}]/u.test(title);
  return spans.length > 0 && isTitle ? { fields: toFields(title, matches, context), spans } : uncaptured(text);
}

function uncaptured(title: string): Captured {
  return { fields: { title, due: null, recurrence: null, labels: [], list: null, priority: 0 }, spans: [] };
}

/** Finds one kind after the other. Each match is masked, so that later kinds do not see it. */
function findMatches(text: string, { now, lists, labels: existing = [], weekStart = 1, rejected = [] }: CaptureContext): Matches {
  let rest = maskLiterals(text, rejected);
  const labels = findLabels(rest, existing);
  rest = maskAll(rest, labels);
  const listMatches = findLists(rest, lists);
  rest = maskLast(rest, listMatches, "mark");
  const priorities = findPriorities(rest);
  rest = maskLast(rest, priorities, "mark");
  const times = findTimes(rest);
  rest = maskLast(rest, times, "date");
  const repeats = findRepeats(rest);
  rest = maskLast(rest, repeats, "date");
  const dates = findDates(rest, now.toPlainDate(), weekStart);
  rest = maskLast(rest, dates, "date");
  const time = times.at(-1) ?? findBareTimes(rest).at(-1);
  return { labels, list: listMatches.at(-1), priority: priorities.at(-1), time, repeat: repeats.at(-1), date: dates.at(-1) };
}

function toFields(title: string, matches: Matches, { now, weekStart = 1 }: CaptureContext): CapturedFields {
  const { labels, list, priority, repeat } = matches;
  const due = toDue(matches, now);
  return {
    title,
    due,
    recurrence: repeat ? { rrule: withWeekStart(toRrule(repeat.value.rule), weekStart, due?.date), anchor: repeat.value.anchor } : null,
    labels: distinctNames(labels.map(({ value }) => value)),
    list: list ? { id: list.value.id, name: list.value.name } : null,
    priority: priority?.value ?? 0,
  };
}

/** The given day, otherwise the first day of the repeat, otherwise today. The last two start tomorrow if the time has passed. */
function toDue({ date, time, repeat }: Matches, now: Temporal.ZonedDateTime): CapturedFields["due"] {
  if (!date && !time && !repeat) return null;
  const today = now.toPlainDate();
  const at = time?.value ?? date?.value.time ?? repeat?.value.time;
  const isOver = at !== undefined && Temporal.PlainTime.compare(at, now.toPlainTime()) <= 0;
  if (date) {
    // A part of the day that is over ("this morning", typed in the evening) sets no time.
    const ignoresTime = isOver && !time && date.value.date.equals(today);
    return atTime(date.value.date, ignoresTime ? undefined : at);
  }
  const from = isOver ? today.add({ days: 1 }) : today;
  return atTime(repeat ? firstDay(repeat.value.rule, from) : from, at);
}

function atTime(date: Temporal.PlainDate, time: string | undefined): { date: string; time?: string } {
  return time === undefined ? { date: date.toString() } : { date: date.toString(), time };
}
