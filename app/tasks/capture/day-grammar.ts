import { nextWeekend, weekdayFrom, weekdayInWeek, weekend } from "#app/tasks/capture/calendar.ts";
import { article, type DayPhrase, deadline, intro, partOfDay } from "#app/tasks/capture/day-phrase.ts";
import { distance, weeksAhead } from "#app/tasks/capture/distance-grammar.ts";
import type { Lexeme } from "#app/tasks/capture/lexemes.ts";
import { number } from "#app/tasks/capture/numbers.ts";
import { type Input, map, oneOf, optional, type Parser, seq, word } from "#app/tasks/capture/parsers.ts";
import { nextPeriod, nextWeek, period, week, weekAfterNext } from "#app/tasks/capture/period-grammar.ts";

/** "today", "tomorrow morning", "tonight". */
const relativeDay: Parser<DayPhrase> = map(
  seq(deadline, word("day"), optional(partOfDay)),
  ([{ isStart }, { n, part }, more], { today }) => ({ date: today.add({ days: n }), part: more ?? part, needs: "nothing", isStart }),
);

/** "friday", "on monday", "this friday evening". */
const nearWeekday: Parser<DayPhrase> = map(
  seq(intro, optional(word("this")), word("weekday"), optional(partOfDay)),
  ([{ isStrong, isStart }, modifier, weekday, part], { today }) => {
    const date = weekdayFrom(today, weekday.n);
    const needs = weekday.isWeak ? "end" : isStrong ? "nothing" : "pause";
    return {
      date,
      ifOver: date.add({ days: 7 }),
      part: part ?? weekday.part,
      needs: isNamed(weekday, isStrong, modifier) ? needs : "company",
      isStart,
    };
  },
);

/** "sat" alone may be a verb. */
function isNamed({ isAmbiguous }: Lexeme, isStrong: boolean, modifier: Lexeme | undefined): boolean {
  return !isAmbiguous || isStrong || modifier !== undefined;
}

const nextWeekday: Parser<DayPhrase> = map(
  seq(
    intro,
    article,
    oneOf(
      map(seq(word("next"), word("weekday")), ([, weekday]) => weekday),
      map(seq(word("weekday"), word("following")), ([weekday]) => weekday),
    ),
    optional(partOfDay),
  ),
  ([{ isStart }, , weekday, part], { today, weekStart }) => ({
    date: weekdayInWeek(nextWeek(today, weekStart), weekday.n, weekStart),
    part: part ?? weekday.part,
    needs: weekday.isWeak ? "end" : "pause",
    isStart,
  }),
);

/** "friday next week", "friday week", "monday in two weeks". */
const weekdayOfWeek: Parser<DayPhrase> = map(
  seq(
    intro,
    word("weekday"),
    optional(partOfDay),
    oneOf<(weekday: number, input: Input) => Temporal.PlainDate | undefined>(
      map(
        period(week),
        () =>
          (weekday, { today, weekStart }) =>
            weekdayInWeek(nextWeek(today, weekStart), weekday, weekStart),
      ),
      map(seq(word("this"), week), () => thisWeek),
      map(
        week,
        () =>
          (weekday, { today }) =>
            weekdayFrom(today, weekday).add({ days: 7 }),
      ),
      map(
        weeksAhead,
        (weeks) =>
          (weekday, { today, weekStart }) =>
            weekdayInWeek(today.add({ weeks }), weekday, weekStart),
      ),
    ),
  ),
  ([, weekday, part, dayOf], input) => ({ date: dayOf(weekday.n, input), part: part ?? weekday.part, needs: "pause" }),
);

function thisWeek(weekday: number, { today, weekStart }: Input): Temporal.PlainDate | undefined {
  const date = weekdayInWeek(today, weekday, weekStart);
  return Temporal.PlainDate.compare(date, today) < 0 ? undefined : date;
}

/** "next week on friday". */
const inNextWeek: Parser<DayPhrase> = map(seq(intro, period(week), optional(word("on")), word("weekday")), ([, , , { n }], input) => ({
  date: weekdayInWeek(nextWeek(input.today, input.weekStart), n, input.weekStart),
  needs: "pause",
}));

/** "a week on tuesday". */
const weeksOn: Parser<DayPhrase> = map(seq(number, week, word("on"), word("weekday")), ([weeks, , , weekday], { today }) => ({
  date: weekdayFrom(today, weekday.n).add({ weeks }),
  needs: "apart",
}));

const weekends: Parser<DayPhrase> = oneOf<DayPhrase>(
  map(seq(intro, word("this"), word("weekend")), (_, { today }) => ({ date: weekend(today), needs: "pause" })),
  map(seq(word("on"), word("weekend")), (_, { today }) => ({ date: weekend(today), needs: "pause" })),
  map(seq(intro, period(word("weekend"))), (_, { today }) => ({ date: nextWeekend(today), needs: "pause" })),
);

const simpleDay = oneOf(relativeDay, nearWeekday, nextWeekday);

/** "EOD", "eod friday": the day without a time. */
const endOfDay: Parser<DayPhrase> = oneOf<DayPhrase>(
  map(seq(deadline, word("endOfDay"), optional(simpleDay)), ([, , day], { today }) => ({ date: day ? day.date : today, needs: "pause" })),
  map(seq(simpleDay, word("endOfDay")), ([{ date }]) => ({ date, needs: "pause" })),
);

/** A day that is named by its place in the week, or by its distance. */
export const nearDay: Parser<DayPhrase> = oneOf(
  relativeDay,
  nearWeekday,
  nextWeekday,
  nextPeriod,
  weekAfterNext,
  weekdayOfWeek,
  inNextWeek,
  weeksOn,
  weekends,
  endOfDay,
  distance(oneOf(relativeDay, nearWeekday)),
);
