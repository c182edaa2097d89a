/** A stretch of the text and what it was read as. Offsets count UTF-16 units. */
export interface Found<T> {
  start: number;
  end: number;
  value: T;
}

/** Stands where words must be left alone. */
const INERT = "\uE000";
/** Stands where a label, a list or a priority was taken. */
const MARK = "\uE001";
/** Stands where a date, a time or a repeat was taken. */
const WHEN = "\uE002";

const ENDS = new RegExp(`^[\\s${MARK}${WHEN}.,;:!?…]*$`, "u");
const TIME_FOLLOWS = new RegExp(`^[\\s,]*(?:${WHEN}|(?:at\\s+)?\\d{1,2}:\\d\\d(?!\\S))`, "iu");
const QUOTED = /(?<!\S)(?:"[^"\n]+"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»)/gu;

/** A word before a date that makes it part of a sentence: "move it to monday", "the 5pm train", "a daily walk". */
const GOVERNED =
  /(?:^|\s)(?:for|to|from|before|after|until|till|since|of|the|a|an|last|past|than|about|not|between|through|via|per|and|or|vs|my|your|our|their|is|was|it['’]s|[&+–—/-])\s+$/iu;
const RANGE = /^\s*(?:[-–—/&]|(?:to|till|until|through|or|and|vs)\s)\s*(?:\d|today|tomorrow|next|this|(?:mon|tue|wed|thu|fri|sat|sun))/iu;
const CONTINUES = /^\s+(?:is|was|will|isn['’]t|has|of)(?!\S)/iu;
const PAUSES = /^(?:[,.;:!?…]|\s+[-–—(]|\s+(?:with|at|in|for|then|if|when|until|till|from|starting)(?!\S))/iu;

/** A pattern that matches whole words only: white space or nothing before, and behind at most punctuation. */
export function wholeWords(source: string): RegExp {
  return new RegExp(String.raw`(?<!\S)(?:${source})(?=[.,;:!?…]*(?:\s|$))`, "giu");
}

/** The text with what is quoted or rejected made unreadable, at its full length. */
export function escaped(text: string, rejected: readonly string[]): string {
  const unquoted = text.replace(/[\uE000-\uE002]/gu, INERT).replace(QUOTED, (quoted) => INERT.repeat(quoted.length));
  return rejected.reduce(withoutReading, unquoted);
}

/** A comma that a span had taken along may stand elsewhere by now. */
function withoutReading(text: string, rejected: string): string {
  const words = rejected.replace(/^,\s+|[,:]$/gu, "").replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
  if (words.trim() === "") return text;
  return text.replace(new RegExp(wholeWords(words), "gu"), (found) => INERT.repeat(found.length));
}

/** The text with the stretches no longer readable: the last one was taken, the ones before it stay words. */
export function takeLast(text: string, found: Found<unknown>[], kind: "mark" | "when"): string {
  const last = found.at(-1);
  const inert = found.slice(0, -1).reduce((rest, stretch) => covered(rest, stretch, INERT), text);
  return last ? covered(inert, last, kind === "mark" ? MARK : WHEN) : inert;
}

export function takeAll(text: string, found: Found<unknown>[]): string {
  return found.reduce((rest, stretch) => covered(rest, stretch, MARK), text);
}

function covered(text: string, { start, end }: { start: number; end: number }, cover: string): string {
  return text.slice(0, start) + cover.repeat(end - start) + text.slice(end);
}

/** Whether nothing but what was taken follows, or a time does. */
export function endsThought(text: string, end: number): boolean {
  return ENDS.test(text.slice(end)) || isTimed(text, end);
}

/** Whether a stretch begins the text, or ends a part of it: in the midst of words ("Order 2 Dec calendars") it may belong to them. */
export function standsApart(text: string, start: number, end: number): boolean {
  return isFirst(text, start) || pauses(text, end);
}

export function pauses(text: string, end: number): boolean {
  return endsThought(text, end) || PAUSES.test(text.slice(end));
}

function isFirst(text: string, start: number): boolean {
  return new RegExp(`^[\\s${MARK}${WHEN}]*$`, "u").test(text.slice(0, start));
}

export function isTimed(text: string, end: number): boolean {
  return TIME_FOLLOWS.test(text.slice(end));
}

/** Whether the words next to a stretch make it part of a sentence or of a range. */
export function isGoverned(text: string, start: number, end: number): boolean {
  const rest = text.slice(end);
  return GOVERNED.test(text.slice(0, start)) || RANGE.test(rest) || CONTINUES.test(rest);
}

/** Whether a capitalised word stands beside another one: "USA Today", "Tomorrow Never Dies". */
export function isInName(text: string, start: number, end: number): boolean {
  if (!/^\p{Lu}\p{Ll}/u.test(text.slice(start))) return false;
  const before = /(?<start>^|\s)(?<word>\S+)\s+$/u.exec(text.slice(0, start))?.groups;
  // The first word of all is capitalised anyway.
  const capitalised = before?.start === "" ? /^\p{Lu}{2}/u : /^\p{Lu}/u;
  return capitalised.test(before?.word ?? "") || /^\s+\p{Lu}/u.test(text.slice(end));
}

/** Whether a date or a repeat was taken just before, with nothing but white space or a comma between. */
export function followsWhen(text: string, start: number): boolean {
  return new RegExp(`${WHEN}[\\s,]*$`, "u").test(text.slice(0, start));
}

/** Whether a date or a repeat was taken right behind, and nothing stands in front. */
export function opensWithWhen(text: string, start: number, end: number): boolean {
  return text.slice(0, start).trim() === "" && text.slice(end).trimStart().startsWith(WHEN);
}
