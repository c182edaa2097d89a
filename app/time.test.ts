import fc from "fast-check";
import { expect, test } from "vitest";
import { instant, zone } from "#app/testing/instants.ts";
import { dayAt, isTimeZone, nextDayOr, userNowAt } from "#app/time.ts";

test("dayAt is the day of the calendar in the user's zone", () => {
  fc.assert(
    fc.property(instant, zone, (now, timezone) => {
      const { year, month, day } = dayAt(now, timezone);
      const calendar = new Intl.DateTimeFormat("en", { timeZone: timezone, year: "numeric", month: "numeric", day: "numeric" });
      expect(`${month}/${day}/${year}`).toBe(calendar.format(now.epochMilliseconds));
    }),
  );
});

test("a day begins at its first instant in the zone, with and without summer time", () => {
  fc.assert(
    fc.property(instant, zone, (now, timezone) => {
      const start = dayAt(now, timezone).toZonedDateTime({ timeZone: timezone }).toInstant();
      expect(dayAt(start, timezone).equals(dayAt(now, timezone))).toBe(true);
      expect(Temporal.PlainDate.compare(dayAt(start.subtract({ nanoseconds: 1 }), timezone), dayAt(now, timezone))).toBe(-1);
    }),
  );
});

test("the next day begins at the first instant that is no longer today, unless another instant comes first", () => {
  fc.assert(
    fc.property(instant, zone, (now, timezone) => {
      const userNow = userNowAt(now, timezone);
      const next = nextDayOr(null, userNow);
      expect(dayAt(next.subtract({ nanoseconds: 1 }), timezone).equals(userNow.today)).toBe(true);
      expect(Temporal.PlainDate.compare(dayAt(next, timezone), userNow.today)).toBe(1);
      expect(nextDayOr(now, userNow)).toBe(now);
      expect(nextDayOr(next.add({ seconds: 1 }), userNow).equals(next)).toBe(true);
    }),
  );
});

test("one instant falls on three different days around the world", () => {
  const noon = Temporal.Instant.from("2026-11-21T11:00:00Z");
  expect(dayAt(noon, "Etc/GMT+12").toString()).toBe("2026-11-20");
  expect(dayAt(noon, "UTC").toString()).toBe("2026-11-21");
  expect(dayAt(noon, "Pacific/Kiritimati").toString()).toBe("2026-11-22");
});

test("isTimeZone accepts IANA names only, without offsets and times", () => {
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

test("every accepted time zone can be used by Temporal", () => {
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
