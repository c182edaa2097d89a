import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { db } from "#app/db/database.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { describeChange } from "#app/tasks/forms/history.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { make, makeList, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";
import { userNowAt } from "#app/time.ts";

type Tasks = ReturnType<typeof tasksOf>;

const DAILY = { rrule: "FREQ=DAILY", anchor: "due" } as const;

function day(days: number): string {
  return Temporal.Now.plainDateISO("Europe/Lisbon").add({ days }).toString();
}

function content(task: Task | undefined) {
  return task && { ...task, version: 0, changeSeq: 0, updatedAt: "" };
}

async function all(tasks: Tasks): Promise<Task[]> {
  return (await tasks.list({ status: "all", sort: "rank" }, { limit: 200 }))?.tasks ?? [];
}

test.each<[string, (tasks: Tasks, task: Task, other: Task) => Promise<number>]>([
  [
    "an update",
    async (tasks, { id }) =>
      unwrap(await tasks.update(id, { title: "b", due: null, startDate: null, recurrence: null, labels: [], notes: "n" })).changeSeq,
  ],
  ["a completion", async (tasks, { id }) => unwrap(await tasks.complete(id, { cascade: true })).task.changeSeq],
  ["a completion with another field", async (tasks, { id }) => unwrap(await tasks.update(id, { status: "done", title: "b" })).changeSeq],
  ["a skip", async (tasks, { id }) => unwrap(await tasks.skip(id)).changeSeq],
  ["a move", async (tasks, { id }, other) => unwrap(await tasks.move(id, { after: other.id })).changeSeq],
  ["a removal", async (tasks, { id }) => unwrap(await tasks.remove(id)).changeSeq],
])("%s is undone once", async (_what, change) => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const task = await make(tasks, {
    labels: ["a"],
    due: { date: day(-1), time: "08:00", timezone: "Asia/Tokyo" },
    start_date: day(-5),
    recurrence: DAILY,
    external_id: "x",
  });
  await make(tasks, { parent_id: task.id, status: "done" });
  const other = await make(tasks);
  const before = (await all(tasks)).map(content);
  const changeSeq = await change(tasks, task, other);
  expect((await all(tasks)).map(content)).not.toEqual(before);
  expect(await changesOf(user).undo(changeSeq)).toBeGreaterThan(0);
  expect((await all(tasks)).map(content)).toEqual(before);
  expect(await changesOf(user).undo(changeSeq)).toBe(0);
  expect((await all(tasks)).map(content)).toEqual(before);
});

test("undo removes a new task, unless a later change gave it a subtask", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const one = await make(tasks);
  const two = await make(tasks);
  const subtask = await make(tasks, { parent_id: two.id });
  expect(await changesOf(user).undo(one.changeSeq)).toBe(1);
  expect(await changesOf(user).undo(two.changeSeq)).toBe(0);
  expect((await all(tasks)).map(({ id }) => id)).toEqual([two.id, subtask.id]);
});

test("undo skips tasks that were changed since, and reverts the others of its change", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const one = await make(tasks, { due: { date: day(-2) } });
  const two = await make(tasks, { due: { date: day(-1), time: "10:00" } });
  const notLate = await make(tasks, { due: { date: day(0) } });
  const moved = (await tasks.moveOverdueToToday())?.changeSeq ?? 0;
  expect((await tasks.today()).open.map(({ due }) => due)).toEqual(Array(3).fill({ date: day(0), time: null, timezone: null }));
  expect(await tasks.find(notLate.id)).toEqual(notLate);
  expect(await tasks.moveOverdueToToday()).toBeUndefined();
  unwrap(await tasks.update(one.id, { title: "Changed since" }));
  expect(await changesOf(user).undo(moved)).toBe(1);
  expect(await tasks.find(one.id)).toMatchObject({ title: "Changed since", due: { date: day(0) } });
  expect(content(await tasks.find(two.id))).toEqual(content(two));
});

