import { type Lexeme, wordKey } from "#app/tasks/capture/lexemes.ts";
import type { Lexicon } from "#app/tasks/capture/lexicon.ts";
import { isLiteral, isMark } from "#app/tasks/capture/masks.ts";

/** A word, without the punctuation behind it. */
export interface Token {
  /** UTF-16 offsets into the text. */
  start: number;
  end: number;
  text: string;
  key: string;
  /** The punctuation behind it. */
  trail: string;
  /** "word" is read; a "mark" is a recognized label, list or priority; a "literal" is quoted or rejected. */
  type: "word" | "mark" | "literal";
  /** What it means with the words after it, longest first. */
  meanings: Meaning[];
}

export interface Meaning {
  lexeme: Lexeme;
  /** In tokens. */
  length: number;
}

const PUNCTUATION = new Set(".,;:!?…");
const SEPARATORS = /([-–/&,])/u;
const MAX_PARTS = 15;

export function tokenize(text: string, lexicon: Lexicon): Token[] {
  const tokens = [...text.matchAll(/\S+/gu)].flatMap(({ 0: chunk, index }) => toTokens(chunk, index, lexicon));
  for (const [at, token] of tokens.entries()) {
    if (token.type === "word") token.meanings = meaningsAt(tokens, at, lexicon);
  }
  return tokens;
}

function toTokens(chunk: string, start: number, lexicon: Lexicon): Token[] {
  if (isMark(chunk)) return [toToken(chunk, start, chunk.length, "mark")];
  if (isLiteral(chunk)) return [toToken(chunk, start, chunk.length, "literal")];
  let length = chunk.length;
  while (length > 0 && PUNCTUATION.has(chunk[length - 1] ?? "")) length--;
  const token = toToken(chunk, start, length || chunk.length, "word");
  return splitDates(token, lexicon) ?? [token];
}

function toToken(chunk: string, start: number, length: number, type: Token["type"]): Token {
  const text = chunk.slice(0, length);
  return { start, end: start + length, text, key: wordKey(text), trail: chunk.slice(length), type, meanings: [] };
}

/** "mon/wed/fri", "mon-fri", "mid-December" and "l'anno" are words of their own, "Day-Timer" is one. */
function splitDates(token: Token, lexicon: Lexicon): Token[] | undefined {
  if (lexicon.byFirstWord.has(token.key)) return undefined;
  const elided = /^(\p{L}{1,5}')(\p{L}+)$/u.exec(token.key);
  if (elided?.slice(1).every((part) => lexicon.byFirstWord.has(part))) return cut(token, [elided[1] ?? "", elided[2] ?? ""]);
  if (!SEPARATORS.test(token.text)) return undefined;
  const parts = token.text.split(SEPARATORS);
  if (parts.length > 2 * MAX_PARTS || !parts.every((part, i) => i % 2 === 1 || isDateWord(part, lexicon))) return undefined;
  const tokens = cut(token, parts);
  // The hyphen of "mid-December" only joins.
  return tokens.filter((_, i) => i % 2 === 0 || !isKind(tokens[i - 1]?.key, lexicon, "middleOf", "half"));
}

function cut({ start, text, trail }: Token, parts: readonly string[]): Token[] {
  let offset = 0;
  return parts.map((part, i) => {
    const one = toToken(text.slice(offset), start + offset, part.length, "word");
    offset += part.length;
    return { ...one, trail: i === parts.length - 1 ? trail : "" };
  });
}

function isDateWord(part: string, lexicon: Lexicon): boolean {
  return isKind(wordKey(part), lexicon, "weekday", "month", "middleOf", "half", "unit");
}

function isKind(key: string | undefined, { byFirstWord }: Lexicon, ...kinds: Lexeme["kind"][]): boolean {
  return (byFirstWord.get(key ?? "") ?? []).some(({ kind, words }) => words.length === 1 && kinds.includes(kind));
}

function meaningsAt(tokens: readonly Token[], at: number, { byFirstWord }: Lexicon): Meaning[] {
  const candidates = byFirstWord.get(tokens[at]?.key ?? "") ?? [];
  return candidates.filter(({ words }) => matches(tokens, at, words)).map((lexeme) => ({ lexeme, length: lexeme.words.length }));
}

function matches(tokens: readonly Token[], at: number, words: readonly string[]): boolean {
  return words.every((word, i) => {
    const token = tokens[at + i];
    return token?.type === "word" && token.key === word && (i === words.length - 1 || token.trail === "");
  });
}
