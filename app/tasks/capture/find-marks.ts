import type { CaptureContext, NamedList } from "#app/tasks/capture/capture-context.ts";
import { maskLast, maskMarks, type Range, wholeWords } from "#app/tasks/capture/masks.ts";
import { nameKey } from "#app/tasks/name-key.ts";

export interface Match<T> extends Range {
  value: T;
}

/** At most one of each kind, except labels. */
export interface Marks {
  labels: Match<string>[];
  list: Match<NamedList> | undefined;
  /** `+Name` of no list. */
  newList: Match<string> | undefined;
  priority: Match<0 | 1 | 2 | 3> | undefined;
}

const MAX_LABELS = 20;
const LABEL = wholeWords(String.raw`#(?<name>(?=[\p{N}\p{M}_-]*\p{L})[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]{0,49})`);
const NEW_LIST = wholeWords(String.raw`\+(?<name>\p{L}[\p{L}\p{N}\p{M}_-]{0,49})`);
const PRIORITY = wholeWords("!(?<level>[1-3]|high|medium|low)|(?<most>!!!)");
const TYPED_PRIORITY = /(?<!\S)p(?<level>[1-4])(?=[.,;:!?…]*(?:\s|$))/gu;
const LEVELS: Record<string, 1 | 2 | 3> = { 1: 1, 2: 2, 3: 3, low: 1, medium: 2, high: 3 };

/** Each kind after the other, masked so that the next ones don't see it. A list of such a name wins over "+3d". */
export function findMarks(
  text: string,
  { lists, labels: existing = [] }: Pick<CaptureContext, "lists" | "labels">,
  withTyped: boolean,
): { marks: Marks; masked: string } {
  const labels = findLabels(text, existing);
  let masked = maskMarks(text, labels);
  const found = findLists(masked, lists);
  masked = maskLast(masked, found);
  const newList = found.length > 0 ? undefined : findNewList(masked);
  masked = maskMarks(masked, newList ? [newList] : []);
  const priorities = withTyped
    ? [...findPriorities(masked), ...findTyped(masked)].sort((a, b) => a.start - b.start)
    : findPriorities(masked);
  masked = maskLast(masked, priorities);
  return { marks: { labels, list: found.at(-1), newList, priority: priorities.at(-1) }, masked };
}

function findNewList(text: string): Match<string> | undefined {
  const match = [...text.matchAll(NEW_LIST)].at(-1);
  return match && { start: match.index, end: match.index + match[0].length, value: match.groups?.name ?? "" };
}

/**
 * `#label`, spelled as the existing label if there is one. Without a letter it is a number ("issue #5"). Only the first 20
 * distinct labels count.
 */
export function findLabels(text: string, existing: readonly string[]): Match<string>[] {
  const existingNames = new Map(existing.map((name) => [nameKey(name), name]));
  const names = new Map<string, string>();
  const matches: Match<string>[] = [];
  for (const match of text.matchAll(LABEL)) {
    const name = match.groups?.name ?? "";
    const key = nameKey(name);
    if (names.size === MAX_LABELS && !names.has(key)) continue;
    names.set(key, names.get(key) ?? existingNames.get(key) ?? name);
    matches.push({ start: match.index, end: match.index + match[0].length, value: names.get(key) ?? name });
  }
  return matches;
}

/** `!1` (low) to `!3` (high), `!high`, `!!!`. `!1!` is not a priority. */
function findPriorities(text: string): Match<1 | 2 | 3>[] {
  return [...text.matchAll(PRIORITY)]
    .filter(({ index, 0: found, groups }) => groups?.most || text[index + found.length] !== "!")
    .map(({ index, 0: found, groups }) => ({
      start: index,
      end: index + found.length,
      value: LEVELS[groups?.level?.toLowerCase() ?? ""] ?? 3,
    }));
}

/** `p1` (high) to `p4` (none). Small only: "P1 visa papers". */
function findTyped(text: string): Match<0 | 1 | 2 | 3>[] {
  return [...text.matchAll(TYPED_PRIORITY)].map(({ index, groups }) => ({
    start: index,
    end: index + 2,
    value: (4 - Number(groups?.level)) as 0 | 1 | 2 | 3,
  }));
}

const START_OF_NAME = /(?<=(?<!\S)\+)(?=\S)/gu;
const END_OF_NAME = /(?=[.,;:!?…]*(?:\s|$))/gu;

/** `+` and the name of a list, in any case and Unicode form. The longest matching name wins; of equal names, the first list. */
export function findLists(text: string, lists: readonly NamedList[]): Match<NamedList>[] {
  const starts = indexesOf(START_OF_NAME, text);
  if (starts.length === 0 || lists.length === 0) return [];
  const ends = indexesOf(END_OF_NAME, text);
  const { key, offsets } = keyOf(text, [...starts, ...ends]);
  const byKey = new Map(lists.toReversed().map((list) => [nameKey(list.name), list]));
  // Checked first, so that the cost depends neither on the number of lists nor on the length of the text behind a `+`.
  const lengths = new Set([...byKey.keys()].map(({ length }) => length));
  return starts.flatMap((start) => {
    const from = offsets.get(start) ?? 0;
    const listUntil = (end: number) => {
      const to = offsets.get(end) ?? 0;
      return lengths.has(to - from) ? byKey.get(key.slice(from, to)) : undefined;
    };
    const end = ends.findLast((end) => end > start && listUntil(end));
    const list = end && listUntil(end);
    return list ? [{ start: start - 1, end, value: list }] : [];
  });
}

function indexesOf(pattern: RegExp, text: string): number[] {
  return [...text.matchAll(pattern)].map(({ index }) => index);
}

/** The text's key, and where in it these positions of the text are. */
function keyOf(text: string, positions: number[]): { key: string; offsets: Map<number, number> } {
  const bounds = [...new Set([0, ...positions, text.length])].sort((a, b) => a - b);
  const offsets = new Map<number, number>();
  let key = "";
  for (const [index, bound] of bounds.entries()) {
    offsets.set(bound, key.length);
    key += nameKey(text.slice(bound, bounds[index + 1]));
  }
  return { key, offsets };
}
