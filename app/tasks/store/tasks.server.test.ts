import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "#app/db/database.server.ts";
import { TaskFilter } from "#app/tasks/filter.ts";
import { VersionConflict } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { TaskChanges } from "#app/tasks/task.ts";
import { make, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

const everything = TaskFilter.parse({});

async function changeNumbers(userId: string): Promise<number[]> {
  const rows = await db.selectFrom("task").select("changeSeq").where("userId", "=", userId).orderBy("changeSeq").execute();
  return rows.map((row) => row.changeSeq);
}

test("a new task is found as it was created, last in manual order", async () => {
  const tasks = tasksOf(await createTestUser());
  const first = await make(tasks, { title: "First" });
  const second = await make(tasks, { title: "Second 🦊", priority: 2, notes: "n", due: { date: "0001-01-01" } });
  expect(second).toMatchObject({ title: "Second 🦊", notes: "n", priority: 2, due: { date: "0001-01-01" }, status: "open", version: 1 });
  expect(second).toMatchObject({ completedAt: null, deletedAt: null, createdAt: second.updatedAt });
  expect(await tasks.find(second.id)).toEqual(second);
  expect((await tasks.list(everything, { limit: 10 }))?.tasks).toEqual([first, second]);
});

test("a task created as done has a completion time", async () => {
  const task = await make(tasksOf(await createTestUser()), { status: "done" });
  expect(task.completedAt).toBe(task.createdAt);
});

test("another user can't find, list, change, remove or restore a task, nor learn that it exists", async () => {
  const owner = tasksOf(await createTestUser());
  const stranger = tasksOf(await createTestUser());
  const task = await make(owner, { title: "Secret" });
  expect(await stranger.find(task.id)).toBeUndefined();
  expect((await stranger.list(everything, { limit: 10 }))?.tasks).toEqual([]);
  for (const versions of [undefined, [1], [2]]) {
    expect(await stranger.update(task.id, { title: "Mine now" }, versions)).toBeUndefined();
    expect(await stranger.update(task.id, { title: "Secret" }, versions)).toBeUndefined();
    expect(await stranger.update(task.id, {}, versions)).toBeUndefined();
    expect(await stranger.remove(task.id, versions)).toBeUndefined();
  }
  expect(await stranger.restore(task.id)).toBeUndefined();
  expect(await owner.find(task.id)).toEqual(task);
});

test("another user can't restore a task", async () => {
  const owner = tasksOf(await createTestUser());
  const stranger = tasksOf(await createTestUser());
  const { id } = await make(owner);
  await owner.remove(id);
  expect(await stranger.restore(id)).toBeUndefined();
  expect(await owner.find(id)).toBeUndefined();
});

test("another user's writes leave the owner's tasks and change numbers alone", async () => {
  const owner = await createTestUser();
  const stranger = tasksOf(await createTestUser());
  await make(tasksOf(owner));
  for (let made = 0; made < 3; made++) await make(stranger);
  const next = await make(tasksOf(owner));
  expect((await tasksOf(owner).list(everything, { limit: 10 }))?.tasks).toHaveLength(2);
  expect(next.rank).toBe("k00000000002");
});

test("a cursor of another user, filter or order is rejected", async () => {
  const owner = tasksOf(await createTestUser());
  const stranger = tasksOf(await createTestUser());
  for (const tasks of [owner, stranger]) for (let made = 0; made < 3; made++) await make(tasks);
  const cursor = (await owner.list(everything, { limit: 1 }))?.nextCursor ?? "";
  expect((await owner.list(everything, { limit: 10, cursor }))?.tasks).toHaveLength(2);
  expect(await stranger.list(everything, { limit: 10, cursor })).toBeUndefined();
  expect(await owner.list({ ...everything, status: "open" }, { limit: 10, cursor })).toBeUndefined();
  expect(await owner.list({ ...everything, sort: "-rank" }, { limit: 10, cursor })).toBeUndefined();
  for (const made of ["", "x", `${cursor}x`]) expect(await owner.list(everything, { limit: 10, cursor: made })).toBeUndefined();
});

test("a list contains open tasks, done tasks, or both", async () => {
  const tasks = tasksOf(await createTestUser());
  const open = await make(tasks);
  const done = await make(tasks, { status: "done" });
  expect((await tasks.list({ ...everything, status: "open" }, { limit: 10 }))?.tasks).toEqual([open]);
  expect((await tasks.list({ ...everything, status: "done" }, { limit: 10 }))?.tasks).toEqual([done]);
  expect((await tasks.list(everything, { limit: 10 }))?.tasks).toEqual([open, done]);
});

test("an update changes the given fields and increments the version", async () => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks, { notes: "n", priority: 1, due: { date: "2026-12-01" } });
  const changed = await tasks.update(task.id, { title: "Other", due: null });
  expect(changed).toEqual({ ...task, title: "Other", due: null, version: 2, changeSeq: 2, updatedAt: expect.any(String) });
  expect(await tasks.find(task.id)).toEqual(changed);
});

test("an update that changes nothing keeps the version, the time and the change number", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const task = await make(tasks, { notes: "n", priority: 1, due: { date: "2026-12-01" }, status: "done" });
  const undated = await make(tasks);
  const same: TaskChanges = {
    title: "A task",
    notes: "n",
    priority: 1,
    due: { date: "2026-12-01", time: null, timezone: null },
    status: "done",
  };
  expect(await tasks.update(task.id, {})).toEqual(task);
  expect(await tasks.update(task.id, same)).toEqual(task);
  expect(await tasks.update(task.id, same, [1])).toEqual(task);
  expect(await tasks.update(undated.id, { due: null })).toEqual(undated);
  expect(await changeNumbers(user.id)).toEqual([1, 2]);
});

