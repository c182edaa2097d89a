import { expect, test } from "vitest";
import { type Task, TaskInputJson } from "#app/tasks/task.ts";
import { READ_ONLY_FIELDS, taskJson } from "#app/tasks/wire/task-json.ts";

const task: Task = {
  id: "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001",
  title: "Pay rent",
  notes: "",
  status: "done",
  listId: "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be002",
  parentId: null,
  labels: ["home"],
  priority: 2,
  due: { date: "2026-12-01", time: "17:00", timezone: null },
  startDate: "2026-11-30",
  recurrence: { rrule: "FREQ=DAILY", anchor: "due" },
  seriesId: "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be003",
  occurrenceDate: "2026-11-30",
  previousId: "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be004",
  externalId: "rent",
  rank: "k00000000001",
  createdAt: "2026-11-21T09:00:00.000Z",
  updatedAt: "2026-11-21T09:01:00.000Z",
  completedAt: "2026-11-21T09:01:00.000Z",
  deletedAt: null,
  version: 7,
  changeSeq: 9,
};

test("a task's JSON is in snake_case, with its URL", () => {
  expect(taskJson(task)).toEqual({
    id: task.id,
    title: "Pay rent",
    notes: "",
    status: "done",
    list_id: "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be002",
    parent_id: null,
    labels: ["home"],
    priority: 2,
    due: { date: "2026-12-01", time: "17:00", timezone: null },
    start_date: "2026-11-30",
    recurrence: { rrule: "FREQ=DAILY", anchor: "due" },
    series_id: "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be003",
    external_id: "rent",
    rank: "k00000000001",
    created_at: "2026-11-21T09:00:00.000Z",
    updated_at: "2026-11-21T09:01:00.000Z",
    completed_at: "2026-11-21T09:01:00.000Z",
    deleted_at: null,
    version: 7,
    url: "http://localhost:3000/task/0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001",
  });
});

test("every JSON field is either writable or read-only", () => {
  expect([...READ_ONLY_FIELDS, ...Object.keys(TaskInputJson.shape)].toSorted()).toEqual(Object.keys(taskJson(task)).toSorted());
});
