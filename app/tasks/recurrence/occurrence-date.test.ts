import { expect, test } from "vitest";
import { occurrenceDateAfter } from "#app/tasks/recurrence/occurrence-date.ts";
import type { Recurrence } from "#app/tasks/recurrence/recurrence.ts";

const FORTNIGHTLY: Recurrence = { rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", anchor: "due" };

function occurrence(date: string, occurrenceDate: string | null = null, recurrence: Recurrence | null = FORTNIGHTLY) {
  return { due: { date, time: null, timezone: null }, recurrence, occurrenceDate };
}

test("a moved due date keeps the day that the rule gave, however often it is moved", () => {
  expect(occurrenceDateAfter(occurrence("2030-01-07"), occurrence("2030-01-14"))).toBe("2030-01-07");
  expect(occurrenceDateAfter(occurrence("2030-01-14", "2030-01-07"), occurrence("2030-01-09"))).toBe("2030-01-07");
  expect(occurrenceDateAfter(occurrence("2030-01-14", "2030-01-07"), occurrence("2030-01-14"))).toBe("2030-01-07");
  expect(occurrenceDateAfter(occurrence("2030-01-14", "2030-01-07"), occurrence("2030-01-07"))).toBeNull();
});

test("a changed rule begins anew with the due date, moved or not", () => {
  const moved = occurrence("2030-01-14", "2030-01-07");
  for (const date of ["2030-01-14", "2030-01-15"]) {
    expect(occurrenceDateAfter(moved, occurrence(date, null, { rrule: "FREQ=DAILY", anchor: "due" }))).toBeNull();
    expect(occurrenceDateAfter(moved, occurrence(date, null, { ...FORTNIGHTLY, anchor: "completion" }))).toBeNull();
    expect(occurrenceDateAfter(occurrence("2030-01-07", null, null), occurrence(date))).toBeNull();
  }
});

test("a task that stops repeating has no day of a rule", () => {
  expect(occurrenceDateAfter(occurrence("2030-01-14", "2030-01-07"), occurrence("2030-01-14", null, null))).toBeNull();
  expect(occurrenceDateAfter(occurrence("2030-01-14", "2030-01-07"), { due: null, recurrence: null })).toBeNull();
});
