import { MONTH, readDay, WEEKDAY, weekdayNumber } from "#app/tasks/capture/english-days.ts";
import { PART_OF_DAY, timeOfPart } from "#app/tasks/capture/find-times.ts";
import {
  endsPhrase,
  isBeforePause,
  isBeforeTime,
  isInName,
  isPartOfSentence,
  isSetApart,
  type Match,
  wholeWords,
} from "#app/tasks/capture/match.ts";

export interface CapturedDate {
  date: Temporal.PlainDate;
  /** From a part of the day ("tonight"): an explicit time overrides it. */
  time?: string | undefined;
}

interface Phrase {
  text: string;
  start: number;
  end: number;
  groups: Record<string, string | undefined>;
}

interface DatePattern {
  pattern: RegExp;
  isUnambiguous(phrase: Phrase): boolean;
  read(groups: Phrase["groups"], today: Temporal.PlainDate, weekStart: number): CapturedDate | undefined;
}

const ON = String.raw`(?<intro>(?:due\s+)?(?:on|by)(?:\s+the)?\s+|due\s+|starting\s+(?:on\s+)?)`;
const BY = String.raw`(?<intro>due\s+(?:by\s+)?|by\s+|starting\s+)`;
const PART = String.raw`(?:\s+(?<part>${PART_OF_DAY}))`;
const DAY = String.raw`(?<day>\d{1,2}(?:st|nd|rd|th)?)`;
const YEAR = String.raw`(?:(?:,\s*|\s+)(?<year>20\d\d))?`;
/** Excludes the start of a longer number: "12 Dec 26", "Dec 12 1999". A time may follow. */
const NO_NUMBER = String.raw`(?!,?\s+['’]?\d+(?![\d:]))`;
const NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const NAMELIKE = /^(?:jan|april|may|june|august|march|mar)$/iu;
const NAMED_DAY =
  /\b(?:every|each|other|first|second|third|fourth|\d(?:st|nd|rd|th)|black|good|casual|freaky|ruby|cyber|giving|manic|shrove|ash|palm|easter|blue|fat|bloody)\s+$/iu;

const DATE_PATTERNS: DatePattern[] = [
  {
    pattern: wholeWords(
      String.raw`${BY}?(?:(?<word>today|tomorrow|tmrw|tmr)${PART}?|(?<tonight>tonight)(?:\s+at\s+(?<hour>[6-9]|1[01]))?|this\s+(?<ofToday>${PART_OF_DAY}))`,
    ),
    isUnambiguous: ({ text, start, end, groups }) => Boolean(groups.intro) || !isInName(text, start, end),
    read: ({ word, tonight, hour, part, ofToday }, today) => {
      const time = hour ? `${Number(hour) + 12}:00` : timeOfPart(tonight ? "night" : (part ?? ofToday));
      return withTime(readDay(word?.toLowerCase() ?? "today", today), time);
    },
  },
  {
    pattern: wholeWords(String.raw`${ON}?(?:(?<modifier>next|this)\s+)?(?<weekday>${WEEKDAY})${PART}?`),
    isUnambiguous: isWeekdayClear,
    read: ({ modifier, weekday = "", part }, today, weekStart) =>
      withTime(readWeekday(modifier, weekday, today, weekStart), timeOfPart(part)),
  },
  {
    pattern: wholeWords(String.raw`(?:due\s+)?(?<next>next\s+week)`),
    isUnambiguous: ({ text, start, end }) => endsPhrase(text, end) && !/\b(?:plan|review|prepare)\s+$/iu.test(text.slice(0, start)),
    read: (_, today, weekStart) => ({ date: nextWeek(today, weekStart) }),
  },
  {
    pattern: wholeWords(String.raw`(?:due\s+)?in\s+(?<count>\d{1,3}|an?|${NUMBERS.slice(1).join("|")})\s+(?<unit>day|week|month|year)s?`),
    isUnambiguous: ({ text, start, end, groups }) => !/^\p{Lu}\p{Ll}/u.test(groups.unit ?? "") && isSetApart(text, start, end),
    read: readDistance,
  },
  {
    pattern: wholeWords(String.raw`${ON}?(?:(?<weekday>${WEEKDAY}),?\s+)?${DAY}(?:\s+of)?\s+(?<month>${MONTH})\.?${YEAR}${NO_NUMBER}`),
    isUnambiguous: isMonthClear,
    read: readMonthDay,
  },
  {
    pattern: wholeWords(String.raw`${ON}?(?:(?<weekday>${WEEKDAY}),?\s+)?(?<month>${MONTH})\.?\s+${DAY}${YEAR}${NO_NUMBER}`),
    isUnambiguous: isMonthClear,
    read: readMonthDay,
  },
  {
    pattern: wholeWords(String.raw`${ON}?(?<iso>\d{4}-\d{2}-\d{2})`),
    isUnambiguous: () => true,
    read: ({ iso }, today) => withTime(readDay(iso ?? "", today)),
  },
];

