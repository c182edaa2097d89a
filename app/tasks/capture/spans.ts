import type { Day } from "#app/tasks/capture/find-dates.ts";
import type { NamedList } from "#app/tasks/capture/find-marks.ts";
import type { Repeat } from "#app/tasks/capture/find-repeats.ts";
import type { Found } from "#app/tasks/capture/match.ts";
import { toRrule } from "#app/tasks/capture/simple-rule.ts";

export const SPAN_KINDS = ["date", "time", "recurrence", "label", "list", "priority"] as const;

export interface CaptureSpan {
  /** UTF-16 offsets into the text as it was typed. */
  start: number;
  end: number;
  kind: (typeof SPAN_KINDS)[number];
  text: string;
  /** The value it was read as: a day or a rule (and a time, when the words say both), a time, a name, a number. */
  meaning: string;
}

/** What each kind was found to be: of all but labels at most one. */
export interface Readings {
  labels: Found<string>[];
  list: Found<NamedList> | undefined;
  priority: Found<1 | 2 | 3> | undefined;
  time: Found<string> | undefined;
  repeat: Found<Repeat> | undefined;
  date: Found<Day> | undefined;
}

/** In order of the text. */
export function spansOf(text: string, { labels, list, priority, time, repeat, date }: Readings): CaptureSpan[] {
  const spans = [
    ...labels.map((label) => span("label", label, label.value)),
    list && span("list", list, list.value.name),
    priority && span("priority", priority, String(priority.value)),
    time && span("time", time, time.value),
    repeat && span("recurrence", repeat, joined(toRrule(repeat.value.rule), repeat.value.time)),
    date && span("date", date, joined(date.value.date.toString(), date.value.time)),
  ];
  const inOrder = spans.filter((one) => one !== undefined).toSorted((a, b) => a.start - b.start);
  return withCommas(text, inOrder).map((one) => ({ ...one, text: text.slice(one.start, one.end) }));
}

function span(kind: CaptureSpan["kind"], { start, end }: Found<unknown>, meaning: string): CaptureSpan {
  return { start, end, kind, text: "", meaning };
}

function joined(value: string, time: string | undefined): string {
  return time ? `${value} ${time}` : value;
}

/**
 * Commas that would be left with nothing to part belong to the spans: behind one at the beginning ("Tomorrow, call Bob",
 * and a colon there), between two, and in front of those at the end ("Call Bob, tomorrow").
 */
function withCommas(text: string, spans: CaptureSpan[]): CaptureSpan[] {
  const gaps = [...spans, undefined].map((one, i) => text.slice(spans[i - 1]?.end ?? 0, one?.start));
  const opening = gaps.findIndex((gap) => !/^\s*[,:]?\s*$/u.test(gap));
  const closing = gaps.findLastIndex((gap) => !/^[\s,.!?…]*$/u.test(gap));
  return spans.map((one, i) => {
    const [before = "", after = ""] = gaps.slice(i, i + 2);
    const takesNext = i < opening ? /^[,:]\s/u.test(after) : i + 1 < spans.length && /^,\s+$/u.test(after);
    const comma = i === closing ? (/,\s+$/u.exec(before)?.[0].length ?? 0) : 0;
    return { ...one, start: one.start - comma, end: takesNext ? one.end + 1 : one.end };
  });
}

/** The text without the spans, with one space or none where one was cut out. */
export function cutOut(text: string, spans: readonly CaptureSpan[]): string {
  const ends = [0, ...spans.map(({ end }) => end)];
  const [first = "", ...others] = ends.map((end, i) => text.slice(end, spans[i]?.start));
  return others.reduce(join, first);
}

function join(left: string, right: string): string {
  const [before, after] = [left.trimEnd(), right.trimStart()];
  if (before === "" || after === "") return before + after;
  return /^[.,;:!?…]/u.test(right) ? before + after : `${before} ${after}`;
}
