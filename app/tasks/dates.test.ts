import fc from "fast-check";
import { expect, test } from "vitest";
import { dayAt, isTimeZone } from "#app/tasks/dates.ts";

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
  .date({ min: new Date("1971-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((date) => Temporal.Instant.fromEpochMilliseconds(date.getTime()));

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
  for (const name of ["", "Mars/Olympus", "+01:00", "-12", "Europe/Lisbon ", "../etc", "\0", null, 1]) expect(isTimeZone(name)).toBe(false);
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
