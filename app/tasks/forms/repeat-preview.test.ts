import { expect, test } from "vitest";
import { changedRepeat, repeatPreview } from "#app/tasks/forms/repeat-preview.ts";
import { type Task, TaskInput } from "#app/tasks/task.ts";
import { userNowAt } from "#app/time.ts";

const VIEWER = { userNow: userNowAt(Temporal.Instant.from("2030-01-01T12:00:00Z"), "UTC"), clock: "24" } as const;
const RULE = { rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", anchor: "due" } as const;
const fields = TaskInput.parse({ title: "Bin", due: { date: "2030-01-14" }, recurrence: RULE });
const MOVED = { ...fields, occurrenceDate: "2030-01-07" } as Task;

function firstOf(...[task, changes]: [Task | undefined, Parameters<typeof changedRepeat>[1]]): string | undefined {
  return repeatPreview(changedRepeat(task, changes, "UTC"), VIEWER).next[0];
}

test("the next dates are counted from the day that the rule gave a moved occurrence", () => {
  expect(repeatPreview(MOVED, VIEWER).next.slice(0, 2)).toEqual(["Mon 21 Jan", "Mon 4 Feb"]);
});

test("the next dates of changed fields are those that saving them would give", () => {
  expect(firstOf(MOVED, { due: { date: "2030-01-14" }, recurrence: RULE })).toBe("Mon 21 Jan");
  expect(firstOf(MOVED, { due: { date: "2030-01-22" }, recurrence: RULE })).toBe("Mon 4 Feb");
  expect(firstOf(MOVED, { due: { date: "2030-01-14" }, recurrence: { ...RULE, rrule: `${RULE.rrule};COUNT=9` } })).toBe("Mon 28 Jan");
  expect(firstOf(undefined, { due: { date: "2030-01-14" }, recurrence: RULE })).toBe("Mon 28 Jan");
});

test("without a repeat or a date there is no preview", () => {
  const none = { words: null, next: [], pattern: null };
  expect(repeatPreview(changedRepeat(MOVED, { recurrence: null }, "UTC"), VIEWER)).toEqual(none);
  expect(repeatPreview(changedRepeat(MOVED, { due: null, recurrence: RULE }, "UTC"), VIEWER)).toEqual(none);
});
