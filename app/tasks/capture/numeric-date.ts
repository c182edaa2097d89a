import type { DateOrder } from "#app/context.ts";
import { isDay, monthDayFrom } from "#app/tasks/capture/calendar.ts";
import type { Needs } from "#app/tasks/capture/day-phrase.ts";
import { type Parser, token } from "#app/tasks/capture/parsers.ts";

export interface NumericDate {
  /** Undefined: past, or of an uncertain order. */
  date: Temporal.PlainDate | undefined;
  needs: Needs;
  /** Could also be a version number: "24.12". */
  isNumber: boolean;
}

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/u;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(20\d\d|\d\d)$/u;
const WITHOUT_YEAR = /^(\d{1,2})([/.])(\d{1,2})$/u;
const LEAP_YEAR = 2028;
/** "63" of "11/22/63" is hardly 2063. */
const MOST_YEARS_AHEAD = 20;

/** "2026-12-24", "24/12/2026", "24.12.", "12/24/26". */
export const numericDate: Parser<NumericDate> = token(({ key, trail }, { today, dateOrder }) => {
  const yearFirst = YEAR_FIRST.exec(key);
  if (yearFirst) {
    const [, year, , month, day] = yearFirst;
    return found(dayAhead(today, Number(year), Number(month), Number(day)), "nothing");
  }
  const [, first, separator, second, year] = YEAR_LAST.exec(key) ?? WITHOUT_YEAR.exec(key) ?? [];
  if (!first) return undefined;
  const readings = readingsOf(Number(first), Number(second));
  if (readings.length === 0) return undefined;
  const reading = chosen(readings, dateOrder);
  if (year) {
    const isNear = year.length === 4 || Number(`20${year}`) - today.year <= MOST_YEARS_AHEAD;
    return found(reading && isNear ? dayAhead(today, Number(year.padStart(4, "20")), reading.month, reading.day) : undefined, "nothing");
  }
  // "5/5" may be a rating.
  const needs = first === second && dateOrder === undefined ? "company" : "pause";
  const isNumber = separator === "." && !trail.startsWith(".");
  return { ...found(reading && monthDayFrom(today, reading.month, reading.day), needs), isNumber };
});

function found(date: Temporal.PlainDate | undefined, needs: Needs): NumericDate {
  return { date, needs, isNumber: false };
}

interface Reading {
  month: number;
  day: number;
  order: DateOrder;
}

function readingsOf(first: number, second: number): Reading[] {
  const both: Reading[] = [
    { day: first, month: second, order: "dmy" },
    { day: second, month: first, order: "mdy" },
  ];
  return both.filter(({ month, day }) => isDay(LEAP_YEAR, month, day));
}

/** Where the year comes first, the month comes before the day. */
function chosen([one, other]: Reading[], order: DateOrder | undefined): Reading | undefined {
  if (!one || !other || one.day === other.day) return one;
  return order && (order === "dmy" ? one : other);
}

export function dayAhead(today: Temporal.PlainDate, year: number, month: number, day: number): Temporal.PlainDate | undefined {
  if (!isDay(year, month, day)) return undefined;
  const date = Temporal.PlainDate.from({ year, month, day });
  return Temporal.PlainDate.compare(date, today) < 0 ? undefined : date;
}
