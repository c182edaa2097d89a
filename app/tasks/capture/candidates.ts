import { type ClockTime, clockTime } from "#app/tasks/capture/clock-grammar.ts";
import { calendarDate } from "#app/tasks/capture/date-grammar.ts";
import { nearDay } from "#app/tasks/capture/day-grammar.ts";
import type { DayPhrase } from "#app/tasks/capture/day-phrase.ts";
import { type Ending, ending } from "#app/tasks/capture/ending-grammar.ts";
import { type Input, map, oneOf, type Parser } from "#app/tasks/capture/parsers.ts";
import { type RepeatPhrase, repeatPhrase } from "#app/tasks/capture/repeat-grammar.ts";
import type { Token } from "#app/tasks/capture/tokens.ts";

type Reading =
  | { kind: "repeat"; value: RepeatPhrase }
  | { kind: "date"; value: DayPhrase }
  | { kind: "time"; value: ClockTime }
  | { kind: "ending"; value: Ending };

/** A phrase that may be a date, a time, a repeat or the end of one: the tokens from `from` up to `to`. */
export type Candidate = Reading & { from: number; to: number };

const repeat: Parser<Reading> = map(repeatPhrase, (value) => ({ kind: "repeat", value }));
const date: Parser<Reading> = map(oneOf(nearDay, calendarDate), (value) => ({ kind: "date", value }));
const time: Parser<Reading> = map(clockTime, (value) => ({ kind: "time", value }));
const end: Parser<Reading> = map(ending, (value) => ({ kind: "ending", value }));

const WITHOUT_REPEAT = oneOf(repeat, date, time);
/** First the end: "bis Freitag" is a deadline elsewhere. */
const WITH_REPEAT = oneOf(repeat, end, date, time);

/** From left to right the longest phrases. Only a repeat has an end. */
export function findCandidates(input: Input): Candidate[] {
  const candidates = scan(input, WITHOUT_REPEAT);
  return candidates.some(({ kind }) => kind === "repeat") ? scan(input, WITH_REPEAT) : candidates;
}

function scan(input: Input, phrase: Parser<Reading>): Candidate[] {
  const candidates: Candidate[] = [];
  for (let at = 0; at < input.tokens.length; ) {
    const parsed = opensPhrase(input.tokens[at]) ? phrase(input, at) : undefined;
    if (parsed) candidates.push({ ...parsed.value, from: at, to: parsed.end });
    at = parsed ? parsed.end : at + 1;
  }
  return candidates;
}

/** Saves the work on words that no phrase begins with. */
function opensPhrase(token: Token | undefined): boolean {
  return token?.type === "word" && (token.meanings.length > 0 || /\d/u.test(token.key));
}
