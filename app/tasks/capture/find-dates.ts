import { MONTH, readDay, WEEKDAY, weekdayNumber } from "#app/tasks/capture/english-days.ts";
import { PART_OF_DAY, timeOfPart } from "#app/tasks/capture/find-times.ts";
import { endsThought, type Found, isGoverned, isInName, isTimed, pauses, standsApart, wholeWords } from "#app/tasks/capture/match.ts";

export interface Day {
  date: Temporal.PlainDate;
  /** What a part of the day stands for ("tonight"): any time that is given goes before it. */
  time?: string | undefined;
}

interface Phrase {
  text: string;
  start: number;
  end: number;
  groups: Record<string, string | undefined>;
}

interface Form {
  pattern: RegExp;
  /** Whether the words around it and its own case leave no doubt that it is a date. */
  isClear(phrase: Phrase): boolean;
  read(groups: Phrase["groups"], today: Temporal.PlainDate, weekStart: number): Day | undefined;
}

const ON = String.raw`(?<intro>(?:due\s+)?(?:on|by)(?:\s+the)?\s+|due\s+|starting\s+(?:on\s+)?)`;
const BY = String.raw`(?<intro>due\s+(?:by\s+)?|by\s+|starting\s+)`;
const PART = String.raw`(?:\s+(?<part>${PART_OF_DAY}))`;
const DAY = String.raw`(?<day>\d{1,2}(?:st|nd|rd|th)?)`;
const YEAR = String.raw`(?:(?:,\s*|\s+)(?<year>20\d\d))?`;
/** Not the beginning of something longer: "12 Dec 26", "Dec 12 1999". A time may follow. */
const NO_NUMBER = String.raw`(?!,?\s+['’]?\d+(?![\d:]))`;
const NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/** Months that are also people and words. */
const NAMELIKE = /^(?:jan|april|may|june|august|march|mar)$/iu;
const NAMED_DAY =
  /\b(?:every|each|other|first|second|third|fourth|\d(?:st|nd|rd|th)|black|good|casual|freaky|ruby|cyber|giving|manic|shrove|ash|palm|easter|blue|fat|bloody)\s+$/iu;

const FORMS: Form[] = [
  {
    pattern: wholeWords(
      String.raw`${BY}?(?:(?<word>today|tomorrow|tmrw|tmr)${PART}?|(?<tonight>tonight)(?:\s+at\s+(?<hour>[6-9]|1[01]))?|this\s+(?<ofToday>${PART_OF_DAY}))`,
    ),
    isClear: ({ text, start, end, groups }) => Boolean(groups.intro) || !isInName(text, start, end),
    read: ({ word, tonight, hour, part, ofToday }, today) => {
      const time = hour ? `${Number(hour) + 12}:00` : timeOfPart(tonight ? "night" : (part ?? ofToday));
      return withTime(readDay(word?.toLowerCase() ?? "today", today), time);
    },
  },
  {
    pattern: wholeWords(String.raw`${ON}?(?:(?<modifier>next|this)\s+)?(?<weekday>${WEEKDAY})${PART}?`),
    isClear: isWeekdayClear,
    read: ({ modifier, weekday = "", part }, today, weekStart) =>
      withTime(readWeekday(modifier, weekday, today, weekStart), timeOfPart(part)),
  },
  {
    pattern: wholeWords(String.raw`(?:due\s+)?(?<next>next\s+week)`),
    isClear: ({ text, start, end }) => endsThought(text, end) && !/\b(?:plan|review|prepare)\s+$/iu.test(text.slice(0, start)),
    read: (_, today, weekStart) => ({ date: nextWeek(today, weekStart) }),
  },
  {
    pattern: wholeWords(String.raw`(?:due\s+)?in\s+(?<count>\d{1,3}|an?|${NUMBERS.slice(1).join("|")})\s+(?<unit>day|week|month|year)s?`),
    isClear: ({ text, start, end, groups }) => !/^\p{Lu}\p{Ll}/u.test(groups.unit ?? "") && standsApart(text, start, end),
    read: readDistance,
  },
  {
    pattern: wholeWords(String.raw`${ON}?(?:(?<weekday>${WEEKDAY}),?\s+)?${DAY}(?:\s+of)?\s+(?<month>${MONTH})\.?${YEAR}${NO_NUMBER}`),
    isClear: isMonthClear,
    read: readMonthDay,
  },
  {
    pattern: wholeWords(String.raw`${ON}?(?:(?<weekday>${WEEKDAY}),?\s+)?(?<month>${MONTH})\.?\s+${DAY}${YEAR}${NO_NUMBER}`),
    isClear: isMonthClear,
    read: readMonthDay,
  },
  {
    pattern: wholeWords(String.raw`${ON}?(?<iso>\d{4}-\d{2}-\d{2})`),
    isClear: () => true,
    read: ({ iso }, today) => withTime(readDay(iso ?? "", today)),
  },
];

