import { expect, test } from "vitest";
import type { Task } from "#app/tasks/task.ts";
import { READ_ONLY, taskJson } from "#app/tasks/task-json.ts";

const task: Task = {
  id: "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001",
  title: "Pay rent",
  notes: "",
  status: "done",
  priority: 2,
  due: { date: "2026-12-01" },
  rank: "k00000000001",
  createdAt: "2026-11-21T09:00:00.000Z",
  updatedAt: "2026-11-21T09:01:00.000Z",
  completedAt: "2026-11-21T09:01:00.000Z",
  deletedAt: null,
  version: 7,
};

test("a task on the wire is in snake_case, with its address", () => {
  expect(taskJson(task)).toEqual({
    id: task.id,
    title: "Pay rent",
    notes: "",
    status: "done",
    priority: 2,
    due: { date: "2026-12-01" },
    rank: "k00000000001",
    created_at: "2026-11-21T09:00:00.000Z",
    updated_at: "2026-11-21T09:01:00.000Z",
    completed_at: "2026-11-21T09:01:00.000Z",
    deleted_at: null,
    version: 7,
    url: "http://localhost:3000/task/0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001",
  });
});

test("every field on the wire is either the caller's to set or ours", () => {
  const writable = ["title", "notes", "status", "priority", "due"];
  expect([...READ_ONLY, ...writable].toSorted()).toEqual(Object.keys(taskJson(task)).toSorted());
});
