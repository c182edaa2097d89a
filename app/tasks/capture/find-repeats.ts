import { MONTH, monthNumber, WEEKDAY, weekdayNumber } from "#app/tasks/capture/english-days.ts";
import { withoutOverlaps } from "#app/tasks/capture/find-dates.ts";
import { PART_OF_DAY, timeOfPart } from "#app/tasks/capture/find-times.ts";
import { endsPhrase, isInName, isPartOfSentence, isSetApart, type Match, wholeWords } from "#app/tasks/capture/match.ts";
import type { SimpleRule } from "#app/tasks/capture/simple-rule.ts";

export interface CapturedRepeat {
  rule: SimpleRule;
  anchor: "due" | "completion";
  /** From a part of the day ("every morning"): an explicit time overrides it. */
  time?: string | undefined;
}

type Groups = Record<string, string | undefined>;

interface RepeatPattern {
  pattern: RegExp;
  /** Whether it must end the phrase, because it has another meaning before a word: "weekly review", "every 3rd customer". */
  mustEndPhrase?: (groups: Groups) => boolean;
  rule(groups: Groups): SimpleRule | undefined;
}

const EVERY = String.raw`every(?<anchor>!?)\s+(?:(?<other>other)\s+)?`;
const PART = String.raw`(?:\s+(?<part>${PART_OF_DAY}))`;
const AND = String.raw`(?:\s*[,&/]\s*|\s*,?\s+and\s+)`;
const WEEKDAYS = `(?<weekdays>(?:${WEEKDAY})(?:${AND}(?:${WEEKDAY}))*)`;
const NTH = String.raw`(?:[12]?1st|2?2nd|2?3rd|(?:[4-9]|1\d|2[04-9]|30)th|31st)`;
const MONTH_DAYS = `(?<days>${NTH}(?:${AND}${NTH})*|last\\s+day)`;
const NTH_WEEKDAY = `(?<nth>first|1st|second|2nd|third|3rd|fourth|4th|last)\\s+(?<weekday>${WEEKDAY})`;
const OF_MONTH = String.raw`(?<of>\s+of\s+(?:the|each|every)\s+month)`;
const ON = String.raw`(?:\s+on\s+(?:${WEEKDAYS}|the\s+(?:${MONTH_DAYS}|${NTH_WEEKDAY})|(?<day>\d{1,2})\s+(?<month>${MONTH})|(?<month2>${MONTH})\s+(?<day2>\d{1,2})))`;

const FREQUENCIES = { da: "DAILY", we: "WEEKLY", mo: "MONTHLY", ye: "YEARLY", an: "YEARLY" } as const;
const ORDINALS: Record<string, number> = { f: 1, "1": 1, s: 2, "2": 2, t: 3, "3": 3, fo: 4, "4": 4, l: -1 };
const STARTS = /^\s+starting\s/iu;
const WEEKEND = [6, 7];
const WORKING_DAYS = [1, 2, 3, 4, 5];

const REPEAT_PATTERNS: RepeatPattern[] = [
  {
    pattern: wholeWords(String.raw`${EVERY}(?:(?<unit>day|week|month|year)|(?<count>\d{1,3})\s+(?<units>day|week|month|year)s?)${ON}?`),
    rule: byUnit,
  },
  {
    pattern: wholeWords(`${EVERY}(?:(?<working>weekday|workday)|weekend)${PART}?`),
    rule: ({ working, other }) => ({ freq: "WEEKLY", ...intervalOf(other), weekdays: working ? WORKING_DAYS : WEEKEND }),
  },
  {
    pattern: wholeWords(`${EVERY}${WEEKDAYS}${PART}?`),
    mustEndPhrase: endsInWord,
    rule: ({ other, weekdays }) => ({ freq: "WEEKLY", ...intervalOf(other), ...onWeekdays(weekdays) }),
  },
  {
    pattern: wholeWords(`${EVERY}${MONTH_DAYS}${OF_MONTH}?`),
    mustEndPhrase: ({ of }) => !of,
    rule: ({ other, days }) => ({ freq: "MONTHLY", ...intervalOf(other), ...onDays(days) }),
  },
  {
    pattern: wholeWords(`${EVERY}${NTH_WEEKDAY}${OF_MONTH}?`),
    rule: (groups) => (isAmbiguous(groups) ? undefined : { freq: "MONTHLY", ...onNth(groups) }),
  },
  {
    pattern: wholeWords(
      String.raw`${EVERY}(?:(?<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+(?<month>${MONTH})|(?<month2>${MONTH})\s+(?<day2>\d{1,2})(?:st|nd|rd|th)?)`,
    ),
    rule: (groups) => (groups.other ? undefined : yearly(groups)),
  },
  { pattern: wholeWords(`(?<unit>daily|weekly|monthly|yearly|annually)${ON}?`), mustEndPhrase: () => true, rule: byUnit },
  { pattern: wholeWords(`${EVERY}(?<part>${PART_OF_DAY})`), rule: ({ other }) => ({ freq: "DAILY", ...intervalOf(other) }) },
];

