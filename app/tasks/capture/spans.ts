import type { Marks } from "#app/tasks/capture/find-marks.ts";
import type { FoundWhen } from "#app/tasks/capture/find-when.ts";
import type { Range } from "#app/tasks/capture/masks.ts";
import { formatRule } from "#app/tasks/recurrence/rule.ts";

export const SPAN_KINDS = ["date", "time", "recurrence", "recurrence_end", "label", "list", "new_list", "priority"] as const;

export interface CaptureSpan extends Range {
  /** `new_list`: a list that does not exist; the title keeps these words. */
  kind: (typeof SPAN_KINDS)[number];
  text: string;
  /** The recognized value: a day or a rule (with a time after a space, if the words say both), a time, a name, a number. */
  meaning: string;
}

type Found = Omit<CaptureSpan, "text">;

/** Sorted by position. */
export function toSpans(text: string, marks: Marks, when: FoundWhen | undefined): CaptureSpan[] {
  const spans = [...markSpans(marks), ...(when ? whenSpans(when) : [])].toSorted((a, b) => a.start - b.start);
  return includeCommas(text, spans).map((one) => ({ ...one, text: text.slice(one.start, one.end) }));
}

function markSpans({ labels, list, newList, priority }: Marks): Found[] {
  return [
    ...labels.map(({ start, end, value }): Found => ({ start, end, kind: "label", meaning: value })),
    ...(list ? [{ start: list.start, end: list.end, kind: "list" as const, meaning: list.value.name }] : []),
    ...(newList ? [{ start: newList.start, end: newList.end, kind: "new_list" as const, meaning: newList.value }] : []),
    ...(priority ? [{ start: priority.start, end: priority.end, kind: "priority" as const, meaning: String(priority.value) }] : []),
  ];
}

const KINDS = { date: "date", time: "time", repeat: "recurrence", ending: "recurrence_end" } as const;

function whenSpans(when: FoundWhen): Found[] {
  return when.phrases.map(({ start, end, kind }) => ({ start, end, kind: KINDS[kind], meaning: meaningOf(kind, when) }));
}

function meaningOf(kind: FoundWhen["phrases"][number]["kind"], { date, time, isPartTime, rule, phrases }: FoundWhen): string {
  const at = time?.toString({ smallestUnit: "minute" }) ?? "";
  switch (kind) {
    case "time":
      return at;
    case "ending":
      return rule?.count ? `COUNT=${rule.count}` : `UNTIL=${rule?.until}`;
    case "repeat": {
      const text = rule ? formatRule({ ...rule, count: undefined, until: undefined }) : "";
      return isPartTime && at && !phrases.some((one) => one.kind === "date") ? `${text} ${at}` : text;
    }
    case "date":
      return isPartTime && at ? `${date} ${at}` : date.toString();
  }
}

/**
 * Extends the spans by commas that would separate nothing without them: after a span at the start ("Tomorrow, call Bob";
 * a colon there too), between two spans, and before those at the end ("Call Bob, tomorrow").
 */
function includeCommas(text: string, spans: Found[]): Found[] {
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
export function withoutSpans(text: string, spans: readonly Range[]): string {
  const ends = [0, ...spans.map(({ end }) => end)];
  const [first = "", ...others] = ends.map((end, i) => text.slice(end, spans[i]?.start));
  return others.reduce(join, first);
}

function join(left: string, right: string): string {
  const [before, after] = [left.trimEnd(), right.trimStart()];
  if (before === "" || after === "") return before + after;
  return /^[.,;:!?…]/u.test(right) ? before + after : `${before} ${after}`;
}
