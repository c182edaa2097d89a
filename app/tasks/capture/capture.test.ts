import fc from "fast-check";
import { expect, test } from "vitest";
import { type CapturedFields, capture } from "#app/tasks/capture/capture.ts";

/** 18 November 2026 is a Wednesday. */
const context = {
  now: Temporal.ZonedDateTime.from("2026-11-18T10:30[Europe/Berlin]"),
  lists: [
    { id: "1", name: "Home" },
    { id: "2", name: "Home improvement" },
    { id: "3", name: "Büro" },
  ],
};
const home = { id: "1", name: "Home" };

const NOT_RECOGNIZED = [
  // Numbers, ordinals, versions, fractions, addresses
  "The 5th Wave",
  "Renovation 2nd floor",
  "Read 1984",
  "version 2.0",
  "24 hour test",
  "Catch 22",
  "7/11 snacks",
  "Call 555 1234",
  "Buy 2 milk",
  "Celebrate 12/12",
  "Flight 12.12.",
  "Watch Ocean's 11",
  "Order 2026 calendars",
  "Read John 3:16",
  "Print in 16:9",
  "Sew a 5:1 ratio",
  "Bake at 180",
  "Meet Bob at 5",
  "Bus at 24:00",
  "Bus at 25:10",
  "Take 13pm to mean nothing",
  "Pay 0pm",
  "Rename scan-2026-12-12.pdf",
  "Rename 2026-12-12T10:00",
  "Archive the taxes of 12 Dec",
  "Scan the receipts on 2020-01-01",
  "Ask about 2026-02-30",
  "Nov 31 is no day",
  "Plan Dec 2026",
  "Party like 12 Dec 1999",
  "Sort photos 12 Dec 19",
  "Sort photos Mon 12 Dec",
  // Words that are also months, weekdays or dates
  "check money",
  "paprika",
  "Second coming",
  "May the force",
  "sun cream",
  "march on",
  "sat nav",
  "Call May",
  "may be 5 may help",
  "Ask Jan 5 questions",
  "march 5 miles",
  "Wed Anna and Bob",
  "Fix the sat nav on sat nav day",
  "Put cream on sun burn",
  "Next sun lotion to buy",
  "Watch Freaky Friday",
  "Shop on list Black Friday",
  "Sunday school picnic",
  "Watch Friday Night Lights",
  "Friday the 13th",
  "Read USA Today",
  "Watch Tomorrow Never Dies",
  "Edge of Tomorrow",
  "Today I learned",
  "Watch The Day After Tomorrow",
  "Read today's paper",
  "Buy tomorrow's bread",
  "Order cake for friday",
  "Move it to monday",
  "Notes from tomorrow",
  "Tomorrow is another day",
  "Decide (tomorrow)",
  "pre-tomorrow",
  "todayish",
  "mondayblues",
  "Around the world in 80 Days",
  "Join in 0 days",
  "Plan next week",
  "Next week tonight's host",
  "Take 12 Dec - 14 Dec off",
  "Fix 3 March bugs",
  "Order 2 Dec calendars",
  "1 May Street repairs",
  "Order 2 Dec attic boxes",
  "Print Monday starting lineup",
  "come in 2 weeks early",
  "in a year of change",
  "Rewatch Monday Night Football",
  "Record every Monday Night Football",
  "Buy every day carry kit",
  "Compare today and tomorrow",
  "Talk on monday about tea on friday",
  "Choose 5pm or 6pm",
  "Shift 5pm-6pm",
  "The 5pm train",
  "Meet 3 PM candidates",
  "Half past noon",
  // Words that look like repeats
  "Prepare weekly report",
  "Weekly review",
  "Read the Daily",
  "Subscribe to Publishers Weekly",
  "Everyday carry",
  "Ask every 3rd customer",
  "Test every sat nav",
  "Every Day Carry",
  "Hear Every Breath You Take",
  "every second monday",
  "every 0 days",
  "every 10 minutes",
  "not every day",
  "Every house on 5th street",
  "every! thing",
  "every 31 Feb",
  // Characters that look like marks
  "C# + Go @home",
  "fix #",
  "# Heading",
  "Fix #5",
  "a#b",
  "issue##double",
  "#one/two/three",
  "a+b",
  "+1 from me",
  "Add + to it",
  "x+Home",
  "!important",
  "wow!!!",
  "Wow !!",
  "!4 of them",
  "!0",
  "!10",
  "! 1",
  "Really !1!",
  "Hi!1",
  "email a@b.c",
  "http://x.y/#frag",
  "see https://x.y/today?d=2026-12-12#tomorrow",
  "mail tomorrow@example.org",
  // Quotes, texts without a title, other scripts
  "Read “the 5th” again",
  'Read "the 5th" again',
  'Watch "Tomorrow 5pm" !!',
  "Say “every day #x !1”",
  "«next friday» lesen",
  "„Tomorrow“ sehen",
  "tomorrow",
  "#home",
  "tomorrow 5pm #home !1",
  "Tomorrow.",
  "",
  "   ",
  "Kaufe Milch am Montag",
  "明日ミルクを買う#家",
  "💡 5️⃣ ideas",
  "  two  spaces  ",
];

