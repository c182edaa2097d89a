import type { DayPhrase } from "#app/tasks/capture/day-phrase.ts";
import { digits, number } from "#app/tasks/capture/numbers.ts";
import { map, oneOf, optional, type Parser, remembered, seq, token, word } from "#app/tasks/capture/parsers.ts";
import type { Unit } from "#app/tasks/capture/words/vocabulary.ts";

type Amount = Partial<Record<`${Exclude<Unit, "quarter">}s`, number>>;

const counted: Parser<Amount> = map(seq(number, word("unit")), ([count, { n, unit }]) => amountOf(count * n, unit));

/** "3d", "2w", "15min"; "+3d" with its sign. */
function glued(sign: "" | "+"): Parser<Amount> {
  return (input, at) => {
    const [, plus, count, unit = ""] = /^(\+?)(\d{1,3})([a-z]{1,4})$/u.exec(input.tokens[at]?.key ?? "") ?? [];
    const lexeme = plus === sign ? input.shortUnits.get(unit) : undefined;
    const value = lexeme && amountOf(Number(count), lexeme.unit);
    return value && { end: at + 1, value };
  };
}

/** Minutes only after hours: "15m" alone could be months. */
const minutes: Parser<Amount> = oneOf(
  token(({ key }) => amountOf(Number(/^(\d{1,2})m$/u.exec(key)?.[1] ?? 0), "minute")),
  oneOf(counted, glued("")),
);

const half: Parser<Amount> = map(seq(word("half"), word("unit")), ([, { unit }]) => (unit === "hour" ? { minutes: 30 } : undefined));

const amount: Parser<Amount> = oneOf(counted, glued(""), half);

/** "2h 15m", "1 hour and 30 minutes". */
const hoursAndMinutes: Parser<Amount> = map(seq(oneOf(counted, glued("")), optional(word("and")), minutes), ([first, , second]) =>
  first.hours && second.minutes ? { ...first, ...second } : undefined,
);

const ahead: Parser<Amount> = remembered(
  oneOf(
    map(seq(optional(word("due")), word("in"), oneOf(amount, hoursAndMinutes)), ([, , value]) => value),
    map(seq(amount, word("fromNow")), ([value]) => value),
    glued("+"),
    map(seq(digits(/^\+(\d{1,3})$/u, 1, 999), word("unit")), ([count, { n, unit }]) => amountOf(count * n, unit)),
  ),
);

export const weeksAhead: Parser<number> = map(ahead, ({ weeks }) => weeks);

/** "in 3 days", "in 2 hours", "3 days from now", "+3d", "a week from friday". */
export function distance(day: Parser<DayPhrase>): Parser<DayPhrase> {
  return oneOf<DayPhrase>(
    map(ahead, (value, { now, today }) => {
      if (!value.hours && !value.minutes) return dayAfter(today, value);
      const then = now.add(value);
      return {
        date: then.toPlainDate(),
        time: then.toPlainTime().round({ smallestUnit: "minute", roundingMode: "floor" }),
        needs: "apart",
      };
    }),
    map(seq(counted, word("after", "from"), day), ([value, , { date }]) =>
      value.hours || value.minutes || !date ? undefined : dayAfter(date, value),
    ),
  );
}

function dayAfter(day: Temporal.PlainDate, value: Amount): DayPhrase {
  return { date: day.add(value), needs: "apart" };
}

function amountOf(count: number, unit: Unit | undefined): Amount | undefined {
  return count > 0 && unit && unit !== "quarter" ? { [`${unit}s`]: count } : undefined;
}