/** In text order. Past days are not recognized. */
export function findDates(text: string, today: Temporal.PlainDate, weekStart: number): Match<CapturedDate>[] {
  return withoutOverlaps(
    DATE_PATTERNS.flatMap((one) => [...text.matchAll(one.pattern)].flatMap((match) => matchPattern(one, match, text, today, weekStart))),
  );
}

function matchPattern(
  pattern: DatePattern,
  match: RegExpExecArray,
  text: string,
  today: Temporal.PlainDate,
  weekStart: number,
): Match<CapturedDate>[] {
  const phrase = { text, start: match.index, end: match.index + match[0].length, groups: match.groups ?? {} };
  if (isPartOfSentence(text, phrase.start, phrase.end) || !pattern.isUnambiguous(phrase)) return [];
  const value = pattern.read(phrase.groups, today, weekStart);
  if (!value || Temporal.PlainDate.compare(value.date, today) < 0 || value.date.year > 9999) return [];
  return [{ start: phrase.start, end: phrase.end, value }];
}

/** Sorted. Of overlapping matches the one that starts first is kept, then the longer. */
export function withoutOverlaps<T>(matches: Match<T>[]): Match<T>[] {
  const kept: Match<T>[] = [];
  for (const one of matches.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (one.start >= (kept.at(-1)?.end ?? 0)) kept.push(one);
  }
  return kept;
}

/** "sun" and "sat" are also words, "Friday" may be part of a name: alone they need "on", a time, or the end of the text. */
function isWeekdayClear({ text, start, end, groups: { intro, modifier, weekday = "" } }: Phrase): boolean {
  const isWord = /^(?:sun|sat|wed|mon)$/iu.test(weekday);
  if (intro || modifier) return !isWord || endsPhrase(text, end);
  if (isBeforeTime(text, end)) return true;
  return !isWord && endsPhrase(text, end) && !isInName(text, start, end) && !NAMED_DAY.test(text.slice(0, start));
}

/** False in "Ask Jan 5 questions", "march 5 miles", "Order 2 Dec calendars", "12 Dec 19". */
function isMonthClear({ text, start, end, groups: { intro, weekday, month = "", year } }: Phrase): boolean {
  if (/\d(?:st|nd|rd|th)?\s+$/iu.test(text.slice(0, start))) return false;
  if (intro || weekday || year) return true;
  if (/^ma(?:y|r|rch)$/u.test(month)) return false;
  return NAMELIKE.test(month) ? isBeforePause(text, end) : isSetApart(text, start, end);
}

function nextWeek(today: Temporal.PlainDate, weekStart: number): Temporal.PlainDate {
  return today.add({ days: 7 - daysAfter(weekStart, today.dayOfWeek) });
}

/** "next friday" is in the next week; "friday" and "this friday" are the first one from today on. */
function readWeekday(modifier: string | undefined, weekday: string, today: Temporal.PlainDate, weekStart: number) {
  if (modifier?.toLowerCase() === "next") return nextWeek(today, weekStart).add({ days: daysAfter(weekStart, weekdayNumber(weekday)) });
  return readDay([modifier, weekday].filter(Boolean).join(" ").toLowerCase(), today);
}

function daysAfter(weekStart: number, dayOfWeek: number): number {
  return (dayOfWeek - weekStart + 7) % 7;
}

function readMonthDay({ weekday, day, month, year }: Phrase["groups"], today: Temporal.PlainDate): CapturedDate | undefined {
  const date = readDay([Number.parseInt(day ?? "", 10), month, year].filter(Boolean).join(" "), today);
  return weekday && date?.dayOfWeek !== weekdayNumber(weekday) ? undefined : withTime(date);
}

/** Calendar arithmetic: a month from 31 January is the last day of February. */
function readDistance({ count = "", unit }: Phrase["groups"], today: Temporal.PlainDate): CapturedDate | undefined {
  const word = count.toLowerCase();
  const number = /\d/u.test(word) ? Number(word) : Math.max(1, NUMBERS.indexOf(word));
  return number === 0 ? undefined : { date: today.add({ [`${unit?.toLowerCase()}s`]: number }) };
}

function withTime(date: Temporal.PlainDate | undefined, time?: string): CapturedDate | undefined {
  return date && { date, time };
}
