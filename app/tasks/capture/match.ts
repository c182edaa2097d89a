/** Offsets count UTF-16 units. */
export interface Match<T> {
  start: number;
  end: number;
  value: T;
}

// Masks keep the length of the text, so that offsets stay valid. No finder matches them.
/** Quoted or rejected text, which stays in the title. */
const LITERAL_MASK = "\uE000";
/** A recognized label, list or priority. */
const MARK_MASK = "\uE001";
/** A recognized date, time or repeat. */
const DATE_MASK = "\uE002";

const ENDS = new RegExp(`^[\\s${MARK_MASK}${DATE_MASK}.,;:!?…]*$`, "u");
const TIME_FOLLOWS = new RegExp(`^[\\s,]*(?:${DATE_MASK}|(?:at\\s+)?\\d{1,2}:\\d\\d(?!\\S))`, "iu");
const QUOTED = /(?<!\S)(?:"[^"\n]+"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»)/gu;

/** A word before a date that makes it part of the sentence: "move it to monday", "the 5pm train", "a daily walk". */
const JOINING_WORD =
  /(?:^|\s)(?:for|to|from|before|after|until|till|since|of|the|a|an|last|past|than|about|not|between|through|via|per|and|or|vs|my|your|our|their|is|was|it['’]s|[&+–—/-])\s+$/iu;
const RANGE = /^\s*(?:[-–—/&]|(?:to|till|until|through|or|and|vs)\s)\s*(?:\d|today|tomorrow|next|this|(?:mon|tue|wed|thu|fri|sat|sun))/iu;
const CONTINUES = /^\s+(?:is|was|will|isn['’]t|has|of)(?!\S)/iu;
const PAUSES = /^(?:[,.;:!?…]|\s+[-–—(]|\s+(?:with|at|in|for|then|if|when|until|till|from|starting)(?!\S))/iu;

/** Matches whole words only: preceded by white space or the start, followed by at most punctuation. */
export function wholeWords(source: string): RegExp {
  return new RegExp(String.raw`(?<!\S)(?:${source})(?=[.,;:!?…]*(?:\s|$))`, "giu");
}

export function maskLiterals(text: string, rejected: readonly string[]): string {
  const unquoted = text.replace(/[\uE000-\uE002]/gu, LITERAL_MASK).replace(QUOTED, (quoted) => LITERAL_MASK.repeat(quoted.length));
  return rejected.reduce(maskRejected, unquoted);
}

/** The commas that the span included are ignored: the text may have changed since. */
function maskRejected(text: string, rejected: string): string {
  const words = rejected.replace(/^,\s+|[,:]$/gu, "").replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
  if (words.trim() === "") return text;
  return text.replace(new RegExp(wholeWords(words), "gu"), (match) => LITERAL_MASK.repeat(match.length));
}

/** Masks all matches: the last one counts, the others stay in the title. */
export function maskLast(text: string, matches: Match<unknown>[], kind: "mark" | "date"): string {
  const last = matches.at(-1);
  const others = matches.slice(0, -1).reduce((rest, match) => mask(rest, match, LITERAL_MASK), text);
  return last ? mask(others, last, kind === "mark" ? MARK_MASK : DATE_MASK) : others;
}

export function maskAll(text: string, matches: Match<unknown>[]): string {
  return matches.reduce((rest, match) => mask(rest, match, MARK_MASK), text);
}

function mask(text: string, { start, end }: { start: number; end: number }, character: string): string {
  return text.slice(0, start) + character.repeat(end - start) + text.slice(end);
}

/** Whether only recognized parts follow, or a time. */
export function endsPhrase(text: string, end: number): boolean {
  return ENDS.test(text.slice(end)) || isBeforeTime(text, end);
}

/** Whether a match starts the text or is followed by a pause. Between words ("Order 2 Dec calendars") it may belong to them. */
export function isSetApart(text: string, start: number, end: number): boolean {
  return startsText(text, start) || isBeforePause(text, end);
}

export function isBeforePause(text: string, end: number): boolean {
  return endsPhrase(text, end) || PAUSES.test(text.slice(end));
}

function startsText(text: string, start: number): boolean {
  return new RegExp(`^[\\s${MARK_MASK}${DATE_MASK}]*$`, "u").test(text.slice(0, start));
}

export function isBeforeTime(text: string, end: number): boolean {
  return TIME_FOLLOWS.test(text.slice(end));
}

/** Also true for a part of a range: "monday to friday". */
export function isPartOfSentence(text: string, start: number, end: number): boolean {
  const rest = text.slice(end);
  return JOINING_WORD.test(text.slice(0, start)) || RANGE.test(rest) || CONTINUES.test(rest);
}

/** Whether the match and a word beside it are capitalized: "USA Today", "Tomorrow Never Dies". */
export function isInName(text: string, start: number, end: number): boolean {
  if (!/^\p{Lu}\p{Ll}/u.test(text.slice(start))) return false;
  const before = /(?<start>^|\s)(?<word>\S+)\s+$/u.exec(text.slice(0, start))?.groups;
  // The first word of the text is capitalized anyway, so it counts only if it is all capitals.
  const capitalized = before?.start === "" ? /^\p{Lu}{2}/u : /^\p{Lu}/u;
  return capitalized.test(before?.word ?? "") || /^\s+\p{Lu}/u.test(text.slice(end));
}

export function followsDate(text: string, start: number): boolean {
  return new RegExp(`${DATE_MASK}[\\s,]*$`, "u").test(text.slice(0, start));
}

/** Whether a match starts the text and a recognized date or repeat follows. */
export function opensBeforeDate(text: string, start: number, end: number): boolean {
  return text.slice(0, start).trim() === "" && text.slice(end).trimStart().startsWith(DATE_MASK);
}
