import { longestMonthLength, type Rule } from "#app/tasks/recurrence/rule.ts";

/** The rarest dates, such as a Monday 29 February, are 28 years apart, and 40 years around 2100. */
const MONTHS_SEARCHED = 41 * 12;

/** Far beyond year 9999, the last that is stored: hasAnyDate must tell a late date from none at all. */
const MONTHS_END = 40_000 * 12;

const LAST_DAY = Temporal.PlainDate.from("9999-12-31");
const SOME_MONDAY = Temporal.PlainDate.from("2000-01-03");

interface Month {
  first: Temporal.PlainDate;
  length: number;
}

/**
 * The first day of the rule after `after`, with INTERVAL counted from `start`. Ignores COUNT and UNTIL.
 * Undefined if there is none up to year 9999. Bounded: searches at most 2 × 41 years of matching months.
 *
 * If INTERVAL never meets the rule's days in that time (every 7 days on a Monday, counted from a Tuesday), it is
 * ignored for this step: the result is the next matching day.
 */
export function firstDateAfter(rule: Rule, start: Temporal.PlainDate, after: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const expanded = withImpliedDays(rule, start);
  const date = search(expanded, start, after) ?? (rule.interval > 1 ? search({ ...expanded, interval: 1 }, start, after) : undefined);
  return date && Temporal.PlainDate.compare(date, LAST_DAY) <= 0 ? date : undefined;
}

/**
 * Whether the rule has a date for any start: `BYMONTHDAY=1;BYDAY=2TU` has none.
 * The search from 2000 on covers all 14 kinds of year: leap or not, starting on each weekday.
 */
export function hasAnyDate(rule: Rule): boolean {
  return firstDateAfter({ ...rule, interval: 1 }, SOME_MONDAY, SOME_MONDAY) !== undefined;
}

/**
 * Writes out the weekday, month day or month that the rule takes from its first date (RFC 5545 section 3.3.10, "Information,
 * not contained in the rule, necessary to determine the various recurrence instance start time and dates are derived from DTSTART").
 */
export function withImpliedDays(rule: Rule, start: Temporal.PlainDate): Rule {
  if (rule.freq === "DAILY" || rule.days.length > 0 || rule.monthDays.length > 0) return rule;
  if (rule.freq === "WEEKLY") return { ...rule, days: [{ ordinal: undefined, weekday: start.dayOfWeek }] };
  const months = rule.freq === "YEARLY" && rule.months.length === 0 ? [start.month] : rule.months;
  return { ...rule, months, monthDays: [Math.min(start.day, longestMonthLength(months))] };
}

function search(rule: Rule, start: Temporal.PlainDate, after: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const startMonth = monthIndex(start);
  const afterMonth = monthIndex(after);
  let searched = 0;
  for (let index = afterMonth; index < MONTHS_END && searched < MONTHS_SEARCHED; index++) {
    if (!matchesMonth(rule, startMonth, index)) continue;
    searched++;
    const first = new Temporal.PlainDate(Math.floor(index / 12), (index % 12) + 1, 1);
    const passed = index === afterMonth ? after.day : 0;
    const day = datesIn(rule, start, { first, length: first.daysInMonth }).find((day) => day > passed);
    if (day) return first.with({ day });
  }
  return undefined;
}

/** Months since year 0. */
function monthIndex(date: Temporal.PlainDate): number {
  return date.year * 12 + date.month - 1;
}

function matchesMonth(rule: Rule, startMonth: number, index: number): boolean {
  if (rule.months.length > 0 && !rule.months.includes((index % 12) + 1)) return false;
  if (rule.freq === "MONTHLY") return (index - startMonth) % rule.interval === 0;
  if (rule.freq === "YEARLY") return (Math.floor(index / 12) - Math.floor(startMonth / 12)) % rule.interval === 0;
  return true;
}

function datesIn(rule: Rule, start: Temporal.PlainDate, month: Month): number[] {
  const days = daysOfMonth(rule, month);
  if (days.length === 0) return [];
  const onWeekday = days.filter(isWeekday(rule, month));
  return onWeekday.length === 0 ? [] : onWeekday.filter(isInPhase(rule, start, month));
}

/**
 * Days selected by BYMONTHDAY. In a shorter month the 31st is the last day, as with SKIP=BACKWARD in RFC 7529 (RFC 5545 skips
 * the month), and the 31st from the end is the first. Not where BYMONTHDAY only limits other parts: a Friday the 31st, or
 * every day that is a 31st.
 */
function daysOfMonth(rule: Rule, { length }: Month): number[] {
  const days = Array.from({ length }, (_, index) => index + 1);
  if (rule.monthDays.length === 0) return days;
  const isLimit = rule.freq === "DAILY" || rule.days.length > 0;
  const wanted = rule.monthDays
    .map((day) => (day < 0 ? length + 1 + day : day))
    .map((day) => (isLimit ? day : Math.min(Math.max(day, 1), length)));
  return days.filter((day) => wanted.includes(day));
}

/** Tests BYDAY. Ordinals count in the month, or in the year for FREQ=YEARLY without BYMONTH (RFC 5545 section 3.3.10, BYDAY note 2). */
function isWeekday(rule: Rule, { first, length }: Month): (day: number) => boolean {
  if (rule.days.length === 0) return () => true;
  const isOfYear = rule.freq === "YEARLY" && rule.months.length === 0;
  const before = isOfYear ? first.dayOfYear - 1 : 0;
  const total = isOfYear ? first.daysInYear : length;
  const firstWeekday = first.dayOfWeek;
  return (day) => {
    const weekday = ((firstWeekday + day - 2) % 7) + 1;
    const ordinals = [undefined, Math.ceil((before + day) / 7), -Math.ceil((total - before - day + 1) / 7)];
    return rule.days.some((ruleDay) => ruleDay.weekday === weekday && ordinals.includes(ruleDay.ordinal));
  };
}

/** Tests INTERVAL of daily and weekly rules. */
function isInPhase(rule: Rule, start: Temporal.PlainDate, { first }: Month): (day: number) => boolean {
  if (rule.interval === 1 || rule.freq === "MONTHLY" || rule.freq === "YEARLY") return () => true;
  const unit = rule.freq === "WEEKLY" ? 7 : 1;
  const someWeekStart = SOME_MONDAY.add({ days: rule.weekStart - 1 });
  const origin = Math.floor(someWeekStart.until(start).days / unit);
  const beforeFirst = someWeekStart.until(first).days - 1;
  return (day) => (Math.floor((beforeFirst + day) / unit) - origin) % rule.interval === 0;
}
