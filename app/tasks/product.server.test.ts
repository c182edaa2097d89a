import { expect, test } from "vitest";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import type { Completed } from "#app/tasks/completion.server.ts";
import { TaskFilter } from "#app/tasks/filter.ts";
import { HasOpenSubtasks, InvalidFields, VersionConflict } from "#app/tasks/outcome.ts";
import { type Task, TaskInput } from "#app/tasks/task.ts";
import { tasksOf } from "#app/tasks/tasks.server.ts";
import { createTestUser } from "#app/testing/users.ts";

async function made(user: UserRef, input: Record<string, unknown>): Promise<Task> {
  return (await tasksOf(user).create(TaskInput.parse(input))) as Task;
}

test("a repeating task that is completed twice at once has one next occurrence", async () => {
  const user = await createTestUser();
  const today = Temporal.Now.plainDateISO(user.timezone);
  const task = await made(user, { title: "Water", due: { date: today.toString() }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } });
  const sub = await made(user, { title: "Fill the can", parent_id: task.id });
  expect(await tasksOf(user).complete(task.id)).toBeInstanceOf(HasOpenSubtasks);
  const results = (await Promise.all([1, 2, 3, 4].map(() => tasksOf(user).complete(task.id, { cascade: true })))) as Completed[];
  expect(new Set(results.map(({ next }) => next?.id)).size).toBe(1);
  const open = await tasksOf(user).list(TaskFilter.parse({ status: "open" }), { limit: 10 });
  expect(open?.tasks.map(({ title, due }) => [title, due?.date])).toEqual([
    ["Water", today.add({ days: 1 }).toString()],
    ["Fill the can", undefined],
  ]);
  expect(await tasksOf(user).find(sub.id)).toMatchObject({ status: "done" });
  const completed = results[0]?.task as Task;
  expect(await tasksOf(user).undo(completed.changeSeq)).toBeGreaterThan(0);
  const after = await tasksOf(user).list(TaskFilter.parse({}), { limit: 10 });
  expect(after?.tasks.map(({ id, status }) => [id, status])).toEqual([
    [task.id, "open"],
    [sub.id, "open"],
  ]);
});

test("lists, restore, move, undo", async () => {
  const user = await createTestUser();
  const stranger = await createTestUser();
  const list = await listsOf(user).create({ name: "Home", color: "green" });
  const a = await made(user, {
    title: "a",
    list_id: list.id,
    labels: ["x"],
    due: { date: "2026-01-01", time: "10:00", timezone: "Asia/Tokyo" },
  });
  expect(await tasksOf(user).find(a.id)).toEqual(a);
  const b = await made(user, { title: "b" });
  expect(await tasksOf(stranger).create(TaskInput.parse({ title: "c", list_id: list.id }))).toBeInstanceOf(InvalidFields);
  const moved = (await tasksOf(user).move(b.id, { before: a.id })) as Task;
  expect(moved.rank < a.rank).toBe(true);
  expect((await listsOf(user).list())[0]).toMatchObject({ openCount: 1 });
  const changed = (await tasksOf(user).update(a.id, { due: { time: "11:00" }, title: "A" })) as Task;
  expect(changed.due).toEqual({ date: "2026-01-01", time: "11:00", timezone: "Asia/Tokyo" });
  expect(await tasksOf(user).update(a.id, { title: "Z" }, [1])).toBeInstanceOf(VersionConflict);
  expect(await tasksOf(user).undo(changed.changeSeq)).toBe(1);
  expect(await tasksOf(user).find(a.id)).toMatchObject({ title: "a", due: { time: "10:00" } });
  await listsOf(user).remove(list.id);
  expect(await tasksOf(user).find(a.id)).toMatchObject({ listId: null });
  await tasksOf(user).remove(a.id);
  expect((await tasksOf(user).list(TaskFilter.parse({ deleted: "true" }), { limit: 5 }))?.tasks.length).toBe(1);
  expect(await tasksOf(user).restore(a.id)).toMatchObject({ id: a.id });
  expect(await tasksOf(user).purge(a.id)).toBe(true);
  expect((await tasksOf(user).today()).length).toBe(0);
  expect(await tasksOf(user).counts()).toEqual({ today: 0, upcoming: 0, inbox: 1 });
  expect((await db.selectFrom("tombstone").selectAll().where("userId", "=", user.id).execute()).length).toBe(2);
});
