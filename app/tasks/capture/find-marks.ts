import { type Found, wholeWords } from "#app/tasks/capture/match.ts";

export interface NamedList {
  id: string;
  name: string;
}

const MAX_LABELS = 20;
const LABEL = wholeWords(String.raw`#(?<name>(?=[\p{N}\p{M}_-]*\p{L})[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]{0,49})`);
const PRIORITY = wholeWords("!(?<level>[1-3])");

/** `#label`. One without a letter is a number ("issue #5"). Past twenty different ones the rest stay words. */
export function findLabels(text: string): Found<string>[] {
  const names = new Map<string, string>();
  const found: Found<string>[] = [];
  for (const match of text.matchAll(LABEL)) {
    const name = match.groups?.name ?? "";
    const key = name.toLowerCase();
    if (names.size === MAX_LABELS && !names.has(key)) continue;
    names.set(key, names.get(key) ?? name);
    found.push({ start: match.index, end: match.index + match[0].length, value: names.get(key) ?? name });
  }
  return found;
}

/** `!1` to `!3`, three being high. `!1!` is an exclamation. */
export function findPriorities(text: string): Found<1 | 2 | 3>[] {
  return [...text.matchAll(PRIORITY)]
    .filter(({ index }) => text[index + 2] !== "!")
    .map((match) => ({ start: match.index, end: match.index + 2, value: Number(match.groups?.level) as 1 | 2 | 3 }));
}

/** `+` and the name of one of the lists, whatever its case; the longest name that fits. */
export function findLists(text: string, lists: readonly NamedList[]): Found<NamedList>[] {
  const marks = [...text.matchAll(/(?<!\S)\+(?=\S)/gu)];
  const byLength = marks.length === 0 ? [] : [...namedByLength(lists)].sort(([a], [b]) => b - a);
  return marks.flatMap(({ index: start }) => {
    for (const [length, byName] of byLength) {
      const end = start + 1 + length;
      const list = byName.get(text.slice(start + 1, end).toLowerCase());
      if (list && isEndOfName(text, end)) return [{ start, end, value: list }];
    }
    return [];
  });
}

/** Looked up by what stands in the text, so that a mark costs no more among a thousand lists than among ten. The first of a name has it. */
function namedByLength(lists: readonly NamedList[]): Map<number, Map<string, NamedList>> {
  const byLength = Map.groupBy(lists, ({ name }) => name.length);
  byLength.delete(0);
  const byName = (some: NamedList[]) => new Map(some.toReversed().map((list) => [list.name.toLowerCase(), list]));
  return new Map([...byLength].map(([length, some]) => [length, byName(some)]));
}

function isEndOfName(text: string, end: number): boolean {
  return /^[.,;:!?…]*(?:\s|$)/u.test(text.slice(end));
}