test("undo of a completion keeps a next occurrence that was changed, and the series has one open occurrence", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks, { due: { date: day(0) }, recurrence: DAILY });
  const { task, next } = unwrap(await tasks.complete(id));
  unwrap(await tasks.update(next?.id ?? "", { notes: "Bring the can" }));
  expect(await changesOf(user).undo(task.changeSeq)).toBe(1);
  expect(await tasks.find(next?.id ?? "")).toMatchObject({ notes: "Bring the can", seriesId: id });
  expect(await tasks.find(id)).toMatchObject({ status: "open", recurrence: null, seriesId: null });
});

test("undo of a removal does not open a second occurrence of a series", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks, { due: { date: day(0) }, recurrence: DAILY });
  const next = unwrap(await tasks.complete(id)).next as Task;
  const { changeSeq } = unwrap(await tasks.remove(next.id));
  unwrap(await tasks.reopen(id));
  expect(await changesOf(user).undo(changeSeq)).toBe(1);
  expect(await tasks.find(id)).toMatchObject({ status: "open", seriesId: id });
  expect(await tasks.find(next.id)).toMatchObject({ status: "open", seriesId: null, recurrence: null });
});

test("undo of a reopening completes the task again and creates its next occurrence again, unless that was removed before", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks, { due: { date: day(0) }, recurrence: DAILY, external_id: "x" });
  await make(tasks, { parent_id: id, title: "sub", status: "done" });
  const { next } = unwrap(await tasks.complete(id));
  const { changeSeq } = unwrap(await tasks.reopen(id));
  expect(await changesOf(user).undo(changeSeq)).toBe(1);
  expect(await tasks.find(id)).toMatchObject({ status: "done", seriesId: id, recurrence: DAILY, externalId: null });
  const [again, ...others] = (await all(tasks)).filter(({ status, parentId }) => status === "open" && parentId === null);
  expect(others).toEqual([]);
  expect(again).toMatchObject({ due: next?.due, recurrence: DAILY, seriesId: id, rank: next?.rank, externalId: "x" });
  expect(await tasks.subtasksOf(again?.id ?? "")).toMatchObject([{ title: "sub", status: "open" }]);
  expect(await changesOf(user).undo(changeSeq)).toBe(0);
  unwrap(await tasks.remove(again?.id ?? ""));
  await changesOf(user).undo(unwrap(await tasks.reopen(id)).changeSeq);
  expect((await all(tasks)).filter(({ status }) => status === "open")).toEqual([]);
});

test("a task that undo restores loses an external id that another task has by now", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const one = await make(tasks, { external_id: "x" });
  const { changeSeq } = unwrap(await tasks.remove(one.id));
  const two = await make(tasks, { external_id: "x" });
  expect(await changesOf(user).undo(changeSeq)).toBe(1);
  expect(await tasks.find(one.id)).toMatchObject({ externalId: null });
  expect(await tasks.find(two.id)).toEqual(two);
});

test("a task that undo would return to a deleted list is in the Inbox", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const list = await makeList(listsOf(user), { name: "Home" });
  const { id } = await make(tasks, { list_id: list.id });
  const { changeSeq } = unwrap(await tasks.update(id, { listId: null, title: "b" }));
  await listsOf(user).remove(list.id);
  expect(await changesOf(user).undo(changeSeq)).toBe(1);
  expect(await tasks.find(id)).toMatchObject({ listId: null, title: "A task" });
});

test("undo of the removal of a list with its tasks restores the tasks", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const list = await makeList(listsOf(user), { name: "Home" });
  const { id } = await make(tasks, { list_id: list.id });
  const subtask = await make(tasks, { parent_id: id });
  const change = unwrap(await listsOf(user).remove(list.id, { tasks: "trash" })).changeSeq;
  expect(await all(tasks)).toEqual([]);
  expect(await changesOf(user).undo(change)).toBe(3);
  expect(await all(tasks)).toMatchObject([
    { id, listId: list.id },
    { id: subtask.id, parentId: id },
  ]);
});

