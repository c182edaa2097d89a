import { z } from "zod";
import { FREQUENCIES, longestMonthLength, type Rule, type RuleDay, WEEKDAYS } from "#app/tasks/recurrence/rule.ts";

const PREFIX = /^RRULE:/i;
const TEXT = /^[a-z\d=;,+-]{1,500}$/i;
const NUMBER = /^\d{1,4}$/;
const DAY = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/;

function wholeNumber(minimum: number, maximum: number) {
  return z
    .string()
    .refine(
      (value) => NUMBER.test(value) && Number(value) >= minimum && Number(value) <= maximum,
      `must be a whole number from ${minimum} to ${maximum}`,
    )
    .transform(Number);
}

/** Comma-separated values, without duplicates, sorted by `order`. */
function commaSeparated<Item extends z.ZodType<unknown, string>>(item: Item, order: (value: z.output<Item>) => number) {
  return z
    .string()
    .transform((value) => value.split(","))
    .pipe(z.array(item))
    .transform((values) => [...new Map(values.map((value) => [order(value), value])).values()].sort((a, b) => order(a) - order(b)));
}

function fromStartFirst(value: number): number {
  return value < 0 ? value + 1000 : value;
}

const MONTH_DAYS = "must be days from 1 to 31, or from -1 (the last day) to -31";

const MonthDay = z
  .string()
  .refine((value) => /^[+-]?\d{1,2}$/.test(value), MONTH_DAYS)
  .transform(Number)
  .refine((day) => day !== 0 && Math.abs(day) <= 31, MONTH_DAYS);

const Day = z
  .string()
  .refine(
    (value) => isDay(DAY.exec(value)),
    "must be weekdays (MO, TU, WE, TH, FR, SA, SU), with an ordinal from 1 to 53 or -1 to -53 if any",
  )
  .transform((value): RuleDay => {
    const [, ordinal, weekday = ""] = DAY.exec(value) ?? [];
    return { ordinal: ordinal === undefined ? undefined : Number(ordinal), weekday: WEEKDAYS.indexOf(weekday) + 1 };
  });

function isDay(match: RegExpExecArray | null): boolean {
  const ordinal = Math.abs(Number(match?.[1] ?? 1));
  return match !== null && ordinal >= 1 && ordinal <= 53;
}

/** RFC 5545 section 3.3.12: a second 60 is a leap second. */
const UNTIL = /^(\d{4})(\d{2})(\d{2})(T(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d|60)Z?)?$/;

const Until = z
  .string()
  .transform((value) => {
    const [, year, month, day, time] = UNTIL.exec(value) ?? [];
    return { date: `${year}-${month}-${day}`, time };
  })
  .refine(
    ({ date }) => z.iso.date().safeParse(date).success && !date.startsWith("0000"),
    "must be a day, YYYYMMDD, or a time, YYYYMMDDTHHMMSS or YYYYMMDDTHHMMSSZ",
  )
  .transform(({ date, time }) => ({ date: Temporal.PlainDate.from(date), time }));

const WeekStart = z
  .string()
  .refine((value) => WEEKDAYS.includes(value), `must be one of ${WEEKDAYS.join(", ")}`)
  .transform((value) => WEEKDAYS.indexOf(value) + 1);

const Parts = z.strictObject(
  {
    FREQ: z.enum(FREQUENCIES, "must be DAILY, WEEKLY, MONTHLY or YEARLY"),
    INTERVAL: wholeNumber(1, 999).default(1),
    BYMONTH: commaSeparated(wholeNumber(1, 12), (month) => month).default([]),
    BYMONTHDAY: commaSeparated(MonthDay, fromStartFirst).default([]),
    BYDAY: commaSeparated(Day, (day) => fromStartFirst(day.ordinal ?? 0) * 10 + day.weekday).default([]),
    COUNT: wholeNumber(1, 9999).optional(),
    UNTIL: Until.optional(),
    WKST: WeekStart.default(1),
  },
  { error: (issue) => (issue.code === "unrecognized_keys" ? `${issue.keys.join(", ")} can't be part of a repeat` : undefined) },
);

const ParsedRule = Parts.transform(
  (parts): Rule => ({
    freq: parts.FREQ,
    interval: parts.INTERVAL,
    months: parts.BYMONTH,
    monthDays: parts.BYMONTHDAY,
    days: parts.BYDAY,
    weekStart: parts.FREQ === "WEEKLY" && parts.INTERVAL > 1 ? parts.WKST : 1,
    count: parts.COUNT,
    until: parts.UNTIL?.date,
    untilTime: parts.UNTIL?.time,
  }),
).superRefine((rule, context) => {
  for (const message of conflicts(rule)) context.addIssue({ code: "custom", message });
});

/** Of RFC 5545, and parts that leave a rule without any date. A day that does not exist beside one that does is no error. */
function conflicts(rule: Rule): string[] {
  const ordinals = rule.days.flatMap((day) => day.ordinal ?? []);
  const mostWeeks = rule.freq === "YEARLY" && rule.months.length === 0 ? 53 : 5;
  const lacksDay = ({ ordinal = 0 }: RuleDay) => Math.abs(ordinal) > mostWeeks;
  const lacksMonthDay = (day: number) => Math.abs(day) > longestMonthLength(rule.months);
  const problems: [boolean, string][] = [
    [rule.count !== undefined && rule.until !== undefined, "COUNT and UNTIL can't both be given"],
    [rule.freq === "WEEKLY" && rule.monthDays.length > 0, "BYMONTHDAY can't be given with FREQ=WEEKLY"],
    [ordinals.length > 0 && ["DAILY", "WEEKLY"].includes(rule.freq), "BYDAY may have ordinals only with FREQ=MONTHLY or FREQ=YEARLY"],
    [isAll(rule.days, lacksDay), "BYDAY may have ordinals over 5 only with FREQ=YEARLY without BYMONTH"],
    [isAll(rule.monthDays, lacksMonthDay), "BYMONTHDAY has only days that no month of BYMONTH ever has"],
  ];
  return problems.filter(([isWrong]) => isWrong).map(([, message]) => message);
}

function isAll<Item>(items: Item[], test: (item: Item) => boolean): boolean {
  return items.length > 0 && items.every(test);
}

/** Reads an RFC 5545 rule in any case and order of parts, with or without `RRULE:`. Returns every problem, not only the first. */
export function parseRule(given: string): { rule: Rule; problems?: never } | { rule?: never; problems: string[] } {
  const text = given.replace(PREFIX, "");
  if (!TEXT.test(text)) return { problems: ["must be a rule such as FREQ=WEEKLY;BYDAY=MO, without spaces"] };
  const parts = text
    .toUpperCase()
    .split(";")
    .map((part) => part.split("="));
  if (parts.some((part) => part.length !== 2 || part.includes(""))) return { problems: ["must be parts NAME=VALUE with ; between them"] };
  const names = parts.map(([name]) => name);
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  if (repeated.length > 0) return { problems: [`${repeated.join(", ")} must be given only once`] };
  const { data, error } = ParsedRule.safeParse(Object.fromEntries(parts));
  return data ? { rule: data } : { problems: (error?.issues ?? []).map(({ path, message }) => [...path.slice(0, 1), message].join(" ")) };
}
