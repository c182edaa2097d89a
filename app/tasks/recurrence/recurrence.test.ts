import fc from "fast-check";
import { expect, test } from "vitest";
import { describeRecurrence } from "#app/tasks/recurrence/describe-recurrence.ts";
import { nextOccurrence, Recurrence, recurrenceWithDays, upcomingDates, withUntilDay } from "#app/tasks/recurrence/recurrence.ts";

function day(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text);
}

function repeat(rrule: string, anchor: "due" | "completion" = "due"): Recurrence {
  return Recurrence.parse({ rrule, anchor });
}

function problems(recurrence: unknown): string[] {
  return (Recurrence.safeParse(recurrence).error?.issues ?? []).map((issue) => issue.message);
}

/** The next date and rule, as text; "ended" if there is none. */
function next(rrule: string, due: string, today: string, anchor?: "due" | "completion", completedOn?: string): [string, string] | "ended" {
  const on = { due: day(due), today: day(today), completedOn: completedOn ? day(completedOn) : undefined };
  const occurrence = nextOccurrence(repeat(rrule, anchor), on);
  return occurrence ? [occurrence.date.toString(), occurrence.recurrence.rrule] : "ended";
}

function upcoming(rrule: string, due: string, count: number, anchor?: "due" | "completion"): string {
  return upcomingDates(repeat(rrule, anchor), day(due), count).join(" ");
}

