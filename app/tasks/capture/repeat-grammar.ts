import { type Needs, partOfDay } from "#app/tasks/capture/day-phrase.ts";
import type { Lexeme } from "#app/tasks/capture/lexemes.ts";
import { digits, number, numeral } from "#app/tasks/capture/numbers.ts";
import { map, oneOf, optional, type Parser, seq, word } from "#app/tasks/capture/parsers.ts";
import {
  numerals,
  ofMonth,
  onDays,
  ordinalWeekday,
  type RepeatDays,
  weekdays,
  weeklyDays,
  workdaysOrWeekend,
  yearDays,
} from "#app/tasks/capture/repeat-days.ts";
import type { DayPart } from "#app/tasks/capture/words/vocabulary.ts";
import type { Rule } from "#app/tasks/recurrence/rule.ts";

export interface RepeatPhrase {
  rule: Rule;
  anchor: "due" | "completion";
  part?: DayPart | undefined;
  needs: Needs;
}

interface Repeat {
  days: RepeatDays;
  interval?: number;
  part?: DayPart | undefined;
  needs?: Needs;
}

const FREQUENCIES = { day: "DAILY", week: "WEEKLY", month: "MONTHLY", year: "YEARLY" } as const;

const unit: Parser<Lexeme & { unit: keyof typeof FREQUENCIES }> = map(word("unit"), (lexeme) => {
  const { unit = "hour" } = lexeme;
  return unit === "hour" || unit === "minute" || unit === "quarter" ? undefined : { ...lexeme, unit };
});

/** "every other", "every second": one in so many. */
const oneIn: Parser<number> = oneOf(
  map(word("alternate"), () => 2),
  map(word("ordinal"), ({ n }) => (n >= 2 ? n : undefined)),
);

/** "day", "2 weeks", "other week", "3rd day", with the days that follow. */
const byUnit: Parser<Repeat> = map(seq(optional(oneOf(number, oneIn, numeral)), unit, optional(onDays)), ([count = 1, { unit, n }, days]) =>
  onUnit(FREQUENCIES[unit], count * n, days),
);

function onUnit(freq: Rule["freq"], interval: number, days: RepeatDays | undefined): Repeat | undefined {
  const isOfFrequency = !days || days.freq === freq;
  return isOfFrequency && interval <= 999 ? { days: { ...days, freq }, interval } : undefined;
}

const dayNames = oneOf(weekdays, workdaysOrWeekend);

function onNames(interval: number, days: RepeatDays, part: DayPart | undefined): Repeat {
  return { days, interval, part, needs: days.isWeak && !part ? "end" : "apart" };
}

/** What follows "every". */
const repeated: Parser<Repeat> = oneOf<Repeat>(
  byUnit,
  map(seq(dayNames, optional(partOfDay)), ([days, part]) => onNames(1, days, part)),
  map(seq(oneOf(number, oneIn), dayNames, optional(partOfDay)), ([interval, days, part]) => onNames(interval, days, part)),
  map(seq(numerals, optional(ofMonth)), ([days, of]) => ({ days, needs: of ? "apart" : "end" })),
  map(seq(word("alternate"), numerals), ([, days]) => ({ days, interval: 2, needs: "end" })),
  map(seq(ordinalWeekday, optional(ofMonth)), ([days, of]) =>
    days.isNumeral || of ? { days, needs: days.isWeak && !of ? "end" : "apart" } : undefined,
  ),
  map(yearDays, (days) => ({ days })),
  map(seq(digits(/^\d{1,2}$/u, 1, 31), optional(ofMonth)), ([day]) => ({ days: { freq: "MONTHLY", monthDays: [day] }, needs: "end" })),
  map(partOfDay, (part) => ({ days: { freq: "DAILY" }, part })),
);

interface Every {
  isFromCompletion: boolean;
}

/** "every!" counts from completion. */
const every: Parser<Every> = (input, at) => {
  const parsed = word("every")(input, at);
  return parsed && { end: parsed.end, value: { isFromCompletion: input.tokens[parsed.end - 1]?.trail === "!" } };
};

const everyMonth = seq(
  word("of"),
  word("every"),
  map(unit, (lexeme) => (lexeme.unit === "month" ? lexeme : undefined)),
);

/** Without "every" in front. */
const implied: Parser<Repeat> = oneOf<Repeat>(
  map(seq(word("adverb"), optional(onDays)), ([{ unit = "day", n }, days]) => {
    const repeat = onUnit(FREQUENCIES[unit as keyof typeof FREQUENCIES], n, days);
    return repeat && { ...repeat, needs: "end" };
  }),
  map(seq(optional(word("on")), optional(word("article")), oneOf<RepeatDays>(ordinalWeekday, numerals), everyMonth), ([, , days]) => ({
    days,
  })),
  map(seq(optional(word("on")), weeklyDays, optional(partOfDay)), ([, days, part]) => ({ days, part, needs: "end" })),
  map(
    seq(
      number,
      oneOf<RepeatDays>(
        weekdays,
        map(unit, ({ unit }) => ({ freq: FREQUENCIES[unit] })),
      ),
      word("alternating"),
    ),
    ([count, days]) => (count === 1 ? { days, interval: 2 } : undefined),
  ),
);

const sentence: Parser<RepeatPhrase> = oneOf(
  map(seq(every, repeated), ([{ isFromCompletion }, repeat]) => phraseOf(repeat, isFromCompletion ? "completion" : "due")),
  map(implied, (repeat) => phraseOf(repeat, "due")),
);

/** "every monday", "every! 2 weeks", "weekly on friday", "first monday of every month". */
export const repeatPhrase: Parser<RepeatPhrase> = map(seq(optional(word("due")), sentence), ([, phrase]) => phrase);

function phraseOf({ days, interval = 1, part, needs = "apart" }: Repeat, anchor: RepeatPhrase["anchor"]): RepeatPhrase {
  const { freq, days: weekdays = [], monthDays = [], months = [] } = days;
  const none = { count: undefined, until: undefined, untilTime: undefined };
  return { rule: { freq, interval, days: weekdays, monthDays, months, weekStart: 1, ...none }, anchor, part, needs };
}
