import fc from "fast-check";
import { expect, test } from "vitest";
import { nearbyDay } from "#app/tasks/forms/nearby-day.ts";

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => Temporal.PlainDate.from("2000-01-01").add({ days }));
const weekday = fc.integer({ min: 1, max: 7 });

test("each name gives its day, counted from a Wednesday", () => {
  const wednesday = Temporal.PlainDate.from("2026-11-25");
  const days = ["today", "tomorrow", "weekend", "next-week"].map((name) => nearbyDay(name, wednesday, 1)?.toString());
  expect(days).toEqual(["2026-11-25", "2026-11-26", "2026-11-28", "2026-11-30"]);
  expect(nearbyDay("next-week", wednesday, 7)?.toString()).toBe("2026-11-29");
  expect(nearbyDay("someday", wednesday, 1)).toBeUndefined();
});

test("weekend is the first Saturday after today, and next week the first day of the user's week", () => {
  fc.assert(
    fc.property(day, weekday, (today, weekStart) => {
      for (const [name, expected] of [["weekend", 6] as const, ["next-week", weekStart] as const]) {
        const found = nearbyDay(name, today, weekStart);
        expect(found?.dayOfWeek).toBe(expected);
        expect(today.until(found ?? today).days).toBeGreaterThanOrEqual(1);
        expect(today.until(found ?? today).days).toBeLessThanOrEqual(7);
      }
    }),
  );
});
