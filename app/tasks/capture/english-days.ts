import { casual } from "chrono-node/en";

export const WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun";
export const MONTH =
  "(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)";

/**
 * The day named by an English phrase, relative to `today`; `undefined` if the phrase is not exactly one day.
 * chrono-node takes a `Date` in the process's own zone. Noon is safe, because no clock change skips it.
 */
export function readDay(phrase: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const noon = new Date(today.year, today.month - 1, today.day, 12);
  const [result, ...more] = casual.parse(phrase, noon, { forwardDate: true });
  if (!result || more.length > 0 || result.text !== phrase || result.end) return undefined;
  const [year, month, day] = [result.start.get("year"), result.start.get("month"), result.start.get("day")];
  if (year === null || month === null || day === null) return undefined;
  return isDay(year, month, day) ? Temporal.PlainDate.from({ year, month, day }) : undefined;
}

function isDay(year: number, month: number, day: number): boolean {
  return year >= 1 && year <= 9999 && day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

/** 1 is Monday, as in ISO 8601. */
export function weekdayNumber(name: string): number {
  return ["mo", "tu", "we", "th", "fr", "sa", "su"].indexOf(name.slice(0, 2).toLowerCase()) + 1;
}

export function monthNumber(name: string): number {
  return ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].indexOf(name.slice(0, 3).toLowerCase()) + 1;
}
