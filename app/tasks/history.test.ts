import { expect, test } from "vitest";
import { describeChange } from "#app/tasks/history.ts";

const row = { title: "a", status: "open", deleted_at: null, labels: ["x"], due_date: null, due_time: null, list_id: null, rank: "k1" };

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ["Moved to the trash", {}, { deleted_at: "2026-11-21", list_id: "1" }],
  ["Brought back from the trash", { deleted_at: "2026-11-21" }, { deleted_at: null, parent_id: null }],
  ["Completed", {}, { status: "done", title: "b" }],
  ["Opened again", { status: "done" }, { status: "open", rrule: null }],
  ["Changed title", {}, { title: "b" }],
  ["Changed due date", {}, { due_date: "2026-12-01", due_time: "08:00:00", due_at: "2026-12-01T08:00:00Z" }],
  ["Changed title and labels", {}, { title: "b", labels: ["x", "y"] }],
  ["Changed notes, priority, and list", {}, { notes: "n", priority: 1, list_id: "1" }],
  ["Changed day it is hidden until, repeat, and parent", {}, { start_date: "2026-12-01", recurrence_anchor: "due", parent_id: "1" }],
  ["Changed place in the list", {}, { rank: "k2" }],
  ["Changed", {}, { external_id: "x" }],
])("a history says: %s", (words, before, after) => {
  expect(describeChange({ ...row, ...before }, { ...row, ...before, ...after })).toBe(words);
});
