import fc from "fast-check";
import { expect, test } from "vitest";
import { dueDay, dueInstant, dueTime, isOverdue, passedWallTimes } from "#app/tasks/dates.ts";
import { instant, zone } from "#app/testing/instants.ts";
import { dayAt, instantAt, lastClockChange, startOfDay, userNowAt } from "#app/time.ts";

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

test("a time is overdue once its instant has passed: in the user's zone if it floats, else in its own", () => {
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
      expect(isOverdue({ ...due, timezone: null }, userNowAt(meant, there))).toBe(false);
      expect(isOverdue({ ...due, timezone: null }, userNowAt(meant.add({ seconds: 1 }), there))).toBe(true);
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

/** The changes between overdue and not overdue of a time without a zone, by the user's clock and its offset. */
function turnsOf(due: { date: string; time: string }, timezone: string): string[] {
  const day = startOfDay(Temporal.PlainDate.from(due.date), timezone);
  const turns: string[] = [];
  let was = false;
  for (let now = day; Temporal.Instant.compare(now, day.add({ hours: 26 })) < 0; now = now.add({ seconds: 30 })) {
    const is = isOverdue({ ...due, timezone: null }, userNowAt(now, timezone));
    if (is !== was) turns.push(now.toZonedDateTimeISO(timezone).toString({ timeZoneName: "never" }));
    was = is;
  }
  return turns;
}

test("a time without a zone turns overdue once, also in the hour that comes twice and when its hour does not come", () => {
  expect(turnsOf({ date: "2027-10-31", time: "01:30" }, "Europe/London")).toEqual(["2027-10-31T01:30:30+01:00"]);
  expect(turnsOf({ date: "2027-03-28", time: "01:30" }, "Europe/London")).toEqual(["2027-03-28T02:30:30+01:00"]);
  expect(turnsOf({ date: "2027-03-28", time: "02:00" }, "Europe/London")).toEqual(["2027-03-28T02:00:30+01:00"]);
  expect(turnsOf({ date: "2027-03-27", time: "23:15" }, "America/Nuuk")).toEqual(["2027-03-28T00:15:30-01:00"]);
});

test("a time with the user's own zone is shown on its own day, also in an hour at the end of the day that does not come", () => {
  const due = { date: "2027-03-27", time: "23:00", timezone: "America/Nuuk" };
  for (const timezone of ["America/Nuuk", "America/Godthab"]) {
    expect([dueDay(due, { timezone }).toString(), dueTime(due, { timezone })]).toEqual(["2027-03-27", "23:00"]);
  }
  // For a user in another zone, the same instant is on Sunday.
  expect(dueDay(due, { timezone: "UTC" }).toString()).toBe("2027-03-28");
  const elsewhere = { date: "2027-03-28", time: "01:00", timezone: "UTC" };
  expect([dueDay(elsewhere, { timezone: "America/Nuuk" }).toString(), dueTime(elsewhere, { timezone: "America/Nuuk" })]).toEqual([
    "2027-03-28",
    "00:00",
  ]);
  const skippedDay = { date: "2011-12-30", time: "10:00", timezone: "Pacific/Apia" };
  expect([dueDay(skippedDay, { timezone: "Pacific/Apia" }).toString(), dueTime(skippedDay, { timezone: "Pacific/Apia" })]).toEqual([
    "2011-12-30",
    "10:00",
  ]);
});

/** With summer time in both hemispheres, at midnight, by half an hour and around Ramadan; without; and one in which a day was skipped. */
const CLOCKS = [
  ["Africa/Cairo", "Africa/Casablanca", "America/Asuncion", "America/Chicago", "America/Havana", "America/Los_Angeles"],
  ["America/New_York", "America/Nuuk", "America/Santiago", "America/Sao_Paulo", "America/St_Johns", "Antarctica/Troll"],
  ["Asia/Beirut", "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores", "Australia/Lord_Howe"],
  ["Australia/Sydney", "Europe/Berlin", "Europe/London", "Pacific/Apia", "Pacific/Auckland", "Pacific/Chatham", "UTC"],
].flat();

/** Every change of the clocks in ten years from `start` on. */
function clockChanges(timezone: string, start: string): Temporal.Instant[] {
  const changes: Temporal.Instant[] = [];
  let next = Temporal.PlainDate.from(start).toZonedDateTime(timezone);
  const end = next.add({ years: 10 });
  for (;;) {
    const change = next.getTimeZoneTransition("next");
    if (!change || Temporal.ZonedDateTime.compare(change, end) > 0) return changes;
    changes.push(change.toInstant());
    next = change;
  }
}

/** Every half hour around a change of the clocks, with what is `unit` before and after it. */
function around(hours: number, unit: "minutes" | "seconds"): Temporal.Duration[] {
  const halfHours = Array.from({ length: hours * 4 + 1 }, (_, index) => (index - hours * 2) * 30);
  return halfHours.flatMap((minutes) => [-1, 0, 1].map((by) => Temporal.Duration.from({ minutes }).add({ [unit]: by })));
}

/** Where SQL would disagree with the comparison of instants, as texts. */
function mistakesAround(at: Temporal.Instant, timezone: string, hours: number): string[] {
  const wall = lastClockChange(at, timezone)?.from ?? at.toZonedDateTimeISO(timezone).toPlainDateTime();
  const walls = around(hours, "minutes").map((by) => wall.add(by));
  const due = walls.map((one) => ({ wall: one, instant: instantAt(one, timezone) }));
  return around(hours, "seconds").flatMap((by) => {
    const now = at.add(by);
    const passed = passedWallTimes(userNowAt(now, timezone));
    return due.flatMap((one) => {
      const isPassed = passed.some(
        ({ from, before }) =>
          Temporal.PlainDateTime.compare(one.wall, before) < 0 && (!from || Temporal.PlainDateTime.compare(from, one.wall) <= 0),
      );
      return isPassed === Temporal.Instant.compare(one.instant, now) < 0 ? [] : [`${one.wall} at ${now} in ${timezone}`];
    });
  });
}

test("the wall times that have passed are those whose instants have, around every change of the clocks in ten years", () => {
  const changes = CLOCKS.flatMap((timezone) => clockChanges(timezone, "2024-01-01").map((at) => ({ at, timezone })));
  expect(changes.length).toBeGreaterThan(300);
  expect(changes.flatMap(({ at, timezone }) => mistakesAround(at, timezone, 3))).toEqual([]);
  // A day was skipped.
  expect(mistakesAround(Temporal.Instant.from("2011-12-30T10:00:00Z"), "Pacific/Apia", 26)).toEqual([]);
  expect(mistakesAround(Temporal.Instant.from("2026-06-01T12:00:00Z"), "UTC", 3)).toEqual([]);
});