/** In text order. `every!` counts from the day of completion. */
export function findRepeats(text: string): Match<CapturedRepeat>[] {
  return withoutOverlaps(
    REPEAT_PATTERNS.flatMap((one) => [...text.matchAll(one.pattern)].flatMap((match) => matchPattern(one, match, text))),
  );
}

function matchPattern({ mustEndPhrase, rule }: RepeatPattern, match: RegExpExecArray, text: string): Match<CapturedRepeat>[] {
  const groups = match.groups ?? {};
  const [start, end] = [match.index, match.index + match[0].length];
  if (isPartOfSentence(text, start, end) || isTitleCase(match, text)) return [];
  const isUnambiguous = mustEndPhrase?.(groups) ? endsPhrase(text, end) || STARTS.test(text.slice(end)) : isSetApart(text, start, end);
  if (!isUnambiguous) return [];
  const repeated = rule(groups);
  if (!repeated) return [];
  return [{ start, end, value: { rule: repeated, anchor: groups.anchor ? "completion" : "due", time: timeOfPart(groups.part) } }];
}

/** Names such as "Every Day Carry" and "Publishers Weekly". */
function isTitleCase(match: RegExpExecArray, text: string): boolean {
  const unit = match.groups?.unit ?? match.groups?.units ?? match.groups?.part ?? "";
  const isFirst = text.slice(0, match.index).trim() === "";
  return (
    isInName(text, match.index, match.index + match[0].length) || (/^\p{Lu}\p{Ll}/u.test(unit) && !(isFirst && match[0].startsWith(unit)))
  );
}

function byUnit(groups: Groups): SimpleRule | undefined {
  const { unit = groups.units ?? "", count, other, weekdays, days, nth, month, month2 } = groups;
  const freq = FREQUENCIES[unit.slice(0, 2).toLowerCase() as keyof typeof FREQUENCIES];
  const interval = count ? Number(count) : other ? 2 : 1;
  if (interval === 0 || (count && other)) return undefined;
  if (weekdays) return freq === "WEEKLY" ? { freq, interval, ...onWeekdays(weekdays) } : undefined;
  if (days) return freq === "MONTHLY" ? { freq, interval, ...onDays(days) } : undefined;
  if (nth) return freq === "MONTHLY" ? { freq, interval, ...onNth(groups) } : undefined;
  if (month ?? month2) return freq === "YEARLY" ? yearly(groups, interval) : undefined;
  return { freq, interval };
}

function intervalOf(other: string | undefined): { interval: number } {
  return { interval: other ? 2 : 1 };
}

function onWeekdays(names = ""): { weekdays: number[] } {
  return {
    weekdays: names
      .split(/[\s,&/]+|\band\b/iu)
      .map(weekdayNumber)
      .filter(Boolean),
  };
}

function onDays(days = ""): { monthDays: number[] } {
  return { monthDays: /last/iu.test(days) ? [-1] : [...days.matchAll(/\d+/gu)].map(Number) };
}

function onNth({ nth = "", weekday = "" }: Groups): { weekdays: number[]; ordinal: number } {
  const word = nth.toLowerCase();
  return { weekdays: [weekdayNumber(weekday)], ordinal: ORDINALS[word.slice(0, 2)] ?? ORDINALS[word.slice(0, 1)] ?? 1 };
}

/** "every second monday" could be every other Monday, or one a month. */
function isAmbiguous({ nth = "", of, other }: Groups): boolean {
  return Boolean(other) || (/^(?:second|2nd|third|3rd|fourth|4th)$/iu.test(nth) && !of);
}

function yearly({ day, day2, month, month2 }: Groups, interval = 1): SimpleRule | undefined {
  const [dayNumber, monthOfYear] = [Number(day ?? day2), monthNumber(month ?? month2 ?? "")];
  // Checked in a leap year, so that 29 February is valid.
  const last = Temporal.PlainYearMonth.from({ year: 2028, month: monthOfYear }).daysInMonth;
  return dayNumber >= 1 && dayNumber <= last ? { freq: "YEARLY", interval, month: monthOfYear, monthDays: [dayNumber] } : undefined;
}

/** True for "every sat nav". */
function endsInWord({ weekdays = "", part }: Groups): boolean {
  return !part && /\b(?:sun|sat|wed|mon)$/iu.test(weekdays);
}
