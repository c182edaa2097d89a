import { startOfWeek } from "#app/tasks/capture/calendar.ts";
import { article, type DayPhrase, intro } from "#app/tasks/capture/day-phrase.ts";
import type { Lexeme } from "#app/tasks/capture/lexemes.ts";
import { map, oneOf, type Parser, seq, word } from "#app/tasks/capture/parsers.ts";

/** "next week", "la semaine prochaine". */
export function period(unit: Parser<Lexeme>): Parser<Lexeme> {
  return map(
    seq(
      article,
      oneOf(
        map(seq(word("next"), unit), ([, value]) => value),
        map(seq(unit, word("following")), ([value]) => value),
      ),
    ),
    ([, value]) => value,
  );
}

const unit = map(word("unit"), (lexeme) => (lexeme.n === 1 ? lexeme : undefined));

export const nextMonth = period(map(unit, (lexeme) => (lexeme.unit === "month" ? lexeme : undefined)));

export const week = map(unit, (lexeme) => (lexeme.unit === "week" ? lexeme : undefined));

/** "next week" is its first day. */
export const nextPeriod: Parser<DayPhrase> = map(seq(intro, period(unit)), ([{ isStart }, { unit }], { today, weekStart }) => {
  const date = unit === "week" ? nextWeek(today, weekStart) : firstOfNext(unit, today);
  return date && { date, needs: "end", isPeriod: true, isStart };
});

function firstOfNext(unit: Lexeme["unit"], today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  if (unit === "month") return today.with({ day: 1 }).add({ months: 1 });
  return unit === "year" ? today.with({ month: 1, day: 1 }).add({ years: 1 }) : undefined;
}

export function nextWeek(today: Temporal.PlainDate, weekStart: number): Temporal.PlainDate {
  return startOfWeek(today, weekStart).add({ days: 7 });
}

export const weekAfterNext: Parser<DayPhrase> = map(seq(intro, word("weekAfterNext")), (_, { today, weekStart }) => ({
  date: nextWeek(today, weekStart).add({ days: 7 }),
  needs: "end",
  isPeriod: true,
}));