/** The dates in the text from `today` on, in order. A day gone by is a matter of the past, not a plan. */
export function findDates(text: string, today: Temporal.PlainDate, weekStart: number): Found<Day>[] {
  const found = FORMS.flatMap((form) => [...text.matchAll(form.pattern)].flatMap((match) => readForm(form, match, text, today, weekStart)));
  return withoutOverlaps(found);
}

function readForm(form: Form, match: RegExpExecArray, text: string, today: Temporal.PlainDate, weekStart: number): Found<Day>[] {
  const phrase = { text, start: match.index, end: match.index + match[0].length, groups: match.groups ?? {} };
  if (isGoverned(text, phrase.start, phrase.end) || !form.isClear(phrase)) return [];
  const value = form.read(phrase.groups, today, weekStart);
  if (!value || Temporal.PlainDate.compare(value.date, today) < 0 || value.date.year > 9999) return [];
  return [{ start: phrase.start, end: phrase.end, value }];
}

/** In order; of two that share words the one that begins first, and then the longer. */
export function withoutOverlaps<T>(found: Found<T>[]): Found<T>[] {
  const kept: Found<T>[] = [];
  for (const one of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (one.start >= (kept.at(-1)?.end ?? 0)) kept.push(one);
  }
  return kept;
}

/** "sun" and "sat" are words, "Friday" may be part of a name: on their own they need an introduction, a time or the end. */
function isWeekdayClear({ text, start, end, groups: { intro, modifier, weekday = "" } }: Phrase): boolean {
  const isWord = /^(?:sun|sat|wed|mon)$/iu.test(weekday);
  if (intro || modifier) return !isWord || endsThought(text, end);
  if (isTimed(text, end)) return true;
  return !isWord && endsThought(text, end) && !isInName(text, start, end) && !NAMED_DAY.test(text.slice(0, start));
}

/** "Ask Jan 5 questions", "march 5 miles", "Order 2 Dec calendars", "12 Dec 19" */
function isMonthClear({ text, start, end, groups: { intro, weekday, month = "", year } }: Phrase): boolean {
  if (/\d(?:st|nd|rd|th)?\s+$/iu.test(text.slice(0, start))) return false;
  if (intro || weekday || year) return true;
  if (/^ma(?:y|r|rch)$/u.test(month)) return false;
  return NAMELIKE.test(month) ? pauses(text, end) : standsApart(text, start, end);
}

/** The first day of the week after this one, by the user's first day. */
function nextWeek(today: Temporal.PlainDate, weekStart: number): Temporal.PlainDate {
  return today.add({ days: 7 - daysAfter(weekStart, today.dayOfWeek) });
}

/** "next friday" is the one of next week; "friday" and "this friday" the first to come. */
function readWeekday(modifier: string | undefined, weekday: string, today: Temporal.PlainDate, weekStart: number) {
  if (modifier?.toLowerCase() === "next") return nextWeek(today, weekStart).add({ days: daysAfter(weekStart, weekdayNumber(weekday)) });
  return readDay([modifier, weekday].filter(Boolean).join(" ").toLowerCase(), today);
}

function daysAfter(weekStart: number, dayOfWeek: number): number {
  return (dayOfWeek - weekStart + 7) % 7;
}

function readMonthDay({ weekday, day, month, year }: Phrase["groups"], today: Temporal.PlainDate): Day | undefined {
  const date = readDay([Number.parseInt(day ?? "", 10), month, year].filter(Boolean).join(" "), today);
  return weekday && date?.dayOfWeek !== weekdayNumber(weekday) ? undefined : withTime(date);
}

/** By the calendar, as a month from 31 January is the last of February. */
function readDistance({ count = "", unit }: Phrase["groups"], today: Temporal.PlainDate): Day | undefined {
  const word = count.toLowerCase();
  const number = /\d/u.test(word) ? Number(word) : Math.max(1, NUMBERS.indexOf(word));
  return number === 0 ? undefined : { date: today.add({ [`${unit?.toLowerCase()}s`]: number }) };
}

function withTime(date: Temporal.PlainDate | undefined, time?: string): Day | undefined {
  return date && { date, time };
}
