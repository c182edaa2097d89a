// Masks keep the length of the text, so that offsets stay valid. No word has these characters.
/** Quoted or rejected text, which stays in the title. */
const LITERAL_MASK = "\uE000";
/** A recognized label, list or priority. */
const MARK_MASK = "\uE001";

/** Closing marks by their opening one. */
const QUOTES: Record<string, string> = { '"': '"', "“": "”", "„": "“”", "«": "»" };

/** UTF-16 offsets. */
export interface Range {
  start: number;
  end: number;
}

export function isLiteral(chunk: string): boolean {
  return chunk.includes(LITERAL_MASK);
}

export function isMark(chunk: string): boolean {
  return chunk.includes(MARK_MASK) && !isLiteral(chunk);
}

/** Matches whole words only: preceded by white space or the start, followed by at most punctuation. */
export function wholeWords(source: string): RegExp {
  return new RegExp(String.raw`(?<!\S)(?:${source})(?=[.,;:!?…]*(?:\s|$))`, "giu");
}

export function maskLiterals(text: string, rejected: readonly string[]): string {
  return rejected.reduce(maskRejected, maskQuoted(text.replace(/[\uE000-\uE002]/gu, LITERAL_MASK)));
}

/** A quote begins behind a space and is not empty: 5" is none. */
function maskQuoted(text: string): string {
  let masked = "";
  for (let at = 0; at < text.length; ) {
    const end = at === 0 || /\s/u.test(text[at - 1] ?? "") ? endOfQuoted(text, at) : at;
    masked += end > at ? LITERAL_MASK.repeat(end - at) : text[at];
    at = Math.max(end, at + 1);
  }
  return masked;
}

/** `at` itself, if no quoted text starts there. */
function endOfQuoted(text: string, at: number): number {
  const ends = [...(QUOTES[text[at] ?? ""] ?? "")].map((mark) => text.indexOf(mark, at + 2)).filter((index) => index > 0);
  if (ends.length === 0) return at;
  const end = Math.min(...ends);
  return text.slice(at, end).includes("\n") ? at : end + 1;
}

/** The commas that the span included are ignored: the text may have changed since. */
function maskRejected(text: string, rejected: string): string {
  const words = rejected.replace(/^,\s+|[,:]$/gu, "").replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
  if (words.trim() === "") return text;
  return text.replace(new RegExp(wholeWords(words), "gu"), (match) => LITERAL_MASK.repeat(match.length));
}

export function maskMarks(text: string, ranges: readonly Range[]): string {
  return ranges.reduce((rest, range) => mask(rest, range, MARK_MASK), text);
}

/** Of several lists or priorities the last counts, the others stay in the title. */
export function maskLast(text: string, ranges: readonly Range[]): string {
  const others = ranges.slice(0, -1).reduce((rest, range) => mask(rest, range, LITERAL_MASK), text);
  return maskMarks(others, ranges.slice(-1));
}

function mask(text: string, { start, end }: Range, character: string): string {
  return text.slice(0, start) + character.repeat(end - start) + text.slice(end);
}
