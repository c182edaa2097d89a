import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

test("a label is renamed on every task, done ones and those in the trash too, as one change", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const open = await make(tasks, { labels: ["x", "home", "y"] });
  const done = await make(tasks, { labels: ["home"], status: "done" });
  const trashed = await make(tasks, { labels: ["home"] });
  const other = await make(tasks, { labels: ["Home", "x"] });
  unwrap(await tasks.remove(trashed.id));
  const renamed = await tasks.renameLabel("home", "house");
  expect(renamed).toMatchObject({ name: "house", openCount: 1 });
  expect(await tasks.find(open.id)).toMatchObject({ labels: ["x", "house", "y"], version: 2 });
  expect(await tasks.find(done.id)).toMatchObject({ labels: ["house"], status: "done" });
  expect(await tasks.find(other.id)).toEqual(other);
  expect(await tasks.restore(trashed.id)).toMatchObject({ labels: ["house"] });
  expect(await changesOf(user).undo(renamed?.changeSeq ?? 0)).toBe(2);
  expect(await tasks.find(open.id)).toMatchObject({ labels: ["x", "home", "y"] });
});

test("renaming leaves one label on a task that had both", async () => {
  const tasks = tasksOf(await createTestUser());
  const before = await make(tasks, { labels: ["old", "x", "new"] });
  const after = await make(tasks, { labels: ["new", "x", "old"] });
  await tasks.renameLabel("old", "new");
  expect(await tasks.find(before.id)).toMatchObject({ labels: ["new", "x"] });
  expect(await tasks.find(after.id)).toMatchObject({ labels: ["new", "x"] });
});

test("a label is removed from every task, done ones and those in the trash too, as one change that undo reverts", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const open = await make(tasks, { labels: ["x", "home", "y"] });
  const done = await make(tasks, { labels: ["home"], status: "done" });
  const trashed = await make(tasks, { labels: ["home"] });
  const other = await make(tasks, { labels: ["Home"] });
  unwrap(await tasks.remove(trashed.id));
  const removed = unwrap(await tasks.removeLabel("home"));
  expect(await tasks.find(open.id)).toMatchObject({ labels: ["x", "y"], version: 2 });
  expect(await tasks.find(done.id)).toMatchObject({ labels: [], status: "done" });
  expect(await tasks.find(other.id)).toEqual(other);
  expect(await changesOf(user).undo(removed.changeSeq)).toBe(3);
  expect(await tasks.find(open.id)).toMatchObject({ labels: ["x", "home", "y"] });
  expect(await tasks.restore(trashed.id)).toMatchObject({ labels: ["home"] });
});

test("a label that no task has can't be removed", async () => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks, { labels: ["home"] });
  for (const name of ["Home", "", "a,b", "\0", "\ud83d", "x".repeat(51)]) expect(await tasks.removeLabel(name)).toBeUndefined();
  expect(await tasks.find(task.id)).toEqual(task);
});

test("a label that no task has can't be renamed, and one that keeps its name changes nothing", async () => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks, { labels: ["home"] });
  for (const name of ["Home", "", "a,b", "\0", "\ud83d", "x".repeat(51)]) expect(await tasks.renameLabel(name, "new")).toBeUndefined();
  expect(await tasks.renameLabel("home", "home")).toMatchObject({ name: "home", openCount: 1 });
  expect(await tasks.renameLabel("nothing", "home")).toBeUndefined();
  expect(await tasks.find(task.id)).toEqual(task);
});

test("a label that only tasks in the trash have is renamed there", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { labels: ["home"] });
  unwrap(await tasks.remove(id));
  expect(await tasks.renameLabel("home", "house")).toMatchObject({ name: "house", openCount: 0 });
  expect(await tasks.restore(id)).toMatchObject({ labels: ["house"] });
});

test("all labels are those of tasks outside the trash, with the number of open tasks", async () => {
  const tasks = tasksOf(await createTestUser());
  await make(tasks, { labels: ["b", "a"] });
  await make(tasks, { labels: ["a", "done"], status: "done" });
  unwrap(await tasks.remove((await make(tasks, { labels: ["gone"] })).id));
  expect(await tasks.labels()).toEqual([
    { name: "a", openCount: 1 },
    { name: "b", openCount: 1 },
  ]);
  expect(await tasks.labels("all")).toEqual([
    { name: "a", openCount: 1 },
    { name: "b", openCount: 1 },
    { name: "done", openCount: 0 },
  ]);
});
