import type { DateOrder } from "#app/context.ts";
import type { Lexeme } from "#app/tasks/capture/lexemes.ts";
import type { Token } from "#app/tasks/capture/tokens.ts";

/** What a phrase is read from, beside its words. */
export interface Input {
  tokens: readonly Token[];
  now: Temporal.ZonedDateTime;
  today: Temporal.PlainDate;
  /** 1 Monday to 7 Sunday. */
  weekStart: number;
  dateOrder: DateOrder | undefined;
  hourLetters: string;
  shortUnits: ReadonlyMap<string, Lexeme>;
  dottedOrdinals: boolean;
}

export interface Parsed<T> {
  /** The index of the first token after the phrase. */
  end: number;
  value: T;
}

/** Reads a phrase that starts at a token. */
export interface Parser<T> {
  (input: Input, at: number): Parsed<T> | undefined;
  /** May follow a comma within a longer phrase. */
  allowsComma?: true;
}

type Values<Parsers> = { [Key in keyof Parsers]: Parsers[Key] extends Parser<infer Value> ? Value : never };

/** A word or phrase of one of these kinds. */
export function word(...kinds: Lexeme["kind"][]): Parser<Lexeme> {
  return ({ tokens }, at) => {
    const meaning = tokens[at]?.meanings.find(({ lexeme }) => kinds.includes(lexeme.kind));
    return meaning && { end: at + meaning.length, value: meaning.lexeme };
  };
}

/** One token, read by its text. */
export function token<T>(read: (token: Token, input: Input) => T | undefined): Parser<T> {
  return (input, at) => {
    const one = input.tokens[at];
    const value = one?.type === "word" ? read(one, input) : undefined;
    return value === undefined ? undefined : { end: at + 1, value };
  };
}

/** Phrases after each other, without punctuation between them. */
export function seq<const Parsers extends readonly Parser<unknown>[]>(...parsers: Parsers): Parser<Values<Parsers>> {
  return (input, at) => {
    const values: unknown[] = [];
    let end = at;
    for (const parser of parsers) {
      const previous = input.tokens[end - 1];
      const isOpen = end === at || isJoined(previous) || (parser.allowsComma && previous?.trail === ",");
      const parsed = parser(input, isOpen ? end : input.tokens.length);
      if (!parsed) return undefined;
      values.push(parsed.value);
      if (isOpen) end = parsed.end;
    }
    return { end, value: values as Values<Parsers> };
  };
}

/** Reads each place of a text once, for a phrase that many others begin with. */
export function remembered<T>(parser: Parser<T>): Parser<T> {
  const read = new WeakMap<Input, (Parsed<T> | undefined)[]>();
  return (input, at) => {
    const results = read.get(input) ?? [];
    if (results.length === 0) read.set(input, results);
    if (!(at in results)) results[at] = parser(input, at);
    return results[at];
  };
}

/** The longest; of equally long ones the first. */
export function oneOf<T>(...parsers: Parser<T>[]): Parser<T> {
  return (input, at) => {
    let best: Parsed<T> | undefined;
    for (const parser of parsers) {
      const parsed = parser(input, at);
      if (parsed && parsed.end > (best?.end ?? -1)) best = parsed;
    }
    return best;
  };
}

export function optional<T>(parser: Parser<T>): Parser<T | undefined> {
  return Object.assign<Parser<T | undefined>, Pick<Parser<T>, "allowsComma">>(
    (input, at) => parser(input, at) ?? { end: at, value: undefined },
    parser.allowsComma ? { allowsComma: true } : {},
  );
}

/** "Saturday, December 12". */
export function afterComma<T>(parser: Parser<T>): Parser<T> {
  return Object.assign<Parser<T>, Pick<Parser<T>, "allowsComma">>((input, at) => parser(input, at), { allowsComma: true });
}

/** `undefined` from `read`: the phrase has no meaning after all. */
export function map<T, Result>(parser: Parser<T>, read: (value: T, input: Input) => Result | undefined): Parser<Result> {
  return (input, at) => {
    const parsed = parser(input, at);
    const value = parsed && read(parsed.value, input);
    return value === undefined ? undefined : { end: parsed?.end ?? at, value };
  };
}

/** Bounds the work on a text that is one long list. */
const MAX_LIST = 16;

/** At least one, with `separator` or only a comma or space between two. */
export function listOf<T>(item: Parser<T>, separator: Parser<unknown>): Parser<T[]> {
  return (input, at) => {
    const values: T[] = [];
    let end = at;
    for (let next = item(input, at); next && values.length < MAX_LIST; next = itemAfter(input, end)) {
      values.push(next.value);
      end = next.end;
    }
    return values.length === 0 ? undefined : { end, value: values };
  };
  function itemAfter(input: Input, end: number) {
    if (!isListed(input.tokens[end - 1])) return undefined;
    const separated = separator(input, end);
    return item(input, separated && input.tokens[separated.end - 1]?.trail === "" ? separated.end : end);
  }
}

function isListed(previous: Token | undefined): boolean {
  return previous !== undefined && (previous.trail === "," || isJoined(previous));
}

const ABBREVIATED: Lexeme["kind"][] = ["month", "weekday", "shortUnit", "unit"];

/** Whether the next word belongs to the same phrase. "Dec." and "17." may have a full stop, and "every!" its mark. */
function isJoined(previous: Token | undefined): boolean {
  if (previous?.type !== "word") return false;
  const { trail, key, meanings } = previous;
  if (trail === "") return true;
  if (trail === "!") return meanings.some(({ lexeme }) => lexeme.kind === "every");
  return trail === "." && (/^\d{1,2}$|^[ap]\.?m$/u.test(key) || meanings.some(({ lexeme }) => ABBREVIATED.includes(lexeme.kind)));
}
