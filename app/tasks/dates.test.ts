import fc from "fast-check";
import { expect, test } from "vitest";
import { dayAt, dueLabel } from "#app/tasks/dates.ts";

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
const day = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => Temporal.PlainDate.from(date.toISOString().slice(0, 10)));

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

test("the nearest days have names", () => {
  const today = Temporal.PlainDate.from("2026-03-01");
  expect(dueLabel("2026-02-28", today)).toEqual({ text: "Yesterday", tone: "late" });
  expect(dueLabel("2026-03-01", today)).toEqual({ text: "Today", tone: "soon" });
  expect(dueLabel("2026-03-02", today)).toEqual({ text: "Tomorrow", tone: "plain" });
});

test("other days are written out, with the year only where it differs", () => {
  const today = Temporal.PlainDate.from("2026-11-21");
  expect(dueLabel("2026-11-23", today)).toEqual({ text: "Mon 23 Nov", tone: "plain" });
  expect(dueLabel("2026-11-19", today)).toEqual({ text: "Thu 19 Nov", tone: "late" });
  expect(dueLabel("2027-01-01", today)).toEqual({ text: "Fri 1 Jan 2027", tone: "plain" });
  expect(dueLabel("0001-01-01", today)).toEqual({ text: "Mon 1 Jan 1", tone: "late" });
});

test("whatever the two days, the label says on which side of today the due day lies", () => {
  const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  fc.assert(
    fc.property(day, day, (due, today) => {
      const { text, tone } = dueLabel(due.toString(), today);
      expect(tone).toBe({ "-1": "late", "0": "soon", "1": "plain" }[Temporal.PlainDate.compare(due, today)]);
      const days = today.until(due).days;
      const name = ["Yesterday", "Today", "Tomorrow"][days + 1];
      const [weekday, date, _month, year] = text.split(" ");
      const written = [weekdays[due.dayOfWeek - 1], String(due.day), due.year === today.year ? undefined : String(due.year)];
      expect(name ? text : [weekday, date, year]).toEqual(name ?? written);
    }),
  );
});
