import { expect, test } from "vitest";
import { Recurrence, upcomingDates } from "#app/tasks/recurrence/recurrence.ts";
import { normalizeRecurrence } from "#app/tasks/rules.ts";

// The examples of RFC 5545 section 3.8.5.3 that have only supported parts, as they are written there: every DTSTART is at 9:00 in
// New York. They leave out FREQ=HOURLY and MINUTELY, BYYEARDAY, BYWEEKNO and BYSETPOS.

interface Example {
  start: string;
  rules: string[];
  /** By month, such as `1997-09`: the days, such as `2-4,9`. */
  dates: Record<string, string>;
  /** The RFC writes "..." after the last date. */
  isEndless?: true;
}

const EXAMPLES: Example[] = [
  { start: "1997-09-02", rules: ["FREQ=DAILY;COUNT=10"], dates: { "1997-09": "2-11" } },
  {
    start: "1997-09-02",
    rules: ["FREQ=DAILY;UNTIL=19971224T000000Z"],
    dates: { "1997-09": "2-30", "1997-10": "1-31", "1997-11": "1-30", "1997-12": "1-23" },
  },
  {
    start: "1997-09-02",
    rules: ["FREQ=DAILY;INTERVAL=2"],
    dates: {
      "1997-09": "2,4,6,8,10,12,14,16,18,20,22,24,26,28,30",
      "1997-10": "2,4,6,8,10,12,14,16,18,20,22,24,26,28,30",
      "1997-11": "1,3,5,7,9,11,13,15,17,19,21,23,25,27,29",
      "1997-12": "1,3",
    },
    isEndless: true,
  },
  { start: "1997-09-02", rules: ["FREQ=DAILY;INTERVAL=10;COUNT=5"], dates: { "1997-09": "2,12,22", "1997-10": "2,12" } },
  {
    start: "1998-01-01",
    rules: ["FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1"],
    dates: { "1998-01": "1-31", "1999-01": "1-31", "2000-01": "1-31" },
  },
  {
    start: "1997-09-02",
    rules: ["FREQ=WEEKLY;COUNT=10"],
    dates: { "1997-09": "2,9,16,23,30", "1997-10": "7,14,21,28", "1997-11": "4" },
  },
  {
    start: "1997-09-02",
    rules: ["FREQ=WEEKLY;UNTIL=19971224T000000Z"],
    dates: { "1997-09": "2,9,16,23,30", "1997-10": "7,14,21,28", "1997-11": "4,11,18,25", "1997-12": "2,9,16,23" },
  },
  {
    start: "1997-09-02",
    rules: ["FREQ=WEEKLY;INTERVAL=2;WKST=SU"],
    dates: {
      "1997-09": "2,16,30",
      "1997-10": "14,28",
      "1997-11": "11,25",
      "1997-12": "9,23",
      "1998-01": "6,20",
      "1998-02": "3,17",
    },
    isEndless: true,
  },
  {
    start: "1997-09-02",
    rules: ["FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH"],
    dates: { "1997-09": "2,4,9,11,16,18,23,25,30", "1997-10": "2" },
  },
  {
    start: "1997-09-01",
    rules: ["FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR"],
    dates: {
      "1997-09": "1,3,5,15,17,19,29",
      "1997-10": "1,3,13,15,17,27,29,31",
      "1997-11": "10,12,14,24,26,28",
      "1997-12": "8,10,12,22",
    },
  },
  {
    start: "1997-09-02",
    rules: ["FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH"],
    dates: { "1997-09": "2,4,16,18,30", "1997-10": "2,14,16" },
  },
  {
    start: "1997-09-05",
    rules: ["FREQ=MONTHLY;COUNT=10;BYDAY=1FR"],
    dates: {
      "1997-09": "5",
      "1997-10": "3",
      "1997-11": "7",
      "1997-12": "5",
      "1998-01": "2",
      "1998-02": "6",
      "1998-03": "6",
      "1998-04": "3",
      "1998-05": "1",
      "1998-06": "5",
    },
  },
  {
    start: "1997-09-05",
    rules: ["FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR"],
    dates: { "1997-09": "5", "1997-10": "3", "1997-11": "7", "1997-12": "5" },
  },
  {
    start: "1997-09-07",
    rules: ["FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU"],
    dates: { "1997-09": "7,28", "1997-11": "2,30", "1998-01": "4,25", "1998-03": "1,29", "1998-05": "3,31" },
  },
  {
    start: "1997-09-22",
    rules: ["FREQ=MONTHLY;COUNT=6;BYDAY=-2MO"],
    dates: { "1997-09": "22", "1997-10": "20", "1997-11": "17", "1997-12": "22", "1998-01": "19", "1998-02": "16" },
  },
  {
    start: "1997-09-28",
    rules: ["FREQ=MONTHLY;BYMONTHDAY=-3"],
    dates: { "1997-09": "28", "1997-10": "29", "1997-11": "28", "1997-12": "29", "1998-01": "29", "1998-02": "26" },
    isEndless: true,
  },
  {
    start: "1997-09-02",
    rules: ["FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15"],
    dates: { "1997-09": "2,15", "1997-10": "2,15", "1997-11": "2,15", "1997-12": "2,15", "1998-01": "2,15" },
  },
  {
    start: "1997-09-30",
    rules: ["FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1"],
    dates: { "1997-09": "30", "1997-10": "1,31", "1997-11": "1,30", "1997-12": "1,31", "1998-01": "1,31", "1998-02": "1" },
  },
  {
    start: "1997-09-10",
    rules: ["FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15"],
    dates: { "1997-09": "10-15", "1999-03": "10-13" },
  },
  {
    start: "1997-09-02",
    rules: ["FREQ=MONTHLY;INTERVAL=2;BYDAY=TU"],
    dates: { "1997-09": "2,9,16,23,30", "1997-11": "4,11,18,25", "1998-01": "6,13,20,27", "1998-03": "3,10,17,24,31" },
    isEndless: true,
  },
  {
    start: "1997-06-10",
    rules: ["FREQ=YEARLY;COUNT=10;BYMONTH=6,7"],
    dates: {
      "1997-06": "10",
      "1997-07": "10",
      "1998-06": "10",
      "1998-07": "10",
      "1999-06": "10",
      "1999-07": "10",
      "2000-06": "10",
      "2000-07": "10",
      "2001-06": "10",
      "2001-07": "10",
    },
  },
  {
    start: "1997-03-10",
    rules: ["FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3"],
    dates: {
      "1997-03": "10",
      "1999-01": "10",
      "1999-02": "10",
      "1999-03": "10",
      "2001-01": "10",
      "2001-02": "10",
      "2001-03": "10",
      "2003-01": "10",
      "2003-02": "10",
      "2003-03": "10",
    },
  },
  {
    start: "1997-05-19",
    rules: ["FREQ=YEARLY;BYDAY=20MO"],
    dates: { "1997-05": "19", "1998-05": "18", "1999-05": "17" },
    isEndless: true,
  },
  {
    start: "1997-03-13",
    rules: ["FREQ=YEARLY;BYMONTH=3;BYDAY=TH"],
    dates: { "1997-03": "13,20,27", "1998-03": "5,12,19,26", "1999-03": "4,11,18,25" },
    isEndless: true,
  },
  {
    start: "1997-06-05",
    rules: ["FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8"],
    dates: {
      "1997-06": "5,12,19,26",
      "1997-07": "3,10,17,24,31",
      "1997-08": "7,14,21,28",
      "1998-06": "4,11,18,25",
      "1998-07": "2,9,16,23,30",
      "1998-08": "6,13,20,27",
      "1999-06": "3,10,17,24",
      "1999-07": "1,8,15,22,29",
      "1999-08": "5,12,19,26",
    },
    isEndless: true,
  },
  {
    // An EXDATE takes out the start.
    start: "1997-09-02",
    rules: ["FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"],
    dates: { "1997-09": "2", "1998-02": "13", "1998-03": "13", "1998-11": "13", "1999-08": "13", "2000-10": "13" },
    isEndless: true,
  },
  {
    start: "1997-09-13",
    rules: ["FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13"],
    dates: {
      "1997-09": "13",
      "1997-10": "11",
      "1997-11": "8",
      "1997-12": "13",
      "1998-01": "10",
      "1998-02": "7",
      "1998-03": "7",
      "1998-04": "11",
      "1998-05": "9",
      "1998-06": "13",
    },
    isEndless: true,
  },
  {
    start: "1996-11-05",
    rules: ["FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"],
    dates: { "1996-11": "5", "2000-11": "7", "2004-11": "2" },
    isEndless: true,
  },
  {
    start: "1997-08-05",
    rules: ["FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO"],
    dates: { "1997-08": "5,10,19,24" },
  },
  {
    start: "1997-08-05",
    rules: ["FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU"],
    dates: { "1997-08": "5,17,19,31" },
  },
  {
    // The RFC ignores 30 February, which is the last day of the month to us.
    start: "2007-01-15",
    rules: ["FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5"],
    dates: { "2007-01": "15,30", "2007-02": "15,28", "2007-03": "15" },
  },
];

function written(dates: Example["dates"]): string[] {
  return Object.entries(dates).flatMap(([month, days]) =>
    days.split(",").flatMap((part) => {
      const [first = 0, last = first] = part.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => `${month}-${String(first + index).padStart(2, "0")}`);
    }),
  );
}

const CASES = EXAMPLES.flatMap(({ rules, ...example }) => rules.map((rrule) => ({ rrule, ...example })));

test.each(CASES)("$rrule from $start has the dates of RFC 5545 section 3.8.5.3", ({ rrule, start, dates, isEndless }) => {
  const recurrence = Recurrence.parse({ rrule, anchor: "due" });
  const due = { date: start, time: "09:00", timezone: "America/New_York" };
  const stored = normalizeRecurrence({ recurrence, due }, "Asia/Tokyo").recurrence;
  const [first, ...expected] = written(dates);
  expect(first).toBe(start);
  const actual = upcomingDates(stored, Temporal.PlainDate.from(start), expected.length + (isEndless ? 0 : 1));
  expect(actual.map(String)).toEqual(expected);
});

test("all of the RFC's examples that have only supported parts are there", () => {
  expect(CASES).toHaveLength(33);
});
