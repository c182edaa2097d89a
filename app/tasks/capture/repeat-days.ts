import { monthDay } from "#app/tasks/capture/date-grammar.ts";
import type { Lexeme } from "#app/tasks/capture/lexemes.ts";
import { numeral } from "#app/tasks/capture/numbers.ts";
import { afterComma, listOf, map, oneOf, optional, type Parser, remembered, seq, word } from "#app/tasks/capture/parsers.ts";
import type { Rule, RuleDay } from "#app/tasks/recurrence/rule.ts";

/** The days of a repeat, with the frequency that they mean when no other is said. */
export interface RepeatDays extends Pick<Rule, "freq">, Partial<Pick<Rule, "days" | "monthDays" | "months">> {
  /** Of several words the last one, which may be another word before a noun: "every sat nav". */
  isWeak?: boolean;
}

const and = word("and");
const WORKDAYS = [1, 2, 3, 4, 5];
const WEEKEND = [6, 7];

const anyWeekday = word("weekday", "weekly");

const weekdayRange: Parser<RepeatDays> = map(seq(anyWeekday, word("through"), anyWeekday), ([first, , last]) => ({
  freq: "WEEKLY",
  days: onWeekdays(range(first.n, last.n)),
}));

/** "mondays and fridays", "mon-fri": without "every". */
export const weeklyDays: Parser<RepeatDays> = oneOf(
  map(listOf(word("weekly"), optional(and)), (list) => ({ freq: "WEEKLY", days: onWeekdays(list.map(({ n }) => n)) })),
  weekdayRange,
  map(word("workdays", "weekends"), weekOf),
);

/** "mon, wed and fri", "mon-fri". */
export const weekdays: Parser<RepeatDays> = oneOf(
  map(listOf(anyWeekday, optional(and)), (list) => ({
    freq: "WEEKLY",
    days: onWeekdays(list.map(({ n }) => n)),
    isWeak: list.at(-1)?.isWeak ?? false,
  })),
  weekdayRange,
);

export const workdaysOrWeekend: Parser<RepeatDays> = map(word("workday", "workdays", "weekend", "weekends"), weekOf);

function weekOf({ kind }: Lexeme): RepeatDays {
  return { freq: "WEEKLY", days: onWeekdays(kind.startsWith("work") ? WORKDAYS : WEEKEND) };
}

function range(first: number, last: number): number[] {
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, i) => ((first - 1 + i) % 7) + 1);
}

function onWeekdays(numbers: number[]): RuleDay[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b).map((weekday) => ({ ordinal: undefined, weekday }));
}

const month = map(word("unit"), (lexeme) => (lexeme.unit === "month" && lexeme.n === 1 ? lexeme : undefined));

/** "of the month", "of every month". */
export const ofMonth = oneOf(
  map(seq(word("of"), month), () => true),
  map(seq(word("of"), word("every"), month), () => true),
  map(seq(word("every"), month), () => true),
);

/** "first", "2nd", "last". */
const ordinal: Parser<{ n: number; isNumeral: boolean }> = oneOf(
  map(word("ordinal"), ({ n }) => ({ n, isNumeral: n === -1 })),
  map(numeral, (n) => (n <= 5 ? { n, isNumeral: true } : undefined)),
);

const ordinals = remembered(listOf(ordinal, optional(and)));

/** "2nd and 4th friday". In words, "second friday" counts Fridays, unless the month is named. */
export const ordinalWeekday: Parser<RepeatDays & { isNumeral: boolean }> = map(
  seq(ordinals, word("weekday")),
  ([ordinals, { n, isWeak }]) => ({
    freq: "MONTHLY",
    days: ordinals.map((one) => ({ ordinal: one.n, weekday: n })),
    isNumeral: ordinals.length > 1 || ordinals.every((one) => one.isNumeral || one.n === 1),
    isWeak,
  }),
);

const day = map(word("unit"), (lexeme) => (lexeme.unit === "day" ? lexeme : undefined));

const lastDay: Parser<RepeatDays> = map(seq(word("ordinal"), day), ([{ n }]) =>
  n === -1 ? { freq: "MONTHLY", monthDays: [-1] } : undefined,
);

/** "1st and 15th", "last day". */
export const numerals: Parser<RepeatDays> = remembered(
  oneOf(
    map(listOf(numeral, optional(and)), (days) => ({ freq: "MONTHLY", monthDays: [...new Set(days)].toSorted((a, b) => a - b) })),
    lastDay,
  ),
);

/** "24 Dec", "14 jan, 14 apr": days of a year with the same number. */
export const yearDays: Parser<RepeatDays> = map(listOf(monthDay, optional(and)), (list) => {
  const [first] = list;
  const isSame = list.every(({ day }) => day === first?.day);
  const months = [...new Set(list.map(({ month }) => month.n))].toSorted((a, b) => a - b);
  // 29 February is a day of some years.
  const isValid = months.every((n) => (first?.day ?? 32) <= Temporal.PlainYearMonth.from({ year: 2028, month: n }).daysInMonth);
  return first && isSame && isValid ? { freq: "YEARLY", months, monthDays: [first.day] } : undefined;
});

/** Behind a frequency: "on friday", "on the first monday", "on the 15th", "on Dec 24". */
export const onDays: Parser<RepeatDays> = map(
  seq(
    optional(word("on")),
    optional(word("article")),
    afterComma(oneOf<RepeatDays>(weekdays, ordinalWeekday, numerals, yearDays, lastDay)),
    optional(ofMonth),
  ),
  ([on, article, days, of]) => (on || article || of || days.freq !== "MONTHLY" ? days : undefined),
);
