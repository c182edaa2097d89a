import { findDates } from "#app/tasks/capture/find-dates.ts";
import { findLabels, findLists, findPriorities, type NamedList } from "#app/tasks/capture/find-marks.ts";
import { findRepeats } from "#app/tasks/capture/find-repeats.ts";
import { findClock, findTimes } from "#app/tasks/capture/find-times.ts";
import { escaped, takeAll, takeLast } from "#app/tasks/capture/match.ts";
import { firstDay, toRrule } from "#app/tasks/capture/simple-rule.ts";
import { type CaptureSpan, cutOut, type Readings, spansOf } from "#app/tasks/capture/spans.ts";

export interface CaptureContext {
  /** The user's wall clock, in their zone. */
  now: Temporal.ZonedDateTime;
  lists: readonly NamedList[];
  /** 1 Monday to 7 Sunday. */
  weekStart?: number;
  /** Texts of spans that the person turned back into words. */
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

/** A longer text is no title. */
const MAX_LENGTH = 1000;

/**
 * What one line means. Whatever is not certainly a date, time, repeat, label, list or priority stays in the title,
 * and so does all that stands in double quotes. Of two of one kind (labels apart) the last counts and the other stays words.
 * Where no title would be left, the whole text is the title. So it is with more than 1,000 UTF-16 units.
 */
export function capture(text: string, context: CaptureContext): Captured {
  if (text.length > MAX_LENGTH) return asTyped(text);
  const readings = read(text, context);
  const spans = spansOf(text, readings);
  const title = cutOut(text, spans);
  const isTitle = /[\p{L}\p{N}\p{S}]/u.test(title);
  return spans.length > 0 && isTitle ? { fields: fieldsOf(title, readings, context.now), spans } : asTyped(text);
}

function asTyped(title: string): Captured {
  return { fields: { title, due: null, recurrence: null, labels: [], list: null, priority: 0 }, spans: [] };
}

/** One kind after the other, each in what those before it have left. */
function read(text: string, { now, lists, weekStart = 1, rejected = [] }: CaptureContext): Readings {
  let rest = escaped(text, rejected);
  const labels = findLabels(rest);
  rest = takeAll(rest, labels);
  const ofLists = findLists(rest, lists);
  rest = takeLast(rest, ofLists, "mark");
  const priorities = findPriorities(rest);
  rest = takeLast(rest, priorities, "mark");
  const times = findTimes(rest);
  rest = takeLast(rest, times, "when");
  const repeats = findRepeats(rest);
  rest = takeLast(rest, repeats, "when");
  const dates = findDates(rest, now.toPlainDate(), weekStart);
  rest = takeLast(rest, dates, "when");
  const time = times.at(-1) ?? findClock(rest).at(-1);
  return { labels, list: ofLists.at(-1), priority: priorities.at(-1), time, repeat: repeats.at(-1), date: dates.at(-1) };
}

function fieldsOf(title: string, readings: Readings, now: Temporal.ZonedDateTime): CapturedFields {
  const { labels, list, priority, repeat } = readings;
  return {
    title,
    due: dueOf(readings, now),
    recurrence: repeat ? { rrule: toRrule(repeat.value.rule), anchor: repeat.value.anchor } : null,
    labels: [...new Set(labels.map(({ value }) => value))],
    list: list ? { id: list.value.id, name: list.value.name } : null,
    priority: priority?.value ?? 0,
  };
}

/** The day that is given, else the first one of the repeat, else today; the last two are tomorrow when the time has passed. */
function dueOf({ date, time, repeat }: Readings, now: Temporal.ZonedDateTime): CapturedFields["due"] {
  if (!date && !time && !repeat) return null;
  const today = now.toPlainDate();
  const at = time?.value ?? date?.value.time ?? repeat?.value.time;
  const isOver = at !== undefined && Temporal.PlainTime.compare(at, now.toPlainTime()) <= 0;
  if (date) {
    // A part of the day that is over ("this morning", said in the evening) is only a day.
    const isOnlyDay = isOver && !time && date.value.date.equals(today);
    return dueAt(date.value.date, isOnlyDay ? undefined : at);
  }
  const from = isOver ? today.add({ days: 1 }) : today;
  return dueAt(repeat ? firstDay(repeat.value.rule, from) : from, at);
}

function dueAt(date: Temporal.PlainDate, time: string | undefined): { date: string; time?: string } {
  return time === undefined ? { date: date.toString() } : { date: date.toString(), time };
}
