import fc from "fast-check";
import { expect, test } from "vitest";
import { dueInstant } from "#app/tasks/dates.ts";
import { inDayOrder, instantBefore } from "#app/tasks/day-order.ts";
import { type Due, type Task, TaskInput } from "#app/tasks/task.ts";

/** Hours and days that come twice or not at all: summer time, half an hour in Lord Howe, a day skipped in Apia and repeated in Manila. */
const CHANGES: [zone: string, date: string][] = [
  ["Europe/Lisbon", "2026-10-25"],
  ["Europe/Lisbon", "2026-03-29"],
  ["America/Havana", "2026-11-01"],
  ["America/Sao_Paulo", "2018-02-17"],
  ["Australia/Lord_Howe", "2026-04-05"],
  ["Pacific/Apia", "2011-12-30"],
  ["America/Juneau", "1867-10-18"],
  ["UTC", "2026-01-01"],
];

const change = fc.constantFrom(...CHANGES);
const minutes = fc.integer({ min: -36 * 60, max: 36 * 60 });

function task(due: Due | null, fields: Partial<Task> = {}): Task {
  return { ...TaskInput.parse({ title: "A task" }), due, rank: "a", id: "0", ...fields } as Task;
}

/** A due time with the zone UTC. */
function fixed(date: string, offset: number): Due {
  const at = Temporal.PlainDate.from(date).toPlainDateTime("12:00").add({ minutes: offset });
  return { ...wall(at), timezone: "UTC" };
}

function floating(date: string, offset: number | null): Due {
  const at = Temporal.PlainDate.from(date).toPlainDateTime("12:00");
  return offset === null ? { date, time: null, timezone: null } : { ...wall(at.add({ minutes: offset })), timezone: null };
}

function wall(at: Temporal.PlainDateTime): Pick<Due, "date" | "time"> {
  return { date: at.toPlainDate().toString(), time: at.toPlainTime().toString({ smallestUnit: "minute" }) };
}

function instantOf(due: Due | null): Temporal.Instant {
  return (due && dueInstant(due)) ?? Temporal.Instant.fromEpochMilliseconds(0);
}

test("times with a zone are in the order of their instants, also when the user's clocks are put back or forward", () => {
  fc.assert(
    fc.property(change, fc.array(minutes, { minLength: 2, maxLength: 20 }), ([timezone, date], offsets) => {
      const tasks = offsets.map((offset) => task(fixed(date, offset)));
      const sorted = inDayOrder(tasks, timezone).map(({ due }) => instantOf(due));
      expect(sorted.map(String)).toEqual(sorted.toSorted(Temporal.Instant.compare).map(String));
    }),
    { numRuns: 500 },
  );
});

test("the times with a zone after any due date are those after one instant", () => {
  fc.assert(
    fc.property(change, fc.option(minutes), minutes, ([timezone, date], offset, other) => {
      const [given, zoned] = [floating(date, offset), fixed(date, other)];
      const [first] = inDayOrder([task(given, { id: "given" }), task(zoned, { id: "zoned" })], timezone);
      const bound = Temporal.Instant.compare(instantOf(zoned), instantBefore(given, timezone));
      // At the same time, the id decides.
      expect(first?.id).toBe(bound >= 0 ? "given" : "zoned");
    }),
    { numRuns: 500 },
  );
});

test("the second pass of an hour comes after the first, and before the hour that follows", () => {
  const times = [
    floating("2026-10-25", 0),
    fixed("2026-10-25", -11 * 60),
    fixed("2026-10-25", -11 * 60 + 30),
    fixed("2026-10-25", -10 * 60),
  ];
  const [untimed, ...zoned] = times.map((due, index) => task(due, { id: String(index) }));
  const wallTimes = ["00:30", "01:00", "01:30", "01:45", "02:00"].map((time) =>
    task({ date: "2026-10-25", time, timezone: null }, { id: time }),
  );
  const second = task(fixed("2026-10-25", -11 * 60 + 15), { id: "second 01:15" });
  const sorted = inDayOrder([untimed as Task, second, ...zoned, ...wallTimes], "Europe/Lisbon").map(({ id }) => id);
  expect(sorted.slice(0, 4)).toEqual(["00:30", "01:00", "01:30", "01:45"]);
  expect(sorted).toEqual(["00:30", "01:00", "01:30", "01:45", "1", "second 01:15", "2", "02:00", "3", "0"]);
});

test("equal times are sorted by priority, then in manual order, then by id, and tasks without a due date come last", () => {
  const due = floating("2026-12-01", null);
  const sorted = [
    task(due, { id: "1", priority: 3, rank: "b" }),
    task(due, { id: "2", priority: 2, rank: "a" }),
    task(due, { id: "3", priority: 2, rank: "a" }),
    task(due, { id: "4", priority: 2, rank: "b" }),
    task(null, { id: "5", priority: 3 }),
    task(null, { id: "6", priority: 0 }),
  ];
  expect(inDayOrder(sorted.toReversed(), "UTC")).toEqual(sorted);
});

test("the years before the first and after the last one sort like any other", () => {
  const first = task({ date: "0001-01-01", time: "00:00", timezone: "Pacific/Kiritimati" }, { id: "1" });
  const last = task({ date: "9999-12-31", time: "23:59", timezone: "Etc/GMT+12" }, { id: "4" });
  const between = [task(floating("0001-01-01", 0), { id: "2" }), task(floating("9999-12-31", null), { id: "3" })];
  for (const zone of ["America/New_York", "Pacific/Kiritimati"])
    expect(inDayOrder([last, ...between, first], zone).map(({ id }) => id)).toEqual(["1", "2", "3", "4"]);
});
