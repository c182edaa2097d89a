import fc from "fast-check";
import { expect, test } from "vitest";
import { CAPTURE_LANGUAGES } from "#app/context.ts";
import { type Captured, capture } from "#app/tasks/capture/capture.ts";

/** 18 November 2026 is a Wednesday. */
const now = Temporal.ZonedDateTime.from("2026-11-18T10:30[Europe/Berlin]");
const lists = [{ id: "1", name: "Home" }];
const context = { now, lists };

const TITLES = ["Call Ann", "buy milk", "Read The 5th Wave", "Order 66 again", "Visit 5th Avenue", "Fix the sat nav", "Take 2 pills"];

const DAYS: [words: string, date: string][] = [
  ["today", "2026-11-18"],
  ["tomorrow", "2026-11-19"],
  ["tmrw", "2026-11-19"],
  ["day after tomorrow", "2026-11-20"],
  ["the day after tomorrow", "2026-11-20"],
  ["friday", "2026-11-20"],
  ["on friday", "2026-11-20"],
  ["by friday", "2026-11-20"],
  ["due friday", "2026-11-20"],
  ["this friday", "2026-11-20"],
  ["Fri", "2026-11-20"],
  ["next friday", "2026-11-27"],
  ["friday next week", "2026-11-27"],
  ["next week on friday", "2026-11-27"],
  ["friday week", "2026-11-27"],
  ["a week from friday", "2026-11-27"],
  ["a week on tuesday", "2026-12-01"],
  ["tuesday in 2 weeks", "2026-12-01"],
  ["in 3 days", "2026-11-21"],
  ["in two weeks", "2026-12-02"],
  ["in a fortnight", "2026-12-02"],
  ["3 days from now", "2026-11-21"],
  ["+3d", "2026-11-21"],
  ["on the 27th", "2026-11-27"],
  ["27th", "2026-11-27"],
  ["on the 27th of next month", "2026-12-27"],
  ["on 12 Dec", "2026-12-12"],
  ["12 December", "2026-12-12"],
  ["Dec 12th", "2026-12-12"],
  ["Sat 12 Dec", "2026-12-12"],
  ["Saturday, December 12", "2026-12-12"],
  ["the 12th of December", "2026-12-12"],
  ["12 Dec 2027", "2027-12-12"],
  ["December 12th, 2027", "2027-12-12"],
  ["5 May", "2027-05-05"],
  ["2026-12-24", "2026-12-24"],
  ["2026/12/24", "2026-12-24"],
  ["24.12.2026", "2026-12-24"],
  ["12/24/2026", "2026-12-24"],
  ["24/12", "2026-12-24"],
  ["on 5/5", "2027-05-05"],
  ["this weekend", "2026-11-21"],
  ["next weekend", "2026-11-28"],
  ["next month", "2026-12-01"],
  ["end of month", "2026-11-30"],
  ["by the end of next month", "2026-12-31"],
  ["end of January", "2027-01-31"],
  ["mid-December", "2026-12-15"],
  ["beginning of march", "2027-03-01"],
];

const TIMES: [words: string, time: string][] = [
  ["5pm", "17:00"],
  ["5 pm", "17:00"],
  ["5:15pm", "17:15"],
  ["5.15pm", "17:15"],
  ["5 p.m.", "17:00"],
  ["12am", "00:00"],
  ["12pm", "12:00"],
  ["at 5pm", "17:00"],
  ["at 5", "17:00"],
  ["at 5:15", "17:15"],
  ["at 05:15", "05:15"],
  ["at 9", "09:00"],
  ["at 9:15", "09:15"],
  ["at 17:15", "17:15"],
  ["17:15", "17:15"],
  ["@ 7pm", "19:00"],
  ["by noon", "12:00"],
  ["at half past 7", "07:30"],
  ["at quarter to 4", "15:45"],
  ["at 7 in the evening", "19:00"],
];

const PARTS: [words: string, clock: string, time: string][] = [
  ["tomorrow morning", "at 8", "08:00"],
  ["tomorrow afternoon", "at 3:15", "15:15"],
  ["tomorrow evening", "at 7", "19:00"],
  ["tomorrow evening", "7:30pm", "19:30"],
  ["tomorrow night", "at 9", "21:00"],
  ["tomorrow night", "22:15", "22:15"],
];

