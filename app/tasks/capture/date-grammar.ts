import { dayOfMonthFrom, endOfMonth, monthDayFrom } from "#app/tasks/capture/calendar.ts";
import { article, type DayPhrase, intro } from "#app/tasks/capture/day-phrase.ts";
import type { Lexeme } from "#app/tasks/capture/lexemes.ts";
import { dayNumber, digits, numeral, year } from "#app/tasks/capture/numbers.ts";
import { dayAhead, numericDate } from "#app/tasks/capture/numeric-date.ts";
import { afterComma, map, oneOf, optional, type Parser, remembered, seq, word } from "#app/tasks/capture/parsers.ts";
import { nextMonth } from "#app/tasks/capture/period-grammar.ts";

export interface MonthDay {
  month: Lexeme;
  day: number;
}

/** "12 Dec", "12th of December", "Dec 12". */
export const monthDay: Parser<MonthDay> = remembered(
  oneOf(
    map(seq(dayNumber, optional(word("of")), word("month")), ([day, , month]) => ({ month, day })),
    map(seq(word("month"), dayNumber), ([month, day]) => ({ month, day })),
  ),
);

const calendarDay: Parser<DayPhrase> = map(
  seq(
    intro,
    optional(word("article", "definite")),
    optional(word("weekday")),
    afterComma(monthDay),
    optional(word("of")),
    optional(afterComma(year)),
  ),
  ([{ isStrong, isStart }, , weekday, { month, day }, , year], { today }) => {
    const date = year === undefined ? monthDayFrom(today, month.n, day) : dayAhead(today, year, month.n, day);
    const needs = isStrong || weekday || year ? "nothing" : month.isWeak ? "pause" : "apart";
    return { date: isOn(date, weekday), needs, isStart };
  },
);

const numericDay: Parser<DayPhrase> = map(
  seq(intro, article, optional(word("weekday")), afterComma(numericDate)),
  ([{ isStrong, isStart }, article, weekday, { date, needs, isNumber }]) =>
    isNumber && !isStrong && !weekday && !article
      ? undefined
      : { date: isOn(date, weekday), needs: isStrong || weekday ? "nothing" : needs, isStart },
);

function isOn(date: Temporal.PlainDate | undefined, weekday: Lexeme | undefined): Temporal.PlainDate | undefined {
  return !weekday || date?.dayOfWeek === weekday.n ? date : undefined;
}

const ofMonth = seq(word("of"), optional(word("this")), word("unit"));

/** "27th", "on the 5th", "on the 5th of next month". */
const dayOfMonth: Parser<DayPhrase> = oneOf<DayPhrase>(
  map(seq(intro, optional(word("weekday")), numeral, optional(ofMonth)), ([{ isStrong, isStart }, weekday, day], { today }) =>
    numbered(today, day, { needs: isStrong ? "pause" : "end", isStart }, weekday),
  ),
  map(seq(intro, numeral, word("of"), nextMonth), ([, day], { today }) => ({ ...inNextMonth(today, day), needs: "pause" })),
  // "le 5", "el día 5"
  map(seq(optional(word("due", "by")), word("article"), digits(/^\d{1,2}$/u, 1, 31)), ([, , day], { today }) =>
    numbered(today, day, { needs: "end" }),
  ),
  map(seq(word("on"), digits(/^\d{1,2}$/u, 1, 31)), ([{ words }, day], { today }) =>
    words.at(-1) === "dia" ? numbered(today, day, { needs: "pause" }) : undefined,
  ),
);

/** With the time of today's day gone by, it is the next month's. */
function numbered(today: Temporal.PlainDate, day: number, more: Omit<DayPhrase, "date">, weekday?: Lexeme): DayPhrase {
  const date = isOn(dayOfMonthFrom(today, day), weekday);
  return { ...more, date, ifOver: date && !weekday ? dayOfMonthFrom(date.add({ days: 1 }), day) : undefined };
}

function inNextMonth(today: Temporal.PlainDate, day: number): { date: Temporal.PlainDate | undefined } {
  const month = today.with({ day: 1 }).add({ months: 1 });
  return { date: day <= month.daysInMonth ? month.with({ day }) : undefined };
}

const at = seq(optional(word("due")), optional(word("by", "at", "on", "in")), article);

/** The first day of the month that is meant. */
const month: Parser<Temporal.PlainDate> = oneOf(
  map(seq(optional(word("of")), word("month"), optional(year)), ([, { n }, year], { today }) =>
    year === undefined ? monthDayFrom(today.with({ day: 1 }), n, 1) : dayAhead(today.with({ day: 1 }), year, n, 1),
  ),
  map(seq(optional(word("of")), nextMonth), (_, { today }) => today.with({ day: 1 }).add({ months: 1 })),
);

/** "end of month", "end of January", "mid-December". */
const partOfPeriod: Parser<DayPhrase> = oneOf<DayPhrase>(
  map(seq(at, word("endOfMonth")), (_, { today }) => ({ date: endOfMonth(today), needs: "pause" })),
  map(seq(at, word("endOfYear")), (_, { today }) => ({ date: today.with({ month: 12, day: 31 }), needs: "pause" })),
  map(seq(at, word("endOf"), month), ([, , first]) => ({ date: endOfMonth(first), needs: "pause" })),
  map(seq(at, word("middleOf"), month), ([, , first], { today }) => ({ date: fromToday(first.with({ day: 15 }), today), needs: "pause" })),
  map(seq(at, word("startOf"), month), ([, , first], { today }) => ({ date: fromToday(first, today), needs: "pause" })),
);

/** Of a month that has begun, the same day of the next year. */
function fromToday(date: Temporal.PlainDate, today: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(date, today) < 0 ? date.add({ years: 1 }) : date;
}

/** A day that is named by its place in the calendar. */
export const calendarDate: Parser<DayPhrase> = oneOf(calendarDay, numericDay, dayOfMonth, partOfPeriod);
