import type { CapturedDate } from "#app/tasks/capture/find-dates.ts";
import type { NamedList } from "#app/tasks/capture/find-marks.ts";
import type { CapturedRepeat } from "#app/tasks/capture/find-repeats.ts";
import type { Match } from "#app/tasks/capture/match.ts";
import { toRrule } from "#app/tasks/capture/simple-rule.ts";

export const SPAN_KINDS = ["date", "time", "recurrence", "label", "list", "priority"] as const;

export interface CaptureSpan {
  /** UTF-16 offsets into the text as it was typed. */
  start: number;
  end: number;
  kind: (typeof SPAN_KINDS)[number];
  text: string;
  /** The recognized value: a day or a rule (with a time after a space, if the words say both), a time, a name, a number. */
  meaning: string;
}

/** At most one of each kind, except labels. */
export interface Matches {
  labels: Match<string>[];
  list: Match<NamedList> | undefined;
  priority: Match<1 | 2 | 3> | undefined;
  time: Match<string> | undefined;
  repeat: Match<CapturedRepeat> | undefined;
  date: Match<CapturedDate> | undefined;
}

/** Sorted by position. */
export function toSpans(text: string, { labels, list, priority, time, repeat, date }: Matches): CaptureSpan[] {
  const spans = [
    ...labels.map((label) => span("label", label, label.value)),
    list && span("list", list, list.value.name),
    priority && span("priority", priority, String(priority.value)),
    time && span("time", time, time.value),
    repeat && span("recurrence", repeat, joined(toRrule(repeat.value.rule), repeat.value.time)),
    date && span("date", date, joined(date.value.date.toString(), date.value.time)),
  ];
  const inOrder = spans.filter((one) => one !== undefined).toSorted((a, b) => a.start - b.start);
  return includeCommas(text, inOrder).map((one) => ({ ...one, text: text.slice(one.start, one.end) }));
}

function span(kind: CaptureSpan["kind"], { start, end }: Match<unknown>, meaning: string): CaptureSpan {
  return { start, end, kind, text: "", meaning };
}

function joined(value: string, time: string | undefined): string {
  return time ? `${value} ${time}` : value;
}

/**
 * Extends the spans by commas that would separate nothing without them: after a span at the start ("Tomorrow, call Bob";
 * a colon there too), between two spans, and before those at the end ("Call Bob, tomorrow").
 */
function includeCommas(text: string, spans: CaptureSpan[]): CaptureSpan[] {
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

/** The text without the spans, with at most one space in place of each. */
export function withoutSpans(text: string, spans: readonly CaptureSpan[]): string {
  const ends = [0, ...spans.map(({ end }) => end)];
  const [first = "", ...others] = ends.map((end, i) => text.slice(end, spans[i]?.start));
  return others.reduce(join, first);
}

function join(left: string, right: string): string {
  const [before, after] = [left.trimEnd(), right.trimStart()];
  if (before === "" || after === "") return before + after;
  return /^[.,;:!?…]/u.test(right) ? before + after : `${before} ${after}`;
}
