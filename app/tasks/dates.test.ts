import fc from "fast-check";
import { expect, test } from "vitest";
import { dueDay, dueInstant, dueTime, isOverdue } from "#app/tasks/dates.ts";
import { instant, zone } from "#app/testing/instants.ts";
import { dayAt, startOfDay, userNowAt } from "#app/time.ts";

test("an untimed task is overdue from the end of its day in the user's zone", () => {
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

test("a time is overdue once it has passed: by the user's clock if it floats, else by its own zone", () => {
  fc.assert(
    fc.property(instant, zone, zone, (now, here, there) => {
      const wall = now.toZonedDateTimeISO(there).with({ second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });
      const due = { date: wall.toPlainDate().toString(), time: wall.toPlainTime().toString({ smallestUnit: "minute" }) };
      const fixed = { ...due, timezone: there };
      // At the end of summer time a wall time occurs twice; the first one counts.
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

test("a time skipped by daylight saving time is due after the change", () => {
  const skipped = { date: "2026-03-29", time: "01:30", timezone: "Europe/Lisbon" };
  expect(dueTime(skipped, { timezone: "Europe/Lisbon" })).toBe("02:30");
  expect(isOverdue(skipped, userNowAt(Temporal.Instant.from("2026-03-29T01:30:00Z"), "UTC"))).toBe(false);
  expect(isOverdue(skipped, userNowAt(Temporal.Instant.from("2026-03-29T01:30:01Z"), "UTC"))).toBe(true);
});

test("a time that a change of the clocks repeats is the first one, and one that it skips comes as much later", () => {
  const lisbon = (date: string) => dueInstant({ date, time: "01:30", timezone: "Europe/Lisbon" })?.toString();
  expect(lisbon("2026-10-25")).toBe("2026-10-25T00:30:00Z");
  expect(lisbon("2026-03-29")).toBe("2026-03-29T01:30:00Z");
});
