import { type Match, wholeWords } from "#app/tasks/capture/match.ts";
import { nameKey } from "#app/tasks/name-key.ts";

export interface NamedList {
  id: string;
  name: string;
}

const MAX_LABELS = 20;
const LABEL = wholeWords(String.raw`#(?<name>(?=[\p{N}\p{M}_-]*\p{L})[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]{0,49})`);
const PRIORITY = wholeWords("!(?<level>[1-3])");

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

/** `!1` (low) to `!3` (high). `!1!` is not a priority. */
export function findPriorities(text: string): Match<1 | 2 | 3>[] {
  return [...text.matchAll(PRIORITY)]
    .filter(({ index }) => text[index + 2] !== "!")
    .map((match) => ({ start: match.index, end: match.index + 2, value: Number(match.groups?.level) as 1 | 2 | 3 }));
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