test("wasUndone is true for a change that this user has undone", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const stranger = changesOf(await createTestUser());
  const { id } = await make(tasks);
  const { changeSeq } = unwrap(await tasks.update(id, { title: "b" }));
  expect(await changesOf(user).wasUndone(changeSeq)).toBe(false);
  expect(await changesOf(user).undo(changeSeq)).toBe(1);
  expect(await changesOf(user).wasUndone(changeSeq)).toBe(true);
  expect(await stranger.wasUndone(changeSeq)).toBe(false);
  const since = unwrap(await tasks.update(id, { title: "c" })).changeSeq;
  unwrap(await tasks.update(id, { title: "d" }));
  expect(await changesOf(user).undo(since)).toBe(0);
  expect(await changesOf(user).wasUndone(since)).toBe(false);
});

test.each<[string, (tasks: Tasks, parent: Task, subtask: Task, other: Task) => Promise<unknown>]>([
  ["is in the trash", (tasks, parent) => tasks.remove(parent.id)],
  ["is gone for good", (tasks, parent) => tasks.purge(parent.id)],
  ["has a parent itself", (tasks, parent, _subtask, other) => tasks.update(parent.id, { parentId: other.id })],
  ["would be two levels up", (tasks, _parent, subtask) => make(tasks, { parent_id: subtask.id })],
])("undo does not put a task back below a parent that %s", async (_what, meanwhile) => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const parent = await make(tasks);
  const subtask = await make(tasks, { parent_id: parent.id });
  const other = await make(tasks);
  const { changeSeq } = unwrap(await tasks.update(subtask.id, { parentId: null, title: "b" }));
  await meanwhile(tasks, parent, subtask, other);
  expect(await changesOf(user).undo(changeSeq)).toBe(1);
  expect(await tasks.find(subtask.id)).toMatchObject({ parentId: null, title: "A task" });
});

test("a history describes each change, newest first", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks);
  await tasks.update(id, { title: "b", labels: ["x"], due: { date: "2026-12-01" } });
  await tasks.complete(id);
  await tasks.reopen(id);
  await tasks.move(id, { position: "last" });
  await tasks.remove(id);
  await tasks.restore(id);
  const history = await changesOf(user).historyOf(id);
  expect(history.map(({ version }) => version)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  const userNow = userNowAt(Temporal.Instant.from("2026-11-21T12:00:00Z"), "UTC");
  const reader = { userNow, clock: "24", lists: new Map(), tasks: new Map() } as const;
  const words = history.slice(0, -1).map(({ row }, index) => describeChange(history[index + 1]?.row ?? row, row, reader));
  expect(words).toEqual([
    ["Brought back from the trash"],
    ["Moved to the trash"],
    ["Moved to another place in the list"],
    ["Opened again"],
    ["Completed"],
    ["Title changed from “A task” to “b”", "Due date set to Tue 1 Dec", "Label added: #x"],
  ]);
});

test("a history has the 50 latest versions", async () => {
  const user = await createTestUser();
  const { id } = await make(tasksOf(user));
  await tasksOf(user).update(id, { title: "b" });
  await sql`
    insert into task_revision (user_id, task_id, version, task, change_seq)
    select user_id, id, -earlier, to_jsonb(task), change_seq from task, generate_series(1, 60) earlier where user_id = ${user.id}
  `.execute(db);
  const versions = (await changesOf(user).historyOf(id)).map(({ version }) => version);
  expect([versions.length, ...versions.slice(0, 3)]).toEqual([50, 2, 1, -1]);
});

test("a version from before a column was added has the column's earliest known value", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks, { priority: 1 });
  const { changeSeq } = unwrap(await tasks.update(id, { title: "b" }));
  await db.updateTable("taskRevision").set({ task: sql`task - 'priority'` }).where("userId", "=", user.id).execute();
  expect(await changesOf(user).undo(changeSeq)).toBe(1);
  await tasks.update(id, { priority: 2 });
  const history = await changesOf(user).historyOf(id);
  expect(history.map(({ row }) => [row.title, row.priority])).toEqual([
    ["A task", 2],
    ["A task", 1],
    ["b", 1],
    ["A task", 1],
  ]);
});
