import { expect, test } from "vitest";
import { TaskFilter, TaskInput } from "#app/tasks/task.ts";
import { tasksOf, VersionConflict } from "#app/tasks/tasks.server.ts";
import { createTestUser } from "#app/testing/users.ts";

test("a new task is found as it was made, last in hand order", async () => {
  const tasks = tasksOf(await createTestUser());
  const first = await tasks.create(TaskInput.parse({ title: "First" }));
  const second = await tasks.create(TaskInput.parse({ title: "Second", priority: 2, notes: "n", due: { date: "2026-12-01" } }));
  expect(second).toMatchObject({ title: "Second", notes: "n", priority: 2, due: { date: "2026-12-01" }, status: "open", version: 1 });
  expect(await tasks.find(second.id)).toEqual(second);
  expect(second.rank > first.rank).toBe(true);
});

test("a task is invisible to everyone else", async () => {
  const owner = tasksOf(await createTestUser());
  const stranger = tasksOf(await createTestUser());
  const task = await owner.create(TaskInput.parse({ title: "Secret" }));
  expect(await stranger.find(task.id)).toBeUndefined();
  expect(await stranger.update(task.id, { title: "Mine now" })).toBeUndefined();
  expect(await owner.update(task.id, { title: "Mine" }, [2])).toBeInstanceOf(VersionConflict);
  expect((await stranger.list(TaskFilter.parse({}), { limit: 10 }))?.tasks).toEqual([]);
  expect(await owner.find(task.id)).toEqual(task);
});