test.each(NOT_RECOGNIZED)("nothing is recognized in: %s", (text) => {
  expect(capture(text, context)).toEqual({
    fields: { title: text, due: null, recurrence: null, labels: [], list: null, priority: 0 },
    spans: [],
    newList: null,
  });
});

const due = (date: string, time?: string) => ({ due: time ? { date, time } : { date } });
const repeat = (rrule: string, date: string, time?: string) => ({ ...due(date, time), recurrence: { rrule, anchor: "due" as const } });

const RECOGNIZED: [string, Partial<CapturedFields>][] = [
  // Days
  ["Call Bob today", { title: "Call Bob", ...due("2026-11-18") }],
  ["Call Bob tomorrow", { title: "Call Bob", ...due("2026-11-19") }],
  ["Call Bob TMRW!", { title: "Call Bob!", ...due("2026-11-19") }],
  ["CALL BOB TOMORROW", { title: "CALL BOB", ...due("2026-11-19") }],
  ["Tomorrow, call Bob", { title: "call Bob", ...due("2026-11-19") }],
  ["Call Bob tomorrow, then Ann", { title: "Call Bob, then Ann", ...due("2026-11-19") }],
  ["Pizza tonight", { title: "Pizza", ...due("2026-11-18", "20:00") }],
  ["Pizza tonight at 9", { title: "Pizza", ...due("2026-11-18", "21:00") }],
  ["Pizza tonight 7pm", { title: "Pizza", ...due("2026-11-18", "19:00") }],
  ["Run tomorrow morning", { title: "Run", ...due("2026-11-19", "09:00") }],
  ["Run this evening", { title: "Run", ...due("2026-11-18", "18:00") }],
  ["Run this morning", { title: "Run", ...due("2026-11-18") }],
  ["Finish this today", { title: "Finish this", ...due("2026-11-18") }],
  ["Dentist next fri", { title: "Dentist", ...due("2026-11-27") }],
  ["Dentist this friday", { title: "Dentist", ...due("2026-11-20") }],
  ["Dentist on monday", { title: "Dentist", ...due("2026-11-23") }],
  ["on monday call Bob", { title: "call Bob", ...due("2026-11-23") }],
  ["Dentist on Wednesday", { title: "Dentist", ...due("2026-11-18") }],
  ["Essay due friday", { title: "Essay", ...due("2026-11-20") }],
  ["Essay by sun", { title: "Essay", ...due("2026-11-22") }],
  ["Call mum friday", { title: "Call mum", ...due("2026-11-20") }],
  ["Call mum fri #home", { title: "Call mum", labels: ["home"], ...due("2026-11-20") }],
  ["Sat 5pm football", { title: "football", ...due("2026-11-21", "17:00") }],
  ["Pizza friday night", { title: "Pizza", ...due("2026-11-20", "20:00") }],
  ["Water plants in 3 days", { title: "Water plants", ...due("2026-11-21") }],
  ["Water plants in 2 weeks", { title: "Water plants", ...due("2026-12-02") }],
  ["Renew in a month", { title: "Renew", ...due("2026-12-18") }],
  ["Renew in two years", { title: "Renew", ...due("2028-11-18") }],
  ["Dentist next week", { title: "Dentist", ...due("2026-11-23") }],
  ["Party 12 Dec", { title: "Party", ...due("2026-12-12") }],
  ["Party Dec 12", { title: "Party", ...due("2026-12-12") }],
  ["Party on the 12th of December", { title: "Party", ...due("2026-12-12") }],
  ["Party Sat 12 Dec", { title: "Party", ...due("2026-12-12") }],
  ["Party Dec 12th, 2027 at Ann's", { title: "Party at Ann's", ...due("2027-12-12") }],
  ["Taxes 1 Feb", { title: "Taxes", ...due("2027-02-01") }],
  ["Meet Ann 5 May", { title: "Meet Ann", ...due("2027-05-05") }],
  ["Meet Ann May 5", { title: "Meet Ann", ...due("2027-05-05") }],
  ["Ship 2026-12-12", { title: "Ship", ...due("2026-12-12") }],
  ["Ship 2026-12-12 17:30", { title: "Ship", ...due("2026-12-12", "17:30") }],
  ["Party 18 Nov", { title: "Party", ...due("2026-11-18") }],
  ["12 Dec dentist", { title: "dentist", ...due("2026-12-12") }],
  ["Party 12 Dec with Ann", { title: "Party with Ann", ...due("2026-12-12") }],
  ["Buy milk, tomorrow", { title: "Buy milk", ...due("2026-11-19") }],
  ["Buy milk, tomorrow, 5pm, #home", { title: "Buy milk", labels: ["home"], ...due("2026-11-19", "17:00") }],
  // Times
  ["Call Bob tomorrow 5pm", { title: "Call Bob", ...due("2026-11-19", "17:00") }],
  ["Call Bob tomorrow, 5pm", { title: "Call Bob", ...due("2026-11-19", "17:00") }],
  ["Call Bob 5:45 pm tomorrow", { title: "Call Bob", ...due("2026-11-19", "17:45") }],
  ["Call Bob at 17:30", { title: "Call Bob", ...due("2026-11-18", "17:30") }],
  ["Call Bob at 9:05", { title: "Call Bob", ...due("2026-11-19", "09:05") }],
  ["Call Bob 5pm", { title: "Call Bob", ...due("2026-11-18", "17:00") }],
  ["Call Bob 5PM", { title: "Call Bob", ...due("2026-11-18", "17:00") }],
  ["Call Bob at 10:30", { title: "Call Bob", ...due("2026-11-19", "10:30") }],
  ["Call Bob at 10:31", { title: "Call Bob", ...due("2026-11-18", "10:31") }],
  ["Call Bob 9am", { title: "Call Bob", ...due("2026-11-19", "09:00") }],
  ["Call Bob 12am", { title: "Call Bob", ...due("2026-11-19", "00:00") }],
  ["Lunch at noon", { title: "Lunch", ...due("2026-11-18", "12:00") }],
  ["Report by 5pm on friday", { title: "Report", ...due("2026-11-20", "17:00") }],
  ["Call Bob today 9am", { title: "Call Bob", ...due("2026-11-18", "09:00") }],
  ["17:30 tomorrow football", { title: "football", ...due("2026-11-19", "17:30") }],
  // Repeats
  ["Stretch every day", { title: "Stretch", ...repeat("FREQ=DAILY", "2026-11-18") }],
  ["Every day stretch", { title: "stretch", ...repeat("FREQ=DAILY", "2026-11-18") }],
  ["Stretch daily", { title: "Stretch", ...repeat("FREQ=DAILY", "2026-11-18") }],
  ["Stretch every morning", { title: "Stretch", ...repeat("FREQ=DAILY", "2026-11-19", "09:00") }],
  ["Standup every weekday at 9:30am", { title: "Standup", ...repeat("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-19", "09:30") }],
  ["Brunch every weekend", { title: "Brunch", ...repeat("FREQ=WEEKLY;BYDAY=SA,SU", "2026-11-21") }],
  ["Bins every monday", { title: "Bins", ...repeat("FREQ=WEEKLY;BYDAY=MO", "2026-11-23") }],
  ["Bins every wednesday", { title: "Bins", ...repeat("FREQ=WEEKLY;BYDAY=WE", "2026-11-18") }],
  ["Bins every thu, mon", { title: "Bins", ...repeat("FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-19") }],
  ["Bins every tue and fri at 18:00", { title: "Bins", ...repeat("FREQ=WEEKLY;BYDAY=TU,FR", "2026-11-20", "18:00") }],
  ["Run every monday morning", { title: "Run", ...repeat("FREQ=WEEKLY;BYDAY=MO", "2026-11-23", "09:00") }],
  ["Bins every 2 weeks", { title: "Bins", ...repeat("FREQ=WEEKLY;INTERVAL=2", "2026-11-18") }],
  ["Bins every 2 weeks on Mon, Thu", { title: "Bins", ...repeat("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "2026-11-19") }],
  ["Bins every other monday", { title: "Bins", ...repeat("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-23") }],
  ["Rent every 1st", { title: "Rent", ...repeat("FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01") }],
  ["Rent every 1st and 15th", { title: "Rent", ...repeat("FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-12-01") }],
  ["Close books every month on the 31st", { title: "Close books", ...repeat("FREQ=MONTHLY;BYMONTHDAY=31", "2026-11-30") }],
  ["Close books every last day of the month", { title: "Close books", ...repeat("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30") }],
  ["Pub every last friday", { title: "Pub", ...repeat("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27") }],
  ["Pub every month on the first monday", { title: "Pub", ...repeat("FREQ=MONTHLY;BYDAY=1MO", "2026-12-07") }],
  ["Check-up every year", { title: "Check-up", ...repeat("FREQ=YEARLY", "2026-11-18") }],
  ["Gift every 24 Dec", { title: "Gift", ...repeat("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "2026-12-24") }],
  ["Leap every Feb 29", { title: "Leap", ...repeat("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2027-02-28") }],
  ["Review weekly", { title: "Review", ...repeat("FREQ=WEEKLY", "2026-11-18") }],
  ["Review monthly starting 1 Dec", { title: "Review", ...repeat("FREQ=MONTHLY", "2026-12-01") }],
  ["Review every month starting 1 Dec", { title: "Review", ...repeat("FREQ=MONTHLY", "2026-12-01") }],
  [
    "Descale every! 10 days",
    { title: "Descale", ...due("2026-11-18"), recurrence: { rrule: "FREQ=DAILY;INTERVAL=10", anchor: "completion" } },
  ],
  // Marks
  [
    "Pay rent every 1st 5pm #home !2",
    { title: "Pay rent", ...repeat("FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01", "17:00"), labels: ["home"], priority: 2 },
  ],
  ["Milk #café #to-do_2", { title: "Milk", labels: ["café", "to-do_2"] }],
  ["Milk #家 #Home #home", { title: "Milk", labels: ["家", "Home"] }],
  ["#a, #b milk", { title: "milk", labels: ["a", "b"] }],
  ["Milk +home", { title: "Milk", list: home }],
  ["Paint +HOME IMPROVEMENT, then rest", { title: "Paint, then rest", list: { id: "2", name: "Home improvement" } }],
  ["+büro Drucker", { title: "Drucker", list: { id: "3", name: "Büro" } }],
  ["Milk !3", { title: "Milk", priority: 3 }],
  ["Milk !1", { title: "Milk", priority: 1 }],
  // The last of a kind counts
  ["Milk !1 or !3", { title: "Milk !1 or", priority: 3 }],
  ["Milk +Büro +Home", { title: "Milk +Büro", list: home }],
  // Quotes are kept, the rest is recognized
  ["Read “the 5th” tomorrow", { title: "Read “the 5th”", ...due("2026-11-19") }],
  ['Cut 5" pipe tomorrow', { title: 'Cut 5" pipe', ...due("2026-11-19") }],
];

test.each(RECOGNIZED)("is recognized: %s", (text, fields) => {
  expect(capture(text, context).fields).toEqual({ due: null, recurrence: null, labels: [], list: null, priority: 0, ...fields });
});

test("spans have the position, kind, text and meaning of each recognized part", () => {
  expect(capture("Pay rent every 1st 5pm #home !2", context).spans).toEqual([
    { start: 9, end: 18, kind: "recurrence", text: "every 1st", meaning: "FREQ=MONTHLY;BYMONTHDAY=1" },
    { start: 19, end: 22, kind: "time", text: "5pm", meaning: "17:00" },
    { start: 23, end: 28, kind: "label", text: "#home", meaning: "home" },
    { start: 29, end: 31, kind: "priority", text: "!2", meaning: "2" },
  ]);
});

test("at most 20 labels are recognized", () => {
  const text = `Milk ${Array.from({ length: 22 }, (_, i) => `#l${i}`).join(" ")}`;
  expect(capture(text, context).fields).toMatchObject({ title: "Milk #l20 #l21", labels: { length: 20 } });
});

test.each([
  // Today is a Wednesday.
  ["next week", 1, "2026-11-23"],
  ["next week", 6, "2026-11-21"],
  ["next week", 7, "2026-11-22"],
  ["next sun", 1, "2026-11-29"],
  ["next sun", 7, "2026-11-22"],
  ["next fri", 6, "2026-11-27"],
  ["next sat", 6, "2026-11-21"],
])("%s counts from the user's first day of the week, %i: %s", (words, weekStart, date) => {
  expect(capture(`Dentist ${words}`, { ...context, weekStart }).fields.due).toEqual({ date });
});

test("a repeat of every few weeks has the user's weeks where they give other dates", () => {
  const rule = (words: string, weekStart: number) => capture(`Bins ${words}`, { ...context, weekStart }).fields.recurrence?.rrule;
  expect(rule("every 2 weeks on sun, mon", 7)).toBe("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU");
  expect(rule("every 2 weeks on sun, mon", 1)).toBe("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU");
  expect(rule("every mon and sun", 7)).toBe("FREQ=WEEKLY;BYDAY=MO,SU");
});

test("a part of today that is over sets no time", () => {
  const now = Temporal.ZonedDateTime.from("2026-11-18T21:00[Europe/Berlin]");
  expect(capture("Pizza tonight", { ...context, now }).fields.due).toEqual({ date: "2026-11-18" });
});

test("today is the day in the user's zone", () => {
  const instant = Temporal.Instant.from("2026-11-18T12:00Z");
  const dayIn = (zone: string) => capture("Milk today", { ...context, now: instant.toZonedDateTimeISO(zone) }).fields.due?.date;
  expect([dayIn("Etc/GMT+12"), dayIn("UTC"), dayIn("Pacific/Kiritimati")]).toEqual(["2026-11-18", "2026-11-18", "2026-11-19"]);
});

test("one month from the 31st is the last day of a shorter month", () => {
  const now = Temporal.ZonedDateTime.from("2027-01-31T08:00[UTC]");
  expect(capture("Renew in 1 month", { ...context, now }).fields.due).toEqual({ date: "2027-02-28" });
});

test("nothing is recognized in a text longer than 1,000 characters", () => {
  const text = `${"word ".repeat(400)}tomorrow`;
  expect(capture(text, context)).toMatchObject({ fields: { title: text, due: null }, spans: [] });
  const longest = `${"x".repeat(991)} tomorrow`;
  expect(capture(longest, context).fields.due).toEqual({ date: "2026-11-19" });
  expect(capture(`x${longest}`, context).fields.due).toBeNull();
});

const words = fc.constantFrom(
  ...["Call", "bob", "the", "5th", "12", "Dec", "May", "on", "by", "in", "3", "days", "next", "fri", "monday", "tomorrow", "tonight"],
  ...["5pm", "at", "17:30", "every", "every!", "other", "week", "and", "thu,", "1st", "daily", "of", "month", "last", "year", "2026-12-12"],
  ...["#home", "#é", "+Home", "improvement", "+büro", "!1", "!3", "!", ",", "-", "“", "”", "\uE001", "\uE002", "💡", "to", "Is", ":"],
);
const phrases = fc
  .array(fc.tuple(words, fc.constantFrom(" ", " ", " ", "  ", "\t", "\n", "")), { maxLength: 14 })
  .map((all) => all.flat().join(""));
const anything = fc.oneof(phrases, fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 60 }));
const noon = Temporal.PlainDateTime.from("2026-01-01T12:00");
const contexts = fc
  .record({
    minutes: fc.integer({ min: 0, max: 4_000_000 }),
    zone: fc.constantFrom("UTC", "Etc/GMT+12", "Pacific/Kiritimati", "America/New_York"),
  })
  .map(({ minutes, zone }) => ({ ...context, now: noon.add({ minutes }).toZonedDateTime(zone) }));

function withoutSpace(text: string): string {
  return text.replace(/\s+/gu, "");
}

test("spans are sorted and do not overlap, and the title is the rest of the text", () => {
  fc.assert(
    fc.property(anything, contexts, (text, when) => {
      const { fields, spans } = capture(text, when);
      let end = 0;
      let rest = "";
      for (const span of spans) {
        expect(span.start).toBeGreaterThanOrEqual(end);
        expect(span.end).toBeGreaterThan(span.start);
        expect(span.text).toBe(text.slice(span.start, span.end));
        // A list that does not exist stays in the title.
        rest += text.slice(end, span.kind === "new_list" ? span.end : span.start);
        end = span.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
      expect(withoutSpace(fields.title)).toBe(withoutSpace(rest + text.slice(end)));
      if (text.trim() !== "") expect(fields.title.trim()).not.toBe("");
      if (spans.length === 0) expect(fields.title).toBe(text);
    }),
    { numRuns: 3000 },
  );
});

test("a due day is never in the past, and every repeat has one", () => {
  fc.assert(
    fc.property(phrases, contexts, (text, when) => {
      const { due: day, recurrence } = capture(text, when).fields;
      if (recurrence) expect(day).not.toBeNull();
      if (day) expect(day.date >= when.now.toPlainDate().toString()).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("a weekday and a day of a month are the first such day from today on", () => {
  fc.assert(
    fc.property(contexts, fc.integer({ min: 0, max: 364 }), (when, days) => {
      const today = when.now.toPlainDate();
      const target = today.add({ days });
      const weekday = target.toLocaleString("en", { weekday: "long" });
      expect(capture(`Milk on ${weekday}`, when).fields.due?.date).toBe(today.add({ days: days % 7 }).toString());
      fc.pre(target.month !== 2 || target.day !== 29);
      const [day, month] = [target.day, target.toLocaleString("en", { month: "short" })];
      expect(capture(`Milk ${day} ${month}`, when).fields.due?.date).toBe(target.toString());
      expect(capture(`Milk on ${month} ${day}`, when).fields.due?.date).toBe(target.toString());
    }),
    { numRuns: 300 },
  );
});

test("nothing is recognized in quotes", () => {
  const unquoted = phrases.map((text) => text.replace(/[“”\n]/gu, " "));
  fc.assert(
    fc.property(unquoted, (text) => {
      expect(capture(`“${text}”`, context).fields.title).toBe(`“${text}”`);
    }),
  );
  fc.assert(
    fc.property(unquoted, (text) => {
      expect(capture(`Read "${text}"`, context).spans).toEqual([]);
    }),
  );
});

test("a rejected span's words stay in the title", () => {
  fc.assert(
    fc.property(phrases, fc.nat(), (text, pick) => {
      const { spans } = capture(text, context);
      const words = spans[pick % spans.length]?.text.replace(/^,\s+|[,:]$/gu, "");
      if (words === undefined) return;
      expect(capture(text, { ...context, rejected: [words] }).fields.title).toContain(words);
    }),
    { numRuns: 1000 },
  );
});

test("a rejected span stays rejected without the comma that it included", () => {
  const rejected = capture("Pay on Friday, 5pm", context).spans.map((span) => span.text);
  expect(rejected).toEqual(["on Friday,", "5pm"]);
  expect(capture("Pay on Friday", { ...context, rejected }).fields).toMatchObject({ title: "Pay on Friday", due: null });
});

test("nothing is recognized when every span is rejected", () => {
  const text = "Pay rent every 2 weeks on mon, thu 5pm #home +Home !2";
  const rejected = capture(text, context).spans.map((span) => span.text);
  expect(capture(text, { ...context, rejected }).fields.title).toBe(text);
});

test("nothing is recognized in text without marks, digits and Latin letters", () => {
  const foreign = fc.string({ unit: "binary", maxLength: 80 }).map((text) => text.replace(/[#+!\p{N}\p{Script=Latin}\u212A]/gu, "ж"));
  fc.assert(
    fc.property(foreign, (text) => {
      expect(capture(text, context).fields.title).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test("reads each list's name as often for one `+` as for hundreds", () => {
  let reads = 0;
  const lists = Array.from({ length: 1000 }, (_, index) => ({
    id: String(index),
    get name() {
      reads += 1;
      return `List ${index}`;
    },
  }));
  const readsFor = (text: string) => {
    reads = 0;
    capture(text, { ...context, lists });
    return reads;
  };
  expect(readsFor("+x ".repeat(300))).toBe(readsFor("+x"));
  expect(readsFor("No mark at all")).toBe(0);
  expect(capture("Milk +list 999", { ...context, lists }).fields).toMatchObject({ title: "Milk", list: { id: "999" } });
});

test("a list is found in any case and Unicode form, and the longest name wins", () => {
  const typed: [text: string, id: string | undefined, title: string][] = [
    ["Paint +büro", "3", "Paint"],
    ["Paint +BÜRO, white", "3", "Paint, white"],
    [`Paint +${"Büro".normalize("NFD")} white`, "3", "Paint white"],
    ["Paint +ｈｏｍｅ white", "1", "Paint white"],
    ["Paint +home improvement white", "2", "Paint white"],
    ["Paint +home improvements", "1", "Paint improvements"],
    ["Paint +buro", undefined, "Paint +buro"],
  ];
  for (const [text, id, title] of typed) {
    const { fields } = capture(text, context);
    expect(fields.list?.id, text).toBe(id);
    expect(fields.title, text).toBe(title);
  }
});

test("of lists with equal names, the first one is found", () => {
  const lists = ["Home", "HOME", "home"].map((name, index) => ({ id: String(index), name }));
  expect(capture("Paint +home", { ...context, lists }).fields.list).toEqual({ id: "0", name: "Home" });
});

test("a label is spelled as the existing one", () => {
  const labels = ["Errands", "Café"];
  const { fields } = capture(`Buy milk #errands #${"café".normalize("NFD")} #ERRANDS #Cafe`, { ...context, labels });
  expect(fields).toMatchObject({ title: "Buy milk", labels: ["Errands", "Café", "Cafe"] });
});

test("many marks of lists cost little, however long the names of lists are", () => {
  const lists = Array.from({ length: 1000 }, (_, index) => ({ id: String(index), name: `${"a ".repeat(45)}${index}` }));
  const before = process.cpuUsage();
  capture("+a ".repeat(333), { ...context, lists });
  capture(`+${"!".repeat(990)}`, { ...context, lists });
  expect(process.cpuUsage(before).user).toBeLessThan(500_000);
});
