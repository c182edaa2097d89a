import fc from "fast-check";
import { expect, test } from "vitest";
import { dueDay, dueTime, isOverdue } from "#app/tasks/dates.ts";
import { dayAt, isTimeZone, startOfDay, userNowAt } from "#app/time.ts";

/** From UTC−12 to UTC+14, with and without summer time, with half hours, and with a day that never was (Apia, 30 December 2011). */
const ZONES = [
  "Etc/GMT+12",
  "Pacific/Pago_Pago",
  "America/St_Johns",
  "America/New_York",
  "UTC",
  "Europe/Lisbon",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Pacific/Apia",
  "Pacific/Kiritimati",
];

const zone = fc.constantFrom(...ZONES);
const instant = fc
  .integer({
    min: Temporal.Instant.from("1971-01-01T00:00Z").epochMilliseconds,
    max: Temporal.Instant.from("2100-01-01T00:00Z").epochMilliseconds,
  })
  .map((milliseconds) => Temporal.Instant.fromEpochMilliseconds(milliseconds));

test("the day where the user is, is the one on a calendar there", () => {
  fc.assert(
    fc.property(instant, zone, (now, timezone) => {
      const { year, month, day } = dayAt(now, timezone);
      const shown = new Intl.DateTimeFormat("en", { timeZone: timezone, year: "numeric", month: "numeric", day: "numeric" });
      expect(`${month}/${day}/${year}`).toBe(shown.format(now.epochMilliseconds));
    }),
  );
});

test("a day begins at the first instant of its own zone, summer time or not", () => {
  fc.assert(
    fc.property(instant, zone, (now, timezone) => {
      const begins = dayAt(now, timezone).toZonedDateTime({ timeZone: timezone }).toInstant();
      expect(dayAt(begins, timezone).equals(dayAt(now, timezone))).toBe(true);
      expect(Temporal.PlainDate.compare(dayAt(begins.subtract({ nanoseconds: 1 }), timezone), dayAt(now, timezone))).toBe(-1);
    }),
  );
});

test("one instant has three days on earth", () => {
  const noon = Temporal.Instant.from("2026-11-21T11:00:00Z");
  expect(dayAt(noon, "Etc/GMT+12").toString()).toBe("2026-11-20");
  expect(dayAt(noon, "UTC").toString()).toBe("2026-11-21");
  expect(dayAt(noon, "Pacific/Kiritimati").toString()).toBe("2026-11-22");
});

test("a time zone is one that the calendar knows too", () => {
  for (const name of ["Europe/Lisbon", "utc", "Etc/GMT+12", "Asia/Calcutta"]) expect(isTimeZone(name)).toBe(true);
  for (const name of [
    "",
    "Mars/Olympus",
    "+01:00",
    "-12",
    "Europe/Lisbon ",
    "../etc",
    "T12:00Z",
    "T00Z",
    "T12:00+05:00",
    "T12:00[Europe/Paris]",
    "\0",
    null,
    1,
  ])
    expect(isTimeZone(name)).toBe(false);
});

test("whatever is taken for a time zone, there is a day in it", () => {
  const typed = fc.oneof(
    fc.string(),
    fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
    fc.stringMatching(/^[A-Z]{3,4}[+-]?\d{0,4}$/),
  );
  fc.assert(
    fc.property(typed, (name) => {
      if (isTimeZone(name)) Temporal.Now.plainDateISO(name);
    }),
  );
});

test("a task that is due on a day is not overdue before that day has ended where the user is, and is from then on", () => {
  fc.assert(
    fc.property(instant, zone, (now, timezone) => {
      const userNow = userNowAt(now, timezone);
      const due = { date: userNow.today.toString(), time: null, timezone: null };
      expect(isOverdue(due, userNow)).toBe(false);
      const ends = startOfDay(userNow.today.add({ days: 1 }), timezone);
      expect(isOverdue(due, userNowAt(ends.subtract({ nanoseconds: 1 }), timezone))).toBe(false);
      expect(isOverdue(due, userNowAt(ends, timezone))).toBe(true);
    }),
  );
});

test("a time is overdue once it has passed: floating by the user's clock, else by its own zone's", () => {
  fc.assert(
    fc.property(instant, zone, zone, (now, here, there) => {
      const wall = now.toZonedDateTimeISO(there).with({ second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });
      const due = { date: wall.toPlainDate().toString(), time: wall.toPlainTime().toString({ smallestUnit: "minute" }) };
      const fixed = { ...due, timezone: there };
      // At the end of summer time a wall time comes twice, and the first is meant.
      const meant = wall.toPlainDateTime().toZonedDateTime(there).toInstant();
      expect(isOverdue(fixed, userNowAt(meant, here))).toBe(false);
      expect(isOverdue(fixed, userNowAt(meant.add({ seconds: 1 }), here))).toBe(true);
      expect(dueDay(fixed, { timezone: here }).equals(dayAt(meant, here))).toBe(true);
      expect(dueTime(fixed, { timezone: there })).toBe(due.time);
      expect(isOverdue({ ...due, timezone: null }, userNowAt(wall.toInstant(), there))).toBe(false);
      expect(isOverdue({ ...due, timezone: null }, userNowAt(wall.toInstant().add({ seconds: 1 }), there))).toBe(true);
    }),
  );
});

test("a time that a spring night leaves out is due when the clocks have gone forward", () => {
  const skipped = { date: "2026-03-29", time: "01:30", timezone: "Europe/Lisbon" };
  expect(dueTime(skipped, { timezone: "Europe/Lisbon" })).toBe("02:30");
  expect(isOverdue(skipped, userNowAt(Temporal.Instant.from("2026-03-29T01:30:00Z"), "UTC"))).toBe(false);
  expect(isOverdue(skipped, userNowAt(Temporal.Instant.from("2026-03-29T01:30:01Z"), "UTC"))).toBe(true);
});