test.each([
  ["freq=daily", "FREQ=DAILY"],
  ["INTERVAL=1;FREQ=WEEKLY", "FREQ=WEEKLY"],
  ["FREQ=DAILY;INTERVAL=0010", "FREQ=DAILY;INTERVAL=10"],
  ["BYDAY=th,MO,mo;INTERVAL=2;FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"],
  ["FREQ=MONTHLY;BYDAY=-1FR,+3MO,1TU,1MO,SU", "FREQ=MONTHLY;BYDAY=SU,1MO,1TU,3MO,-1FR"],
  ["FREQ=MONTHLY;BYMONTHDAY=-1,15,+1,15", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1"],
  ["UNTIL=20270301;BYMONTHDAY=29;BYMONTH=02;FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=20270301"],
  ["COUNT=5;FREQ=YEARLY;BYDAY=-53MO,47MO,53MO", "FREQ=YEARLY;BYDAY=47MO,53MO,-53MO;COUNT=5"],
  ["RRULE:FREQ=DAILY", "FREQ=DAILY"],
  ["rrule:freq=monthly;bymonthday=-1,31,-31", "FREQ=MONTHLY;BYMONTHDAY=31,-31,-1"],
  ["COUNT=4;WKST=SU;BYDAY=SU,TU;INTERVAL=2;FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=4"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"],
  ["FREQ=WEEKLY;WKST=SU", "FREQ=WEEKLY"],
  ["FREQ=MONTHLY;INTERVAL=2;WKST=SU", "FREQ=MONTHLY;INTERVAL=2"],
  ["FREQ=MONTHLY;BYMONTH=4,6,9;BYMONTHDAY=1,30,31", "FREQ=MONTHLY;BYMONTH=4,6,9;BYMONTHDAY=1,30,31"],
])("%s has the canonical form %s", (given, written) => {
  expect(repeat(given).rrule).toBe(written);
});

const SHAPE = "must be a rule such as FREQ=WEEKLY;BYDAY=MO, without spaces";
const PARTS = "must be parts NAME=VALUE with ; between them";
const WEEKDAY = "BYDAY must be weekdays (MO, TU, WE, TH, FR, SA, SU), with an ordinal from 1 to 53 or -1 to -53 if any";
const MONTH_DAY = "BYMONTHDAY must be days from 1 to 31, or from -1 (the last day) to -31";
const LAST_DAY = "UNTIL must be a day, YYYYMMDD, or a time, YYYYMMDDTHHMMSS or YYYYMMDDTHHMMSSZ";

test.each([
  ["", SHAPE],
  ["RRULE:", SHAPE],
  ["RRULE:RRULE:FREQ=DAILY", SHAPE],
  ["EXRULE:FREQ=DAILY", SHAPE],
  ["FREQ=DAILY\nCOUNT=2", SHAPE],
  ["FREQ=DAıLY", SHAPE],
  [`FREQ=MONTHLY;BYMONTHDAY=${"1,".repeat(300)}1`, SHAPE],
  ["FREQ=DAILY;", PARTS],
  ["FREQ", PARTS],
  ["FREQ=DAILY;COUNT=", PARTS],
  ["FREQ=DAILY=2", PARTS],
  ["FREQ=DAILY;COUNT=2;COUNT=3", "COUNT must be given only once"],
  ["FREQ=DAILY;freq=DAILY", "FREQ must be given only once"],
  ["INTERVAL=2", "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY"],
  ["FREQ=HOURLY", "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY"],
  ["FREQ=WEEKLY;WKST=SO", "WKST must be one of MO, TU, WE, TH, FR, SA, SU"],
  ["FREQ=WEEKLY;WKST=1MO", "WKST must be one of MO, TU, WE, TH, FR, SA, SU"],
  ["FREQ=DAILY;DTSTART=20260101", "DTSTART can't be part of a repeat"],
  ["FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1", "BYSETPOS can't be part of a repeat"],
  ["FREQ=DAILY;INTERVAL=0", "INTERVAL must be a whole number from 1 to 999"],
  ["FREQ=DAILY;INTERVAL=1000", "INTERVAL must be a whole number from 1 to 999"],
  ["FREQ=DAILY;INTERVAL=-2", "INTERVAL must be a whole number from 1 to 999"],
  ["FREQ=DAILY;COUNT=0", "COUNT must be a whole number from 1 to 9999"],
  ["FREQ=DAILY;COUNT=10000", "COUNT must be a whole number from 1 to 9999"],
  ["FREQ=DAILY;COUNT=2;UNTIL=20270101", "COUNT and UNTIL can't both be given"],
  ["FREQ=DAILY;UNTIL=20270101T240000Z", LAST_DAY],
  ["FREQ=DAILY;UNTIL=20270101T0000", LAST_DAY],
  ["FREQ=DAILY;UNTIL=20270101T000000+01", LAST_DAY],
  ["FREQ=DAILY;UNTIL=2027-01-01", LAST_DAY],
  ["FREQ=DAILY;UNTIL=20270229", LAST_DAY],
  ["FREQ=DAILY;UNTIL=00000101", LAST_DAY],
  ["FREQ=YEARLY;BYMONTH=0", "BYMONTH must be a whole number from 1 to 12"],
  ["FREQ=YEARLY;BYMONTH=1,13", "BYMONTH must be a whole number from 1 to 12"],
  ["FREQ=MONTHLY;BYMONTHDAY=0", MONTH_DAY],
  ["FREQ=MONTHLY;BYMONTHDAY=32", MONTH_DAY],
  ["FREQ=MONTHLY;BYMONTHDAY=-32", MONTH_DAY],
  ["FREQ=MONTHLY;BYMONTHDAY=-0", MONTH_DAY],
  ["FREQ=MONTHLY;BYMONTHDAY=1,,2", MONTH_DAY],
  ["FREQ=WEEKLY;BYDAY=MON", WEEKDAY],
  ["FREQ=WEEKLY;BYDAY=MO,", WEEKDAY],
  ["FREQ=MONTHLY;BYDAY=0MO", WEEKDAY],
  ["FREQ=YEARLY;BYDAY=54MO", WEEKDAY],
  ["FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY can't be given with FREQ=WEEKLY"],
  ["FREQ=WEEKLY;BYDAY=1MO", "BYDAY may have ordinals only with FREQ=MONTHLY or FREQ=YEARLY"],
  ["FREQ=DAILY;BYDAY=-1MO", "BYDAY may have ordinals only with FREQ=MONTHLY or FREQ=YEARLY"],
  ["FREQ=MONTHLY;BYDAY=6MO", "BYDAY may have ordinals over 5 only with FREQ=YEARLY without BYMONTH"],
  ["FREQ=YEARLY;BYMONTH=3;BYDAY=-6MO", "BYDAY may have ordinals over 5 only with FREQ=YEARLY without BYMONTH"],
  ["FREQ=MONTHLY;BYDAY=6MO,-7TU", "BYDAY may have ordinals over 5 only with FREQ=YEARLY without BYMONTH"],
  ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "BYMONTHDAY has only days that no month of BYMONTH ever has"],
  ["FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31,-31", "BYMONTHDAY has only days that no month of BYMONTH ever has"],
  ["FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=2TU", "has no date that ever comes"],
  ["FREQ=YEARLY;BYMONTHDAY=31;BYDAY=20MO", "has no date that ever comes"],
])("%j is rejected: %s", (rrule, message) => {
  expect(problems({ rrule, anchor: "due" })).toEqual([message]);
});

test("a recurrence has exactly a rule and an anchor", () => {
  expect(Recurrence.safeParse({ rrule: "FREQ=DAILY", anchor: "completion" }).success).toBe(true);
  expect(Recurrence.safeParse({ rrule: "FREQ=DAILY", anchor: "start" }).success).toBe(false);
  expect(Recurrence.safeParse({ rrule: "FREQ=DAILY" }).success).toBe(false);
  expect(Recurrence.safeParse({ rrule: "FREQ=DAILY", anchor: "due", timezone: "UTC" }).success).toBe(false);
  expect(Recurrence.safeParse({ rrule: 7, anchor: "due" }).success).toBe(false);
});

test("all problems of a rule are returned at once", () => {
  expect(problems({ rrule: "FREQ=WEEKLY;INTERVAL=0;WKST=SO", anchor: "due" })).toHaveLength(2);
});

test.each([
  ["FREQ=MONTHLY", "2026-01-31", "2026-02-28 2026-03-31 2026-04-30 2026-05-31"],
  ["FREQ=MONTHLY", "2028-01-31", "2028-02-29 2028-03-31 2028-04-30 2028-05-31"],
  ["FREQ=MONTHLY;BYMONTHDAY=29", "2026-01-29", "2026-02-28 2026-03-29 2026-04-29 2026-05-29"],
  ["FREQ=MONTHLY;BYMONTHDAY=30,31", "2026-01-31", "2026-02-28 2026-03-30 2026-03-31 2026-04-30"],
  ["FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31", "2026-02-28 2026-03-31 2026-04-30 2026-05-31"],
  ["FREQ=MONTHLY;BYMONTHDAY=-31", "2026-01-01", "2026-02-01 2026-03-01 2026-04-01 2026-05-01"],
  ["FREQ=MONTHLY;BYMONTHDAY=-30", "2026-01-02", "2026-02-01 2026-03-02 2026-04-01 2026-05-02"],
  ["FREQ=DAILY;BYMONTHDAY=-31", "2026-01-01", "2026-03-01 2026-05-01 2026-07-01 2026-08-01"],
  ["FREQ=MONTHLY;INTERVAL=13", "2026-01-31", "2027-02-28 2028-03-31 2029-04-30 2030-05-31"],
  ["FREQ=YEARLY", "2024-02-29", "2025-02-28 2026-02-28 2027-02-28 2028-02-29"],
  ["FREQ=YEARLY", "2096-02-29", "2097-02-28 2098-02-28 2099-02-28 2100-02-28"],
  ["FREQ=YEARLY;INTERVAL=4", "2096-02-29", "2100-02-28 2104-02-29 2108-02-29 2112-02-29"],
  ["FREQ=YEARLY;BYMONTHDAY=31", "2026-01-31", "2026-02-28 2026-03-31 2026-04-30 2026-05-31"],
  ["FREQ=MONTHLY;BYMONTH=4,6,9;BYMONTHDAY=1,30,31", "2026-04-01", "2026-04-30 2026-06-01 2026-06-30 2026-09-01"],
  ["FREQ=MONTHLY;BYMONTH=4,6,9;BYMONTHDAY=1,31", "2026-04-01", "2026-04-30 2026-06-01 2026-06-30 2026-09-01"],
  ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=1,30,-31", "2026-02-01", "2026-02-28 2027-02-01 2027-02-28 2028-02-01"],
  ["FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=1,31", "2026-04-01", "2026-06-01 2027-04-01 2027-06-01 2028-04-01"],
  ["FREQ=MONTHLY;BYMONTH=4;BYDAY=MO;BYMONTHDAY=6,31", "2026-04-06", "2037-04-06 2043-04-06 2048-04-06 2054-04-06"],
  ["FREQ=MONTHLY;BYDAY=2TU,6MO", "2026-01-13", "2026-02-10 2026-03-10 2026-04-14 2026-05-12"],
  ["FREQ=DAILY;BYMONTHDAY=31", "2026-01-31", "2026-03-31 2026-05-31 2026-07-31 2026-08-31"],
  ["FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=FR", "2026-01-01", "2026-07-31 2027-12-31 2028-03-31 2029-08-31"],
  ["FREQ=MONTHLY;BYDAY=5SU", "2026-01-01", "2026-03-29 2026-05-31 2026-08-30 2026-11-29"],
  ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2072-02-29", "2112-02-29 2140-02-29 2168-02-29 2196-02-29"],
  ["FREQ=YEARLY;BYMONTHDAY=30;BYDAY=53FR", "2072-12-30", "2112-12-30 2140-12-30 2168-12-30 2196-12-30"],
  ["FREQ=YEARLY;BYDAY=53MO", "2026-01-01", "2029-12-31 2035-12-31 2040-12-31 2046-12-31"],
  ["FREQ=YEARLY;BYDAY=-53TH", "2026-01-02", "2032-01-01 2037-01-01 2043-01-01 2048-01-02"],
])("%s from %s is followed by %s", (rrule, due, dates) => {
  expect(upcoming(rrule, due, 4)).toBe(dates);
});

test.each([
  ["FREQ=DAILY", "2026-12-31", "2027-01-01 2027-01-02"],
  ["FREQ=DAILY;INTERVAL=2", "2024-02-28", "2024-03-01 2024-03-03"],
  ["FREQ=WEEKLY", "2026-12-29", "2027-01-05 2027-01-12"],
  ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2027-01-01", "2027-01-04 2027-01-05"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "2026-12-28", "2027-01-03 2027-01-11"],
  ["FREQ=MONTHLY;INTERVAL=2", "2026-11-30", "2027-01-30 2027-03-30"],
  ["FREQ=WEEKLY;BYDAY=SA;BYMONTH=1", "2026-01-31", "2027-01-02 2027-01-09"],
])("%s from %s crosses the end of a month or year to %s", (rrule, due, dates) => {
  expect(upcoming(rrule, due, 2)).toBe(dates);
});

test("missed dates are skipped without changing the interval's phase", () => {
  expect(next("FREQ=DAILY;INTERVAL=3", "2026-01-01", "2026-01-09")).toEqual(["2026-01-10", "FREQ=DAILY;INTERVAL=3"]);
  expect(next("FREQ=DAILY;INTERVAL=3", "2026-01-01", "2026-01-10")).toEqual(["2026-01-13", "FREQ=DAILY;INTERVAL=3"]);
  expect(next("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-01-05", "2026-02-10")?.[0]).toBe("2026-02-16");
  expect(next("FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-31", "2026-04-30")?.[0]).toBe("2026-05-31");
  expect(next("FREQ=YEARLY;INTERVAL=2", "0001-06-01", "2026-01-01")?.[0]).toBe("2027-06-01");
});

test("an occurrence completed early is followed by the date after its due date", () => {
  expect(next("FREQ=WEEKLY;BYDAY=MO", "2026-01-12", "2026-01-06", "due", "2026-01-06")?.[0]).toBe("2026-01-19");
});

test("with the anchor completion the rule counts from the day of completion", () => {
  expect(next("FREQ=DAILY;INTERVAL=10", "2026-01-01", "2026-01-05", "completion", "2026-01-05")?.[0]).toBe("2026-01-15");
  expect(next("FREQ=DAILY;INTERVAL=10", "2026-01-09", "2026-01-05", "completion", "2026-01-05")?.[0]).toBe("2026-01-15");
  expect(next("FREQ=WEEKLY", "2026-01-01", "2026-01-05", "completion", "2026-01-05")).toEqual(["2026-01-12", "FREQ=WEEKLY"]);
  expect(next("FREQ=WEEKLY;BYDAY=MO", "2026-01-01", "2026-01-07", "completion", "2026-01-07")?.[0]).toBe("2026-01-12");
  expect(next("FREQ=MONTHLY", "2026-01-01", "2026-01-31", "completion", "2026-01-31")).toEqual(["2026-02-28", "FREQ=MONTHLY"]);
  expect(next("FREQ=DAILY", "2026-01-01", "2026-01-09", "completion", "2026-01-05")?.[0]).toBe("2026-01-10");
  expect(upcoming("FREQ=MONTHLY", "2026-01-31", 3, "completion")).toBe("2026-02-28 2026-03-28 2026-04-28");
});

test("with the anchor completion a skipped occurrence counts from its due date or today, whichever is later", () => {
  expect(next("FREQ=DAILY;INTERVAL=3", "2026-01-09", "2026-01-05", "completion")?.[0]).toBe("2026-01-12");
  expect(next("FREQ=DAILY;INTERVAL=3", "2026-01-01", "2026-01-05", "completion")?.[0]).toBe("2026-01-08");
});

test("COUNT goes down with each occurrence, not with missed dates", () => {
  expect(next("FREQ=DAILY;COUNT=3", "2026-01-01", "2026-01-01")).toEqual(["2026-01-02", "FREQ=DAILY;COUNT=2"]);
  expect(next("FREQ=DAILY;COUNT=3", "2026-01-01", "2026-03-01")).toEqual(["2026-03-02", "FREQ=DAILY;COUNT=2"]);
  expect(next("FREQ=DAILY;COUNT=3", "2026-01-01", "2026-01-01", "completion", "2026-01-01")).toEqual(["2026-01-02", "FREQ=DAILY;COUNT=2"]);
  expect(next("FREQ=DAILY;COUNT=1", "2026-01-01", "2026-01-01")).toBe("ended");
  expect(upcoming("FREQ=DAILY;COUNT=3", "2026-01-01", 5)).toBe("2026-01-02 2026-01-03");
});

test("UNTIL is the last possible date, inclusive", () => {
  expect(next("FREQ=DAILY;UNTIL=20260102", "2026-01-01", "2026-01-01")).toEqual(["2026-01-02", "FREQ=DAILY;UNTIL=20260102"]);
  expect(next("FREQ=DAILY;UNTIL=20260102", "2026-01-02", "2026-01-01")).toBe("ended");
  expect(next("FREQ=DAILY;UNTIL=20260102", "2026-01-01", "2026-01-02")).toBe("ended");
  expect(next("FREQ=DAILY;UNTIL=20260102", "2026-01-01", "2026-01-02", "completion", "2026-01-02")).toBe("ended");
});

test.each([
  ["20261231T235959", null, "Europe/Lisbon", "20261231"],
  ["20261231T170000", "17:00", "Europe/Lisbon", "20261231"],
  ["20261231T165959", "17:00", "Europe/Lisbon", "20261230"],
  ["20270101T045959Z", null, "America/New_York", "20261231"],
  ["20270101T045959Z", "09:00", "America/New_York", "20261231"],
  ["20261231T140000Z", "09:00", "America/New_York", "20261231"],
  ["20261231T135959Z", "09:00", "America/New_York", "20261230"],
  ["20261230T200000Z", null, "Asia/Tokyo", "20261231"],
  ["00010101T000000Z", "09:00", "America/New_York", "00010101"],
  ["99991231T235959Z", null, "Pacific/Kiritimati", "99991231"],
  ["20261231", "17:00", "Asia/Tokyo", "20261231"],
  ["20161231T235960Z", "23:59", "UTC", "20161231"],
  // The second 01:10, after the first 01:30; and 02:10, before a 01:30 that does not come.
  ["20271031T011000Z", "01:30", "Europe/London", "20271031"],
  ["20270328T011000Z", "01:30", "Europe/London", "20270327"],
  // The hour from 23:00 on does not come.
  ["20270327T233000", null, "America/Nuuk", "20270327"],
  ["20270327T233000", "23:00", "America/Nuuk", "20270327"],
  ["20270328T011000Z", "23:30", "America/Nuuk", "20270326"],
])("UNTIL=%s of a task due at %s in %s is stored as %s", (until, time, timezone, day) => {
  expect(withUntilDay(repeat(`FREQ=DAILY;UNTIL=${until}`), time, timezone).rrule).toBe(`FREQ=DAILY;UNTIL=${day}`);
});

test("a repeat ends with year 9999", () => {
  expect(next("FREQ=DAILY", "9999-12-30", "2026-01-01")?.[0]).toBe("9999-12-31");
  expect(next("FREQ=DAILY", "9999-12-31", "2026-01-01")).toBe("ended");
  expect(next("FREQ=YEARLY;INTERVAL=999", "9950-01-01", "2026-01-01")).toBe("ended");
  expect(next("FREQ=YEARLY;INTERVAL=999;BYDAY=53MO", "9001-01-01", "2026-01-01")).toBe("ended");
});

test.each([
  ["FREQ=DAILY", "2026-01-31", "FREQ=DAILY"],
  ["FREQ=WEEKLY;INTERVAL=2", "2026-01-27", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"],
  ["FREQ=MONTHLY;COUNT=4", "2026-01-31", "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=4"],
  ["FREQ=MONTHLY;BYMONTH=2,4", "2026-01-31", "FREQ=MONTHLY;BYMONTH=2,4;BYMONTHDAY=30"],
  ["FREQ=MONTHLY;BYDAY=2TU", "2026-01-31", "FREQ=MONTHLY;BYDAY=2TU"],
  ["FREQ=YEARLY", "2024-02-29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"],
  ["FREQ=YEARLY;BYMONTH=3", "2026-01-31", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"],
  ["FREQ=YEARLY;BYMONTHDAY=5", "2026-01-31", "FREQ=YEARLY;BYMONTHDAY=5"],
])("%s on %s is stored as %s", (rrule, due, expanded) => {
  expect(recurrenceWithDays(repeat(rrule), day(due)).rrule).toBe(expanded);
  expect(recurrenceWithDays(repeat(rrule, "completion"), day(due)).rrule).toBe(rrule);
});

/** Where a person moved the occurrence of `ruleDay` to `due`, and completed it on that day. */
const MOVED: [rrule: string, ruleDay: string, due: string, next: string][] = [
  ["FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "2030-01-31", "2030-02-01", "2030-04-30"],
  ["FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=31", "2030-12-31", "2031-01-01", "2032-12-31"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2030-01-07", "2030-01-14", "2030-01-21"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "2030-01-07", "2030-01-09", "2030-01-10"],
  ["FREQ=DAILY;INTERVAL=3", "2030-01-07", "2030-01-08", "2030-01-10"],
  ["FREQ=DAILY;INTERVAL=3", "2030-01-07", "2030-01-10", "2030-01-13"],
  ["FREQ=MONTHLY;BYMONTHDAY=1", "2030-02-01", "2030-01-30", "2030-03-01"],
  ["FREQ=WEEKLY;BYDAY=MO", "2030-01-14", "2030-01-11", "2030-01-21"],
  ["FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31", "2030-01-31", "2029-12-30", "2030-03-31"],
];

test.each(MOVED)("%s keeps its rhythm when the occurrence of %s is moved to %s: the next is %s", (rrule, ruleDay, due, date) => {
  const occurrence = { due: day(due), ruleDay: day(ruleDay), today: day(due), completedOn: day(due) };
  expect(nextOccurrence(repeat(rrule), occurrence)?.date.toString()).toBe(date);
  expect(nextOccurrence(repeat(rrule), { ...occurrence, completedOn: undefined })?.date.toString()).toBe(date);
  // Completed or skipped long before.
  expect(nextOccurrence(repeat(rrule), { ...occurrence, today: day("2026-11-29") })?.date.toString()).toBe(date);
  expect(upcomingDates(repeat(rrule), day(due), 1, day(ruleDay)).join()).toBe(date);
});

test("with the anchor completion, the day that the rule gave does not count", () => {
  const moved = { due: day("2030-01-11"), ruleDay: day("2030-01-14"), today: day("2030-01-11") };
  const every = repeat("FREQ=DAILY;INTERVAL=3", "completion");
  expect(nextOccurrence(every, { ...moved, completedOn: moved.today })?.date.toString()).toBe("2030-01-14");
  expect(nextOccurrence(every, moved)?.date.toString()).toBe("2030-01-14");
});

test("an interval that no longer meets the rule's days restarts on the next matching day", () => {
  expect(upcoming("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "2026-01-06", 2)).toBe("2026-01-12 2026-01-19");
  expect(upcoming("FREQ=MONTHLY;INTERVAL=12;BYMONTH=3;BYMONTHDAY=1", "2026-01-06", 2)).toBe("2026-03-01 2027-03-01");
  expect(upcoming("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU", "2026-01-06", 1)).toBe("2032-02-29");
});

test.each([
  ["FREQ=DAILY", "Every day"],
  ["FREQ=DAILY;INTERVAL=3", "Every 3 days"],
  ["FREQ=DAILY;INTERVAL=3;BYDAY=MO;BYMONTHDAY=13;BYMONTH=3", "Every 3 days, only on Mon, only on the 13th, only in Mar"],
  ["FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "Every weekday"],
  ["FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;BYMONTHDAY=1", "Every day, only on Mon, Tue, Wed, Thu, Fri, only on the 1st"],
  ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every weekday"],
  ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Every day"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Every 2 weeks on Mon, Tue, Wed, Thu, Fri, Sat, Sun"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR", "Every 2 weeks on Mon, Tue, Wed, Thu, Fri"],
  ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR", "Every month on every Monday, every Tuesday, every Wednesday, every Thursday, every Friday"],
  ["FREQ=WEEKLY", "Every week"],
  ["FREQ=WEEKLY;BYDAY=SU;BYMONTH=12", "Every week on Sun in Dec"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "Every 2 weeks on Mon, Thu"],
  ["FREQ=MONTHLY", "Every month"],
  ["FREQ=MONTHLY;BYMONTHDAY=31", "Every month on the 31st"],
  ["FREQ=MONTHLY;BYMONTHDAY=1,2,3,11,12,22,-1", "Every month on the 1st, 2nd, 3rd, 11th, 12th, 22nd, last day"],
  ["FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day"],
  ["FREQ=MONTHLY;BYMONTHDAY=-2,-1", "Every month on the 2nd to last day, last day"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU", "Every 2 weeks on Sun"],
  ["FREQ=MONTHLY;BYDAY=2TU", "Every month on the second Tuesday"],
  ["FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR,-2FR", "Every 2 months on the second to last Friday, the last Friday"],
  ["FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "Every month on the 13th, only on Fri"],
  ["FREQ=MONTHLY;BYMONTHDAY=1;BYMONTH=3,6", "Every month on the 1st in Mar, Jun"],
  ["FREQ=YEARLY", "Every year"],
  ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "Every year on 29 Feb"],
  ["FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=-1", "Every 2 years on the last day in Feb"],
  ["FREQ=YEARLY;BYMONTH=3,6;BYMONTHDAY=1,15", "Every year on the 1st, 15th in Mar, Jun"],
  ["FREQ=YEARLY;BYMONTHDAY=15", "Every year on the 15th of every month"],
  ["FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "Every year on the last Monday in May"],
  ["FREQ=YEARLY;BYDAY=20MO", "Every year on the 20th Monday"],
  ["FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270301", "Every week on Mon, Thu, until 1 March 2027"],
  ["FREQ=DAILY;COUNT=5", "Every day, 5 more times"],
  ["FREQ=DAILY;COUNT=1", "Every day, 1 more time"],
])("%s is described as: %s", (rrule, words) => {
  expect(describeRecurrence(repeat(rrule))).toBe(words);
  expect(describeRecurrence(repeat(rrule, "completion"))).toBe(`${words}, from completion`);
});

const dates = fc
  .record({ year: fc.integer({ min: 1, max: 9900 }), month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 31 }) })
  .map((fields) => Temporal.PlainDate.from(fields));
/** Edge cases: leap days, ends of months and years. */
const hardDates = fc
  .constantFrom("2024-02-29", "2096-02-29", "2026-02-28", "2026-12-31", "2027-01-01", "2026-01-31", "2026-04-30")
  .map(day);
const anyDate = fc.oneof(hardDates, dates);

const weekdays = fc.constantFrom("MO", "TU", "WE", "TH", "FR", "SA", "SU");
const ordinalDays = fc.tuple(fc.constantFrom("", "1", "2", "4", "5", "-1", "-5", "9", "53", "-53"), weekdays).map((pair) => pair.join(""));
const intervals = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(7, 12, 28, 365, 773, 999));

function part<Value>(name: string, value: fc.Arbitrary<Value>): fc.Arbitrary<string> {
  return fc.option(value, { freq: 1, nil: undefined }).map((value) => (value === undefined ? "" : `;${name}=${value}`));
}

function some<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> {
  return fc.array(value, { minLength: 1, maxLength: 4 });
}

const endlessRules = fc
  .tuple(
    fc.constantFrom("FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"),
    part("INTERVAL", intervals),
    part("BYMONTH", some(fc.integer({ min: 1, max: 12 }))),
    part("BYMONTHDAY", some(fc.constantFrom(1, 2, 13, 28, 29, 30, 31, -1, -3, -28, -30, -31))),
    part("BYDAY", fc.oneof(some(weekdays), some(ordinalDays))),
    part("WKST", weekdays),
  )
  .map((parts) => parts.join(""))
  .filter((rrule) => Recurrence.safeParse({ rrule, anchor: "due" }).success);

const recurrences = fc.record({ rrule: endlessRules, anchor: fc.constantFrom("due" as const, "completion" as const) });

function isAfter(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) > 0;
}

/** An independent check of a single day, written from the text of RFC 5545 and our one departure from it. */
function isOn(rrule: string, start: Temporal.PlainDate, date: Temporal.PlainDate): boolean {
  const parts = new Map(rrule.split(";").map((part) => part.split("=") as [string, string]));
  const values = (name: string) => parts.get(name)?.split(",") ?? [];
  const freq = parts.get("FREQ");
  const [months, monthDays, days] = [values("BYMONTH"), values("BYMONTHDAY").map(Number), values("BYDAY")];
  if (months.length > 0 && !months.includes(`${date.month}`)) return false;
  const fromEnd = date.day - date.daysInMonth - 1;
  const isLacking = (monthDay: number) => (fromEnd === -1 && monthDay > date.day) || (date.day === 1 && monthDay < fromEnd);
  const isClamp = days.length === 0 && freq !== "DAILY" && monthDays.some(isLacking);
  if (monthDays.length > 0 && !monthDays.includes(date.day) && !monthDays.includes(fromEnd) && !isClamp) return false;
  const isOfYear = freq === "YEARLY" && months.length === 0;
  if (days.length > 0 && !days.some((name) => isNamed(name, date, isOfYear))) return false;
  const weekStart = 1 + ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].indexOf(parts.get("WKST") ?? "MO");
  return periodsBetween(freq, start, date, weekStart) % Number(parts.get("INTERVAL") ?? 1) === 0;
}

function isNamed(name: string, date: Temporal.PlainDate, isOfYear: boolean): boolean {
  if (name.slice(-2) !== date.toLocaleString("en", { weekday: "short" }).slice(0, 2).toUpperCase()) return false;
  const ordinal = Number(name.slice(0, -2));
  if (ordinal === 0) return true;
  const within = (other: Temporal.PlainDate) => other.year === date.year && (isOfYear || other.month === date.month);
  const first = date.subtract({ weeks: ordinal - Math.sign(ordinal) });
  return within(first) && !within(date.subtract({ weeks: ordinal }));
}

function periodsBetween(freq: string | undefined, start: Temporal.PlainDate, date: Temporal.PlainDate, weekStart: number): number {
  const firstOfWeek = (of: Temporal.PlainDate) => of.subtract({ days: (of.dayOfWeek - weekStart + 7) % 7 });
  if (freq === "DAILY") return start.until(date).days;
  if (freq === "WEEKLY") return firstOfWeek(start).until(firstOfWeek(date), { largestUnit: "weeks" }).weeks;
  if (freq === "MONTHLY") return start.with({ day: 1 }).until(date.with({ day: 1 }), { largestUnit: "months" }).months;
  return date.year - start.year;
}

const HORIZON = 500;

function firstByDay(rrule: string, start: Temporal.PlainDate, after: Temporal.PlainDate): string {
  for (let days = 1; days <= HORIZON; days++) {
    const date = after.add({ days });
    if (isOn(rrule, start, date)) return date.toString();
  }
  return "beyond the horizon";
}

test("the next date is the first one that a day-by-day search finds", () => {
  fc.assert(
    fc.property(endlessRules, anyDate, fc.integer({ min: -40, max: 800 }), (rrule, due, late) => {
      const today = due.add({ days: late });
      const expanded = recurrenceWithDays(repeat(rrule), due).rrule;
      const after = isAfter(today, due) ? today : due;
      const { date } = nextOccurrence(repeat(rrule), { due, today }) ?? { date: day("9999-12-31") };
      const isFar = isAfter(date, after.add({ days: HORIZON }));
      const expected = firstByDay(expanded, due, after);
      // None in the horizon: the date is further away, or the interval never meets the rule's days and is ignored.
      if (expected !== "beyond the horizon") expect(date.toString()).toBe(expected);
      else if (!isFar) expect(date.toString()).toBe(firstByDay(expanded.replace(/;INTERVAL=\d+/, ""), due, after));
    }),
    { numRuns: 300 },
  );
});

test("for any valid rule the next date is after the due date and today, and is found in bounded time", () => {
  fc.assert(
    fc.property(recurrences, anyDate, anyDate, fc.boolean(), (given, due, today, isSkipped) => {
      const recurrence = Recurrence.parse(given);
      const before = process.cpuUsage();
      const occurrence = nextOccurrence(recurrence, { due, today, completedOn: isSkipped ? undefined : today });
      // CPU time: wall time would include other processes.
      expect(process.cpuUsage(before).user).toBeLessThan(500_000);
      const date = occurrence?.date ?? Temporal.PlainDate.from("+010000-01-01");
      if (!occurrence) expect(Math.max(due.year, today.year)).toBeGreaterThan(8_900);
      expect(isAfter(date, today)).toBe(true);
      if (recurrence.anchor === "due" || isSkipped) expect(isAfter(date, due)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("upcoming dates rise strictly and equal those of completing each on its day", () => {
  fc.assert(
    fc.property(recurrences, anyDate, (given, due) => {
      let recurrence = Recurrence.parse(given);
      let previous = due;
      for (const date of upcomingDates(recurrence, due, 5)) {
        const occurrence = nextOccurrence(recurrence, { due: previous, today: previous, completedOn: previous });
        expect(occurrence?.date.toString()).toBe(date.toString());
        expect(isAfter(date, previous)).toBe(true);
        previous = date;
        recurrence = occurrence?.recurrence ?? recurrence;
      }
    }),
  );
});

test("COUNT=n gives n occurrences in all, for any rule", () => {
  fc.assert(
    fc.property(endlessRules, hardDates, fc.integer({ min: 1, max: 6 }), (rrule, due, count) => {
      const all = upcomingDates(repeat(rrule), due, count - 1);
      expect(upcomingDates(repeat(`${rrule};COUNT=${count}`), due, 10).join()).toBe(all.join());
    }),
  );
});

test("the canonical form is stable: on any day, in lower case and with its parts reversed", () => {
  fc.assert(
    fc.property(endlessRules, part("COUNT", fc.integer({ min: 1, max: 9999 })), anyDate, (rrule, count, due) => {
      const written = repeat(rrule + count);
      expect(Recurrence.parse(written)).toEqual(written);
      expect(repeat(written.rrule.toLowerCase().split(";").reverse().join(";"))).toEqual(written);
      const expanded = recurrenceWithDays(written, due);
      expect(Recurrence.parse(expanded)).toEqual(expanded);
      expect(recurrenceWithDays(expanded, due.add({ days: 3 }))).toEqual(expanded);
    }),
    { numRuns: 300 },
  );
});

test("an UNTIL at any time is stored as its own day or the one before", () => {
  fc.assert(
    fc.property(anyDate, fc.nat({ max: 86_399 }), fc.nat({ max: 1439 }), (date, second, minute) => {
      const at = date.toPlainDateTime().add({ seconds: second });
      const due = Temporal.PlainTime.from("00:00").add({ minutes: minute }).toString({ smallestUnit: "minute" });
      const until = at.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "");
      const last = Temporal.PlainTime.compare(due, at.toPlainTime()) > 0 ? date.subtract({ days: 1 }) : date;
      const stored = withUntilDay(repeat(`FREQ=DAILY;UNTIL=${until}`), due, "UTC");
      expect(withUntilDay(repeat(`FREQ=DAILY;UNTIL=${until}Z`), due, "UTC")).toEqual(stored);
      if (last.year > 0) expect(stored.rrule).toBe(`FREQ=DAILY;UNTIL=${last.toString().replaceAll("-", "")}`);
    }),
    { numRuns: 500 },
  );
});

test("no text makes the schema throw", () => {
  const pieces = fc.constantFrom(
    "FREQ",
    "=",
    ";",
    "DAILY",
    "BYDAY",
    "UNTIL",
    "__proto__",
    "constructor",
    "-1",
    "MO",
    ",",
    "99999999",
    "\0",
    "É",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((text) => text.join("")),
      ),
      (rrule) => {
        expect(() => Recurrence.safeParse({ rrule, anchor: "due" })).not.toThrow();
      },
    ),
  );
});
