import type { CaptureContext, NamedList } from "#app/tasks/capture/capture-context.ts";
import { findMarks, type Marks } from "#app/tasks/capture/find-marks.ts";
import { type FoundWhen, findWhen } from "#app/tasks/capture/find-when.ts";
import { maskLiterals } from "#app/tasks/capture/masks.ts";
import { type CaptureSpan, toSpans, withoutSpans } from "#app/tasks/capture/spans.ts";
import { distinctNames } from "#app/tasks/name-key.ts";
import { formatRule } from "#app/tasks/recurrence/rule.ts";

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
  /** `+Name` of no list: the name, and the title without it. In `fields` the title keeps it. */
  newList: { name: string; title: string } | null;
}

const MAX_LENGTH = 1000;

/**
 * Reads the fields of a task from one line of text. A phrase is recognized whole or not at all: if words about time would stay
 * beside a recognized date, all of them stay. The rest and everything in double quotes is the title. Of several lists or
 * priorities the last counts. If no title would be left, or the text has more than 1,000 UTF-16 units, the whole text is the title.
 */
export function capture(text: string, context: CaptureContext): Captured {
  if (text.length > MAX_LENGTH) return uncaptured(text);
  const literal = maskLiterals(text, context.rejected ?? []);
  const captured = read(text, literal, context, true);
  return captured.spans.some((span) => isTypedInside(span, captured.spans, text)) ? read(text, literal, context, false) : captured;
}

function read(text: string, literal: string, context: CaptureContext, withTyped: boolean): Captured {
  const { marks, masked } = findMarks(literal, context, withTyped);
  const when = findWhen(masked, context);
  const spans = toSpans(text, marks, when);
  const taken = spans.filter(({ kind }) => kind !== "new_list");
  const title = withoutSpans(text, taken);
  if (spans.length === 0 || !isTitle(title)) return uncaptured(text);
  return { fields: toFields(title, marks, when), spans, newList: newListOf(text, spans) };
}

/** Whether a `p1` has words of the title on both sides, which it may belong to. */
function isTypedInside(span: CaptureSpan, spans: readonly CaptureSpan[], text: string): boolean {
  if (span.kind !== "priority" || span.text.startsWith("!")) return false;
  const [before, after] = [spans.filter(({ end }) => end <= span.start), spans.filter(({ start }) => start >= span.end)];
  const shifted = after.map(({ start, end }) => ({ start: start - span.end, end: end - span.end }));
  return isTitle(withoutSpans(text.slice(0, span.start), before)) && isTitle(withoutSpans(text.slice(span.end), shifted));
}

function isTitle(text: string): boolean {
  return /[\p{L}\p{N}\p{S}]/u.test(text);
}

function uncaptured(title: string): Captured {
  return { fields: { title, due: null, recurrence: null, labels: [], list: null, priority: 0 }, spans: [], newList: null };
}

function toFields(title: string, { labels, list, priority }: Marks, when: FoundWhen | undefined): CapturedFields {
  return {
    title,
    due: when ? { date: when.date.toString(), ...(when.time && { time: when.time.toString({ smallestUnit: "minute" }) }) } : null,
    recurrence: when?.rule ? { rrule: formatRule(when.rule), anchor: when.anchor } : null,
    labels: distinctNames(labels.map(({ value }) => value)),
    list: list ? { id: list.value.id, name: list.value.name } : null,
    priority: priority?.value ?? 0,
  };
}

function newListOf(text: string, spans: readonly CaptureSpan[]): Captured["newList"] {
  const named = spans.find(({ kind }) => kind === "new_list");
  const title = withoutSpans(text, spans);
  return named && isTitle(title) ? { name: named.meaning, title } : null;
}
