import { type Match, wholeWords } from "#app/tasks/capture/match.ts";

export interface NamedList {
  id: string;
  name: string;
}

const MAX_LABELS = 20;
const LABEL = wholeWords(String.raw`#(?<name>(?=[\p{N}\p{M}_-]*\p{L})[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]{0,49})`);
const PRIORITY = wholeWords("!(?<level>[1-3])");

/** `#label`. Without a letter it is a number ("issue #5"). Only the first 20 distinct labels count. */
export function findLabels(text: string): Match<string>[] {
  const names = new Map<string, string>();
  const matches: Match<string>[] = [];
  for (const match of text.matchAll(LABEL)) {
    const name = match.groups?.name ?? "";
    const key = name.toLowerCase();
    if (names.size === MAX_LABELS && !names.has(key)) continue;
    names.set(key, names.get(key) ?? name);
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

/** `+` and the name of a list, in any case. The longest matching name wins. */
export function findLists(text: string, lists: readonly NamedList[]): Match<NamedList>[] {
  const marks = [...text.matchAll(/(?<!\S)\+(?=\S)/gu)];
  const byLength = marks.length === 0 ? [] : [...listsByNameLength(lists)].sort(([a], [b]) => b - a);
  return marks.flatMap(({ index: start }) => {
    for (const [length, byName] of byLength) {
      const end = start + 1 + length;
      const list = byName.get(text.slice(start + 1, end).toLowerCase());
      if (list && isEndOfName(text, end)) return [{ start, end, value: list }];
    }
    return [];
  });
}

/** Indexed by length and name, so that the cost of a `+` does not depend on the number of lists. Of equal names the first list wins. */
function listsByNameLength(lists: readonly NamedList[]): Map<number, Map<string, NamedList>> {
  const byLength = Map.groupBy(lists, ({ name }) => name.length);
  byLength.delete(0);
  const byName = (some: NamedList[]) => new Map(some.toReversed().map((list) => [list.name.toLowerCase(), list]));
  return new Map([...byLength].map(([length, some]) => [length, byName(some)]));
}

function isEndOfName(text: string, end: number): boolean {
  return /^[.,;:!?…]*(?:\s|$)/u.test(text.slice(end));
}
