import fc from "fast-check";
import { expect, test } from "vitest";
import { clockTime, dueLabel } from "#app/tasks/due-label.ts";
import { startOfDay, userNowAt } from "#app/time.ts";

const day = fc
  .integer({ min: 0, max: Temporal.PlainDate.from("0001-01-01").until("9999-12-31").days })
  .map((days) => Temporal.PlainDate.from("0001-01-01").add({ days }));

function label(date: string, today: Temporal.PlainDate) {
  const userNow = userNowAt(startOfDay(today, "Europe/Lisbon"), "Europe/Lisbon");
  return dueLabel({ date, time: null, timezone: null }, userNow, "24");
}

test("the nearest days are named", () => {
  const today = Temporal.PlainDate.from("2026-03-01");
  expect(label("2026-02-28", today)).toEqual({ text: "Yesterday", tone: "late" });
  expect(label("2026-03-01", today)).toEqual({ text: "Today", tone: "soon" });
  expect(label("2026-03-02", today)).toEqual({ text: "Tomorrow", tone: "plain" });
});

test("other days are written out, with the year only where it differs", () => {
  const today = Temporal.PlainDate.from("2026-11-21");
  expect(label("2026-11-23", today)).toEqual({ text: "Mon 23 Nov", tone: "plain" });
  expect(label("2026-11-19", today)).toEqual({ text: "Thu 19 Nov", tone: "late" });
  expect(label("2027-01-01", today)).toEqual({ text: "Fri 1 Jan 2027", tone: "plain" });
  expect(label("0001-01-01", today)).toEqual({ text: "Mon 1 Jan 1", tone: "late" });
});

test("the label of any day says on which side of today it is", () => {
  const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  fc.assert(
    fc.property(day, day, (due, today) => {
      const { text, tone } = label(due.toString(), today);
      expect(tone).toBe({ "-1": "late", "0": "soon", "1": "plain" }[Temporal.PlainDate.compare(due, today)]);
      const days = today.until(due).days;
      const name = ["Yesterday", "Today", "Tomorrow"][days + 1];
      const [weekday, date, _month, year] = text.split(" ");
      const written = [weekdays[due.dayOfWeek - 1], String(due.day), due.year === today.year ? undefined : String(due.year)];
      expect(name ? text : [weekday, date, year]).toEqual(name ?? written);
    }),
  );
});

test("a time is formatted by the user's clock setting", () => {
  expect(["00:00", "09:05", "12:00", "12:30", "17:00"].map((time) => clockTime(time, "24"))).toEqual([
    "00:00",
    "09:05",
    "12:00",
    "12:30",
    "17:00",
  ]);
  expect(["00:00", "09:05", "12:00", "12:30", "17:00"].map((time) => clockTime(time, "12"))).toEqual([
    "12am",
    "9:05am",
    "12pm",
    "12:30pm",
    "5pm",
  ]);
});

test("today's label is the time alone, and a time with a zone is shown as the user's day and time", () => {
  const userNow = userNowAt(Temporal.Instant.from("2026-11-21T12:00:00Z"), "Europe/Lisbon");
  const at = (date: string, time: string | null, timezone: string | null = null) => dueLabel({ date, time, timezone }, userNow, "24");
  expect(at("2026-11-21", "17:00")).toEqual({ text: "17:00", tone: "soon" });
  expect(at("2026-11-21", "11:59")).toEqual({ text: "11:59", tone: "late" });
  expect(at("2026-11-21", null)).toEqual({ text: "Today", tone: "soon" });
  expect(at("2026-11-22", "02:00", "Asia/Tokyo")).toEqual({ text: "17:00", tone: "soon" });
  expect(at("2026-11-22", "17:00")).toEqual({ text: "Tomorrow 17:00", tone: "plain" });
  expect(at("2026-11-20", "23:00", "Pacific/Pago_Pago")).toEqual({ text: "10:00", tone: "late" });
});
