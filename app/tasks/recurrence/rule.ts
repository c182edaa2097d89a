import { z } from "zod";

const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;

const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** One value of BYDAY: every `weekday` (1 is Monday), or only the `ordinal`-th of its month or year; negative counts from the end. */
export interface RuleDay {
  ordinal: number | undefined;
  weekday: number;
}

/** The supported parts of RFC 5545 section 3.3.10. An empty list is an absent part. */
export interface Rule {
  freq: (typeof FREQUENCIES)[number];
  interval: number;
  months: number[];
  /** 1 to 31, or -1 for the last day. */
  monthDays: number[];
  days: RuleDay[];
  count: number | undefined;
  until: Temporal.PlainDate | undefined;
}

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

const MonthDay = z
  .string()
  .refine((value) => /^(\+?\d{1,2}|-1)$/.test(value), "must be days from 1 to 31, or -1 for the last day")
  .transform(Number)
  .refine((day) => day !== 0 && day <= 31, "must be days from 1 to 31, or -1 for the last day");

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

const Until = z
  .string()
  .transform((value) => (/^\d{8}$/.test(value) ? value.replace(/(....)(..)(..)/, "$1-$2-$3") : ""))
  .refine((value) => z.iso.date().safeParse(value).success && !value.startsWith("0000"), "must be a day, YYYYMMDD, without a time")
  .transform((value) => Temporal.PlainDate.from(value));

const Parts = z.strictObject(
  {
    FREQ: z.enum(FREQUENCIES, "must be DAILY, WEEKLY, MONTHLY or YEARLY"),
    INTERVAL: wholeNumber(1, 999).default(1),
    BYMONTH: commaSeparated(wholeNumber(1, 12), (month) => month).default([]),
    BYMONTHDAY: commaSeparated(MonthDay, fromStartFirst).default([]),
    BYDAY: commaSeparated(Day, (day) => fromStartFirst(day.ordinal ?? 0) * 10 + day.weekday).default([]),
    COUNT: wholeNumber(1, 9999).optional(),
    UNTIL: Until.optional(),
  },
  { error: (issue) => (issue.code === "unrecognized_keys" ? `${issue.keys.join(", ")} can't be part of a repeat` : undefined) },
);

const Rule = Parts.transform(
  (parts): Rule => ({
    freq: parts.FREQ,
    interval: parts.INTERVAL,
    months: parts.BYMONTH,
    monthDays: parts.BYMONTHDAY,
    days: parts.BYDAY,
    count: parts.COUNT,
    until: parts.UNTIL,
  }),
).superRefine((rule, context) => {
  for (const message of conflicts(rule)) context.addIssue({ code: "custom", message });
});

function conflicts(rule: Rule): string[] {
  const ordinals = rule.days.flatMap((day) => day.ordinal ?? []);
  const mostWeeks = rule.freq === "YEARLY" && rule.months.length === 0 ? 53 : 5;
  const problems: [boolean, string][] = [
    [rule.count !== undefined && rule.until !== undefined, "COUNT and UNTIL can't both be given"],
    [rule.freq === "WEEKLY" && rule.monthDays.length > 0, "BYMONTHDAY can't be given with FREQ=WEEKLY"],
    [ordinals.length > 0 && ["DAILY", "WEEKLY"].includes(rule.freq), "BYDAY may have ordinals only with FREQ=MONTHLY or FREQ=YEARLY"],
    [ordinals.some((ordinal) => Math.abs(ordinal) > mostWeeks), "BYDAY may have ordinals over 5 only with FREQ=YEARLY without BYMONTH"],
    [rule.monthDays.some((day) => day > longestMonthLength(rule.months)), "BYMONTHDAY has a day that no month of BYMONTH ever has"],
  ];
  return problems.filter(([isWrong]) => isWrong).map(([, message]) => message);
}

/** Days of the longest of these months in a leap year; of any month if there are none. */
export function longestMonthLength(months: number[]): number {
  return months.length === 0 ? 31 : Math.max(...months.map((month) => new Temporal.PlainDate(2000, month, 1).daysInMonth));
}

/** Reads an RFC 5545 rule in any case and order of parts. Returns every problem, not only the first. */
export function parseRule(text: string): { rule: Rule; problems?: never } | { rule?: never; problems: string[] } {
  if (!TEXT.test(text)) return { problems: ["must be a rule such as FREQ=WEEKLY;BYDAY=MO, without RRULE: and without spaces"] };
  const parts = text
    .toUpperCase()
    .split(";")
    .map((part) => part.split("="));
  if (parts.some((part) => part.length !== 2 || part.includes(""))) return { problems: ["must be parts NAME=VALUE with ; between them"] };
  const names = parts.map(([name]) => name);
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  if (repeated.length > 0) return { problems: [`${repeated.join(", ")} must be given only once`] };
  const { data, error } = Rule.safeParse(Object.fromEntries(parts));
  return data ? { rule: data } : { problems: (error?.issues ?? []).map(({ path, message }) => [...path.slice(0, 1), message].join(" ")) };
}

/** The canonical text: parts in the order in which RFC 5545 applies them, defaults left out. */
export function formatRule(rule: Rule): string {
  const days = rule.days.map(({ ordinal, weekday }) => `${ordinal ?? ""}${WEEKDAYS[weekday - 1]}`);
  const parts = [
    ["FREQ", rule.freq],
    ["INTERVAL", rule.interval === 1 ? "" : rule.interval],
    ["BYMONTH", rule.months],
    ["BYMONTHDAY", rule.monthDays],
    ["BYDAY", days],
    ["COUNT", rule.count ?? ""],
    ["UNTIL", rule.until?.toString().replaceAll("-", "") ?? ""],
  ];
  return parts.flatMap(([name, value]) => (`${value}` === "" ? [] : `${name}=${value}`)).join(";");
}