test("an update with one different field is written", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks);
  expect(await tasks.update(id, { title: "A task", priority: 3 })).toMatchObject({ version: 2, priority: 3 });
});

test("the status done sets the completion time once, and open clears it", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks);
  const done = unwrap(await tasks.update(id, { status: "done" }));
  expect(done).toMatchObject({ status: "done", completedAt: done.updatedAt });
  expect(await tasks.update(id, { status: "done", title: "Renamed" })).toMatchObject({
    completedAt: done.completedAt,
  });
  expect(await tasks.update(id, { title: "Again" })).toMatchObject({ completedAt: done.completedAt });
  expect(await tasks.update(id, { status: "open" })).toMatchObject({ status: "open", completedAt: null });
});

test("a change happens only at one of the given versions", async () => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks);
  const current = unwrap(await tasks.update(task.id, { title: "Second" }, [7, 1]));
  for (const conflict of [
    await tasks.update(task.id, { title: "Third" }, [1]),
    await tasks.update(task.id, { title: "Second" }, [1]),
    await tasks.update(task.id, {}, [1]),
    await tasks.update(task.id, { title: "Third" }, []),
    await tasks.remove(task.id, [1, 3]),
  ]) {
    expect(conflict).toBeInstanceOf(VersionConflict);
    expect((conflict as VersionConflict).current).toEqual(current);
  }
  expect(await tasks.find(task.id)).toEqual(current);
  expect(await tasks.remove(task.id, [2])).toMatchObject({ version: 3 });
});

test("one of two concurrent changes at the same version happens", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks);
  const outcomes = await Promise.all(["a", "b", "c", "d"].map((title) => tasks.update(id, { title }, [1])));
  expect(outcomes.filter((outcome) => outcome instanceof VersionConflict)).toHaveLength(3);
  expect(await tasks.find(id)).toMatchObject({ version: 2 });
});

test("a removed task is not found until it is restored as it was", async () => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks, { status: "done" });
  expect(await tasks.remove(task.id)).toMatchObject({ id: task.id, deletedAt: expect.any(String), version: 2 });
  expect(await tasks.find(task.id)).toBeUndefined();
  expect((await tasks.list(everything, { limit: 10 }))?.tasks).toEqual([]);
  expect(await tasks.update(task.id, { title: "x" })).toBeUndefined();
  expect(await tasks.remove(task.id)).toBeUndefined();
  expect(await tasks.remove(task.id, [2])).toBeUndefined();
  expect(await tasks.restore(task.id)).toEqual({ ...task, version: 3, changeSeq: expect.any(Number), updatedAt: expect.any(String) });
  expect((await tasks.list(everything, { limit: 10 }))?.tasks).toHaveLength(1);
});

test("only tasks in the trash can be restored", async () => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks);
  expect(await tasks.restore(task.id)).toBeUndefined();
  expect(await tasks.find(task.id)).toEqual(task);
});

test("a malformed or unknown id finds no task", async () => {
  const tasks = tasksOf(await createTestUser());
  for (const id of [randomUUID(), "", "1", "me", "\0", "'; drop table task; --", `${randomUUID()}x`]) {
    expect(await tasks.find(id)).toBeUndefined();
    expect(await tasks.update(id, { title: "x" })).toBeUndefined();
    expect(await tasks.update(id, {}, [1])).toBeUndefined();
    expect(await tasks.remove(id)).toBeUndefined();
    expect(await tasks.restore(id)).toBeUndefined();
  }
});

test("change numbers grow with every kind of change", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks);
  const seen: (number | undefined)[] = [];
  for (const change of [() => tasks.update(id, { title: "b" }), () => tasks.remove(id), () => tasks.restore(id), () => make(tasks)]) {
    await change();
    seen.push((await changeNumbers(user.id)).at(-1));
  }
  expect(seen).toEqual([2, 3, 4, 5]);
});

test("tasks created concurrently get distinct change numbers and ranks, which are valid fractional indices", async () => {
  const user = await createTestUser();
  const made = await Promise.all(Array.from({ length: 20 }, () => make(tasksOf(user))));
  const ranks = made.map((task) => task.rank).toSorted();
  expect(await changeNumbers(user.id)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect(ranks).toEqual(Array.from({ length: 20 }, (_, index) => `k${String(index + 1).padStart(11, "0")}`));
  expect((await tasksOf(user).list(everything, { limit: 50 }))?.tasks.map((task) => task.rank)).toEqual(ranks);
});

test("each concurrent change of one task increments the version", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks);
  const changed = await Promise.all(Array.from({ length: 20 }, (_, index) => tasks.update(id, { title: `Title ${index}` })));
  expect(changed.map((task) => unwrap(task).version).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 2),
  );
  const numbers = changed.map((task) => unwrap(task).changeSeq);
  expect(new Set(numbers).size).toBe(20);
  expect(await changeNumbers(user.id)).toEqual([Math.max(...numbers)]);
});

test("concurrent writes leave no subtask without its parent", async () => {
  const tasks = tasksOf(await createTestUser());
  for (let round = 0; round < 20; round++) {
    const parent = await make(tasks);
    const subtask = () => tasks.create(taskInput({ parent_id: parent.id }));
    await Promise.all([subtask(), tasks.remove(parent.id), subtask(), subtask()]);
    expect(await tasks.find(parent.id)).toBeUndefined();
    expect(await tasks.subtasksOf(parent.id)).toEqual([]);
  }
});

test("a user's tasks are deleted with the user", async () => {
  const user = await createTestUser();
  await make(tasksOf(user));
  await db.deleteFrom("user").where("id", "=", user.id).execute();
  expect(await changeNumbers(user.id)).toEqual([]);
});