const REPEATS: [words: string, rule: string][] = [
  ["every day", "FREQ=DAILY"],
  ["daily", "FREQ=DAILY"],
  ["every other day", "FREQ=DAILY;INTERVAL=2"],
  ["every second day", "FREQ=DAILY;INTERVAL=2"],
  ["every 3rd day", "FREQ=DAILY;INTERVAL=3"],
  ["each week", "FREQ=WEEKLY"],
  ["ev monday", "FREQ=WEEKLY;BYDAY=MO"],
  ["every mon wed fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR"],
  ["every fri, wed, and mon", "FREQ=WEEKLY;BYDAY=MO,WE,FR"],
  ["every mon/wed/fri", "FREQ=WEEKLY;BYDAY=MO,WE,FR"],
  ["every sat-mon", "FREQ=WEEKLY;BYDAY=MO,SA,SU"],
  ["mon-fri", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
  ["weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
  ["every weekend", "FREQ=WEEKLY;BYDAY=SA,SU"],
  ["on mondays", "FREQ=WEEKLY;BYDAY=MO"],
  ["every two weeks on friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"],
  ["every second thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"],
  ["fortnightly on tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"],
  ["every 2nd thursday", "FREQ=MONTHLY;BYDAY=2TH"],
  ["every second thursday of the month", "FREQ=MONTHLY;BYDAY=2TH"],
  ["every last friday", "FREQ=MONTHLY;BYDAY=-1FR"],
  ["first monday of every month", "FREQ=MONTHLY;BYDAY=1MO"],
  ["every 1st and 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15"],
  ["every last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"],
  ["monthly on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15"],
  ["quarterly", "FREQ=MONTHLY;INTERVAL=3"],
  ["every year on Dec 24", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"],
  ["every 24 Dec", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"],
];

/** Words about time that no part can be taken of, beside any date. */
const SPOILERS = [
  "3-4pm",
  "from 3pm to 5pm",
  "except friday",
  "or monday",
  "at midnight",
  "every hour",
  "3 times a week",
  "until christmas",
  "later",
];

function dueOf({ fields }: Captured): string {
  return [fields.due?.date, fields.due?.time].filter(Boolean).join(" ");
}

const title = fc.constantFrom(...TITLES);

test("a date and a time are read whole in either order, before or after marks", () => {
  fc.assert(
    fc.property(
      title,
      fc.constantFrom(...DAYS),
      fc.constantFrom(...TIMES),
      fc.boolean(),
      fc.constantFrom("", ", "),
      (words, day, time, isDayFirst, comma) => {
        const [first, second] = isDayFirst ? [day[0], time[0]] : [time[0], day[0]];
        const captured = capture(`${words} ${first}${comma || " "}${second} #home`, context);
        expect(captured.fields.title).toBe(words);
        expect(dueOf(captured)).toBe(`${isGone(day, time) ? "2026-11-18" : day[1]} ${time[1]}`);
      },
    ),
    { numRuns: 2000 },
  );
});

/** Today's date stays, also with a time that has passed. */
function isGone([, date]: (typeof DAYS)[number], [, time]: (typeof TIMES)[number]): boolean {
  return date === "2026-11-18" && time < "10:30";
}

test("every day is read at the end of a line, and each time alone that needs no day", () => {
  for (const [words, date] of DAYS) expect(dueOf(capture(`Call Ann ${words}`, context)), words).toBe(date);
  for (const [words, time] of TIMES.filter(
    ([words]) => !/at 5|past|to 4|at 9$/u.test(words) || words === "at 5pm" || words === "at 05:15",
  )) {
    expect(capture(`Call Ann ${words}`, context).fields.due?.time, words).toBe(time);
  }
  for (const words of ["at 5", "at 5:15", "at 9", "at half past 7"]) expect(capture(`Call Ann ${words}`, context).spans, words).toEqual([]);
});

test("a part of the day says which half of the day a clock time is in", () => {
  for (const [part, clock, time] of PARTS) {
    for (const text of [`Call Ann ${part} ${clock}`, `Call Ann ${clock} ${part}`]) {
      expect(dueOf(capture(text, context)), text).toBe(`2026-11-19 ${time}`);
    }
  }
  expect(capture("Call Ann tonight at 11am", context).spans).toEqual([]);
});

test("a repeat is read with a time in either order, and starts on a day of its own", () => {
  fc.assert(
    fc.property(
      title,
      fc.constantFrom(...REPEATS),
      fc.constantFrom(...TIMES),
      fc.boolean(),
      (words, [repeat, rule], [clock, time], isRepeatFirst) => {
        const { fields } = capture(`${words} ${isRepeatFirst ? `${repeat} ${clock}` : `${clock} ${repeat}`}`, context);
        expect(fields).toMatchObject({ title: words, recurrence: { rrule: rule, anchor: "due" }, due: { time } });
      },
    ),
    { numRuns: 1000 },
  );
});

test("if words about time would stay, the whole line stays as typed", () => {
  const phrase = fc.oneof(fc.constantFrom(...DAYS), fc.constantFrom(...REPEATS)).map(([words]) => words);
  fc.assert(
    fc.property(title, phrase, fc.constantFrom(...SPOILERS), (words, part, spoiler) => {
      const text = `${words} ${part} ${spoiler}`;
      expect(capture(text, context)).toMatchObject({ fields: { title: text, due: null, recurrence: null }, spans: [] });
    }),
    { numRuns: 1000 },
  );
});

test("numeric dates follow the chosen order, and stay words if two are possible", () => {
  const dateIn = (text: string, order: "dmy" | "mdy" | "ymd" | null, language: "en" | "de" = "en") =>
    capture(`Trip ${text}`, { ...context, dateOrder: order, language }).fields.due?.date;
  expect(["3/4/2027", "3.4.2027", "3/4", "12/12"].map((text) => dateIn(text, null))).toEqual([undefined, undefined, undefined, undefined]);
  expect(["3/4/2027", "3.4.2027", "3/4"].map((text) => dateIn(text, "dmy"))).toEqual(["2027-04-03", "2027-04-03", "2027-04-03"]);
  expect(["3/4/2027", "3.4.2027", "3/4"].map((text) => dateIn(text, "mdy"))).toEqual(["2027-03-04", "2027-03-04", "2027-03-04"]);
  expect(dateIn("3/4", "ymd")).toBe("2027-03-04");
  expect([dateIn("27/1", "mdy"), dateIn("1/27", "dmy")]).toEqual(["2027-01-27", "2027-01-27"]);
  expect([dateIn("am 3.4.", null, "de"), dateIn("3.4.2027", "mdy", "de")]).toEqual(["2027-04-03", "2027-03-04"]);
});

test("English is understood beside every language, and no language without its setting", () => {
  for (const language of CAPTURE_LANGUAGES) {
    expect(dueOf(capture("Call Ann on friday at 5pm", { ...context, language })), language).toBe("2026-11-20 17:00");
  }
  for (const text of [
    "Zahnarzt morgen um 9:30",
    "Dentiste demain à 9h",
    "Dentista mañana",
    "Dentista domani",
    "Reunião amanhã",
    "Tandarts morgen",
  ]) {
    expect(capture(text, context).spans, text).toEqual([]);
  }
});

test("hours from now are exact over a change of the clocks, and may end on another day", () => {
  const before = Temporal.ZonedDateTime.from("2027-03-27T23:30[Europe/Berlin]");
  expect(dueOf(capture("Ring Ann in 3 hours", { now: before, lists }))).toBe("2027-03-28 03:30");
});

test("a list that does not exist is named and stays in the title, which is also there without it", () => {
  const { fields, spans, newList } = capture("Call bank tomorrow +Nowhere", context);
  expect(fields).toMatchObject({ title: "Call bank +Nowhere", list: null, due: { date: "2026-11-19" } });
  expect(spans.at(-1)).toMatchObject({ kind: "new_list", text: "+Nowhere", meaning: "Nowhere" });
  expect(newList).toEqual({ name: "Nowhere", title: "Call bank" });
  for (const text of ["Score +1", "C++ course", "+ more", "a+b"]) expect(capture(text, context).newList, text).toBeNull();
  expect(capture("+Nowhere", context).newList).toBeNull();
});

test("the time for a line grows with its length only", () => {
  const parts = [
    "every mon ",
    "1st ",
    "1st and ",
    "in 3 ",
    "a week on ",
    "mon/",
    "12 Dec ",
    "at 5 ",
    "next ",
    "“ ",
    "on the ",
    "p1 ",
    "+x ",
    "5 , ",
    "l'",
    "#a ",
    "+Home ",
    '" ',
    "due by the ",
    `every${" ".repeat(900)}`,
  ];
  const cost = (text: string) => {
    const before = process.threadCpuUsage();
    for (let i = 0; i < 5; i++) for (const language of ["en", "de", "fr"] as const) capture(text, { ...context, language });
    return process.threadCpuUsage(before).user / 15;
  };
  cost("Call Ann every monday");
  // Microseconds of CPU time: generous, as a quadratic step costs a hundred times more.
  for (const part of parts) expect(cost(part.repeat(1000).slice(0, 1000)), part).toBeLessThan(50_000);
});
