import { longestMonth, type Rule } from "#app/tasks/recurrence/rule.ts";

/** The rarest days, such as a Monday 29 February, are 28 years apart, and 40 around 2100. */
const MONTHS_SEARCHED = 41 * 12;

/** Past year 9999, the last we store, so that a date beyond it is told from one that does not exist. */
const MONTHS_END = 40_000 * 12;

const LAST_DAY = Temporal.PlainDate.from("9999-12-31");
const SOME_MONDAY = Temporal.PlainDate.from("2000-01-03");

interface Month {
  first: Temporal.PlainDate;
  length: number;
}

/**
 * The first day of the rule after `after`, its INTERVAL counted from `start`; COUNT and UNTIL are not looked at.
 * Undefined if there is none up to year 9999. Whatever the rule, it looks into no more than twice 41 years' months.
 *
 * A phase that does not meet the rule's days in those (every 7 days on a Monday, from a Tuesday) is given up:
 * then it is the next such day, and the phase goes on from there.
 */
export function firstDateAfter(rule: Rule, start: Temporal.PlainDate, after: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const whole = ruleOn(rule, start);
  const date = search(whole, start, after) ?? (rule.interval > 1 ? search({ ...whole, interval: 1 }, start, after) : undefined);
  return date && Temporal.PlainDate.compare(date, LAST_DAY) <= 0 ? date : undefined;
}

/**
 * Whether the rule has any day at all, wherever it starts: `BYMONTHDAY=1;BYDAY=2TU` has none.
 * The years from 2000 on are of every kind there is, leap or not and beginning on each weekday.
 */
export function everComes(rule: Rule): boolean {
  return firstDateAfter({ ...rule, interval: 1 }, SOME_MONDAY, SOME_MONDAY) !== undefined;
}

/**
 * The rule with what it leaves to its first date written out (RFC 5545 section 3.3.10, "Information, not contained in
 * the rule, necessary to determine the various recurrence instance start time and dates are derived from DTSTART").
 */
export function ruleOn(rule: Rule, start: Temporal.PlainDate): Rule {
  if (rule.freq === "DAILY" || rule.days.length > 0 || rule.monthDays.length > 0) return rule;
  if (rule.freq === "WEEKLY") return { ...rule, days: [{ ordinal: undefined, weekday: start.dayOfWeek }] };
  const months = rule.freq === "YEARLY" && rule.months.length === 0 ? [start.month] : rule.months;
  return { ...rule, months, monthDays: [Math.min(start.day, longestMonth(months))] };
}

function search(rule: Rule, start: Temporal.PlainDate, after: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const startMonth = numberOfMonth(start);
  const afterMonth = numberOfMonth(after);
  let searched = 0;
  for (let number = afterMonth; number < MONTHS_END && searched < MONTHS_SEARCHED; number++) {
    if (!isMonthOf(rule, startMonth, number)) continue;
    searched++;
    const first = new Temporal.PlainDate(Math.floor(number / 12), (number % 12) + 1, 1);
    const passed = number === afterMonth ? after.day : 0;
    const day = daysIn(rule, start, { first, length: first.daysInMonth }).find((day) => day > passed);
    if (day) return first.with({ day });
  }
  return undefined;
}

function numberOfMonth(date: Temporal.PlainDate): number {
  return date.year * 12 + date.month - 1;
}

function isMonthOf(rule: Rule, startMonth: number, number: number): boolean {
  if (rule.months.length > 0 && !rule.months.includes((number % 12) + 1)) return false;
  if (rule.freq === "MONTHLY") return (number - startMonth) % rule.interval === 0;
  if (rule.freq === "YEARLY") return (Math.floor(number / 12) - Math.floor(startMonth / 12)) % rule.interval === 0;
  return true;
}

function daysIn(rule: Rule, start: Temporal.PlainDate, month: Month): number[] {
  const days = daysOfMonth(rule, month);
  if (days.length === 0) return [];
  const onWeekday = days.filter(isWeekday(rule, month));
  return onWeekday.length === 0 ? [] : onWeekday.filter(isInPhase(rule, start, month));
}

/**
 * In a month without a 31st the 31st is the last day, like RFC 7529's SKIP=BACKWARD and unlike RFC 5545, which leaves the
 * month out. Not where BYMONTHDAY only narrows down other days: a Friday the 31st, or every day that is a 31st.
 */
function daysOfMonth(rule: Rule, { length }: Month): number[] {
  const days = Array.from({ length }, (_, index) => index + 1);
  if (rule.monthDays.length === 0) return days;
  const longest = rule.freq !== "DAILY" && rule.days.length === 0 ? length : 31;
  const wanted = rule.monthDays.map((day) => (day === -1 ? length : Math.min(day, longest)));
  return days.filter((day) => wanted.includes(day));
}

/** An ordinal counts in the month, or in the year for FREQ=YEARLY without BYMONTH (RFC 5545 section 3.3.10, BYDAY note 2). */
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

/** Weeks start on Monday: WKST's default. */
function isInPhase(rule: Rule, start: Temporal.PlainDate, { first }: Month): (day: number) => boolean {
  if (rule.interval === 1 || rule.freq === "MONTHLY" || rule.freq === "YEARLY") return () => true;
  const unit = rule.freq === "WEEKLY" ? 7 : 1;
  const origin = Math.floor(SOME_MONDAY.until(start).days / unit);
  const beforeFirst = SOME_MONDAY.until(first).days - 1;
  return (day) => (Math.floor((beforeFirst + day) / unit) - origin) % rule.interval === 0;
}
