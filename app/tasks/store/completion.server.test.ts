import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { queryCounter } from "#app/db/client.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { HasOpenSubtasks, NotRecurring, VersionConflict } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { make, makeList, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

const DAILY = { rrule: "FREQ=DAILY", anchor: "due" } as const;

function day(days: number): string {
  return Temporal.Now.plainDateISO("Europe/Lisbon").add({ days }).toString();
}

async function openTasks(tasks: ReturnType<typeof tasksOf>): Promise<Task[]> {
  return (await tasks.list({ status: "open", sort: "rank" }, { limit: 200 }))?.tasks ?? [];
}

test("completing a task sets the time once; completing it again changes nothing and returns the same", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks);
  const first = unwrap(await tasks.complete(id));
  expect(first).toMatchObject({ task: { status: "done", version: 2, completedAt: expect.any(String) }, next: null });
  expect(await tasks.complete(id)).toEqual(first);
  expect(await tasks.complete(id, { cascade: true }, [2])).toEqual(first);
  expect(await tasks.complete(id, { cascade: false }, [1])).toBeInstanceOf(VersionConflict);
  expect(await tasks.reopen(id)).toMatchObject({ status: "open", completedAt: null, version: 3 });
  expect(await tasks.reopen(id)).toMatchObject({ version: 3 });
});

test("a task with open subtasks is completed only with cascade", async () => {
  const tasks = tasksOf(await createTestUser());
  const parent = await make(tasks);
  const open = await make(tasks, { parent_id: parent.id });
  const done = await make(tasks, { parent_id: parent.id, status: "done" });
  expect(await tasks.complete(parent.id)).toBeInstanceOf(HasOpenSubtasks);
  expect(await tasks.update(parent.id, { status: "done", title: "Other" })).toBeInstanceOf(HasOpenSubtasks);
  expect(await tasks.find(parent.id)).toEqual(parent);
  expect(await tasks.complete(parent.id, { cascade: true })).toMatchObject({ task: { status: "done" } });
  expect(await tasks.find(open.id)).toMatchObject({ status: "done", version: 2 });
  expect(await tasks.find(done.id)).toEqual(done);
});

test("a status in an update completes and reopens, and its other changes carry over to the next occurrence", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { due: { date: day(0) }, recurrence: DAILY });
  expect(await tasks.update(id, { status: "done" })).toMatchObject({ status: "done", version: 2 });
  expect(await openTasks(tasks)).toMatchObject([{ due: { date: day(1) } }]);
  expect(await tasks.update(id, { status: "open" })).toMatchObject({ status: "open", version: 3 });
  expect(await openTasks(tasks)).toMatchObject([{ id }]);
  expect(await tasks.update(id, { status: "done", title: "Renamed" })).toMatchObject({ status: "done", title: "Renamed" });
  expect(await openTasks(tasks)).toMatchObject([{ title: "Renamed", due: { date: day(1) } }]);
});

test("completing a repeating task keeps it and creates the next occurrence with the same fields", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const list = await makeList(listsOf(user), { name: "Home" });
  const task = await make(tasks, {
    title: "Water",
    notes: "n",
    labels: ["home"],
    priority: 2,
    list_id: list.id,
    due: { date: day(0), time: "08:00", timezone: "Asia/Tokyo" },
    start_date: day(-3),
    recurrence: { rrule: "FREQ=DAILY;INTERVAL=5", anchor: "due" },
    external_id: "x",
  });
  const done = await make(tasks, { parent_id: task.id, title: "one", status: "done", external_id: "y" });
  const open = await make(tasks, { parent_id: task.id, title: "two", notes: "m" });
  const { task: completed, next } = unwrap(await tasks.complete(task.id, { cascade: true }));
  expect(completed).toMatchObject({
    ...task,
    status: "done",
    externalId: null,
    version: 2,
    updatedAt: expect.any(String),
    completedAt: expect.any(String),
    changeSeq: next?.changeSeq,
  });
  expect(next).toEqual({
    ...task,
    id: expect.any(String),
    due: { date: day(5), time: "08:00", timezone: "Asia/Tokyo" },
    startDate: day(2),
    previousId: task.id,
    createdAt: expect.any(String),
    updatedAt: expect.any(String),
    changeSeq: completed.changeSeq,
  });
  expect(await tasks.subtasksOf(next?.id ?? "")).toMatchObject([
    { title: "one", status: "open", rank: done.rank, externalId: null },
    { title: "two", notes: "m", status: "open", rank: open.rank },
  ]);
  expect(await tasks.subtasksOf(task.id)).toMatchObject([{ status: "done" }, { status: "done" }]);
  expect(await tasks.complete(task.id)).toEqual({ task: completed, next });
});

test("subtasks of the next occurrence keep their distance to its due date", async () => {
  const tasks = tasksOf(await createTestUser());
  const parent = await make(tasks, { due: { date: day(-2) }, recurrence: { rrule: "FREQ=DAILY;INTERVAL=7", anchor: "due" } });
  await make(tasks, { parent_id: parent.id, due: { date: day(-3), time: "09:00" }, start_date: day(-5) });
  await make(tasks, { parent_id: parent.id, due: { date: day(1) } });
  await make(tasks, { parent_id: parent.id });
  const { next } = unwrap(await tasks.complete(parent.id, { cascade: true }));
  expect(next).toMatchObject({ due: { date: day(5) } });
  expect(await tasks.subtasksOf(next?.id ?? "")).toMatchObject([
    { due: { date: day(4), time: "09:00" }, startDate: day(2) },
    { due: { date: day(8) }, startDate: null },
    { due: null },
  ]);
});

test("a copied subtask that would be due after year 9999 has no due date", async () => {
  const tasks = tasksOf(await createTestUser());
  const parent = await make(tasks, { due: { date: "9999-12-01" }, recurrence: { rrule: "FREQ=DAILY;INTERVAL=7", anchor: "due" } });
  await make(tasks, { parent_id: parent.id, due: { date: "9999-12-28" } });
  const { next } = unwrap(await tasks.complete(parent.id, { cascade: true }));
  expect(await tasks.subtasksOf(next?.id ?? "")).toMatchObject([{ due: null, status: "open" }]);
});

test("a repeating subtask is copied to the next occurrence once, however often it was completed", async () => {
  const tasks = tasksOf(await createTestUser());
  const parent = await make(tasks, { due: { date: day(0) }, recurrence: { rrule: "FREQ=WEEKLY", anchor: "due" } });
  const subtask = await make(tasks, { parent_id: parent.id, due: { date: day(0) }, recurrence: DAILY });
  const again = unwrap(await tasks.complete(subtask.id)).next;
  unwrap(await tasks.complete(again?.id ?? ""));
  const { next } = unwrap(await tasks.complete(parent.id, { cascade: true }));
  expect(await tasks.subtasksOf(next?.id ?? "")).toMatchObject([{ status: "open", due: { date: day(2) } }]);
});

test("the number of statements for the next occurrence does not depend on the number of subtasks", async () => {
  const tasks = tasksOf(await createTestUser());
  const counts: number[] = [];
  for (const subtasks of [1, 12]) {
    const { id } = await make(tasks, { due: { date: day(0) }, recurrence: DAILY });
    for (let number = 1; number <= subtasks; number++) await make(tasks, { parent_id: id, title: `Step ${number}`, labels: ["home"] });
    const before = queryCounter.count;
    const { next } = unwrap(await tasks.complete(id, { cascade: true }));
    counts.push(queryCounter.count - before);
    const copies = await tasks.subtasksOf(next?.id ?? "");
    expect(copies.map(({ title, labels }) => [title, labels])).toEqual(copies.map((_, index) => [`Step ${index + 1}`, ["home"]]));
    expect(copies).toHaveLength(subtasks);
  }
  expect(counts[1]).toBe(counts[0]);
});

test("completing the last occurrence creates none", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { due: { date: day(0) }, recurrence: { rrule: "FREQ=DAILY;COUNT=2", anchor: "due" } });
  const { next } = unwrap(await tasks.complete(id));
  expect(next).toMatchObject({ recurrence: { rrule: "FREQ=DAILY;COUNT=1" } });
  expect(await tasks.skip(next?.id ?? "")).toBeInstanceOf(NotRecurring);
  expect(await tasks.complete(next?.id ?? "")).toMatchObject({ next: null });
});

test("concurrent completions of an occurrence create one next occurrence", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id, seriesId } = await make(tasks, { due: { date: day(-10) }, recurrence: DAILY });
  const answers = await Promise.all(Array.from({ length: 12 }, () => tasksOf(user).complete(id)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(await openTasks(tasks)).toMatchObject([{ seriesId, due: { date: day(1) } }]);
});

test("a series has at most one open occurrence after any concurrent operations", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks, { due: { date: day(0) }, recurrence: DAILY });
  const { next } = unwrap(await tasks.complete(id));
  const other = next?.id ?? "";
  const doings = [() => tasks.reopen(id), () => tasks.complete(other), () => tasks.update(id, { status: "open" }), () => tasks.skip(other)];
  await Promise.all([...doings, ...doings].map((doing) => doing()));
  const series = (await openTasks(tasks)).map(({ seriesId }) => seriesId).filter((seriesId) => seriesId !== null);
  expect(new Set(series).size).toBe(series.length);
});

test("an external id goes on to the next occurrence, and comes back when that is taken back", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { due: { date: day(0) }, recurrence: { rrule: "FREQ=DAILY;COUNT=2", anchor: "due" }, external_id: "x" });
  const completed = unwrap(await tasks.complete(id));
  expect(completed).toMatchObject({ task: { externalId: null }, next: { externalId: "x" } });
  expect(await tasks.complete(id)).toEqual(completed);
  expect(await tasks.reopen(id)).toMatchObject({ externalId: "x" });
  expect(await tasks.update(id, { status: "done", externalId: "y" })).toMatchObject({ externalId: null });
  expect(await tasks.update(id, { status: "open" })).toMatchObject({ externalId: "y" });
  const last = unwrap(await tasks.complete(id)).next as Task;
  expect(last.externalId).toBe("y");
  // The last occurrence keeps it.
  expect(await tasks.complete(last.id)).toMatchObject({ task: { externalId: "y" }, next: null });
});

test("a reopened task is without the external id that a changed next occurrence keeps", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { due: { date: day(0) }, recurrence: DAILY, external_id: "x" });
  const next = unwrap(await tasks.complete(id)).next as Task;
  unwrap(await tasks.update(next.id, { notes: "Bring the can" }));
  expect(await tasks.reopen(id)).toMatchObject({ externalId: null });
  expect(await tasks.find(next.id)).toMatchObject({ externalId: "x" });
  expect(await tasks.skip(next.id)).toMatchObject({ externalId: "x" });
});

test("reopening purges an untouched next occurrence with its subtasks", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { due: { date: day(0) }, recurrence: DAILY });
  const subtask = await make(tasks, { parent_id: id, status: "done" });
  unwrap(await tasks.complete(id));
  expect(await tasks.reopen(id)).toMatchObject({ status: "open", recurrence: DAILY, seriesId: id });
  expect((await tasks.list({ status: "all", sort: "rank" }, { limit: 50 }))?.tasks.map((task) => task.id)).toEqual([id, subtask.id]);
});

test.each<[string, (tasks: ReturnType<typeof tasksOf>, next: Task) => Promise<unknown>]>([
  ["changed it", (tasks, next) => tasks.update(next.id, { notes: "Bring the can" })],
  ["given it a subtask", (tasks, next) => make(tasks, { parent_id: next.id, title: "New" })],
  ["ticked a subtask of it", async (tasks, next) => tasks.complete((await tasks.subtasksOf(next.id))[0]?.id ?? "")],
])("a reopened task is one of its own, and leaves the next occurrence alone, once somebody has %s", async (_what, touch) => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { due: { date: day(0) }, recurrence: DAILY });
  await make(tasks, { parent_id: id, status: "done" });
  const next = unwrap(await tasks.complete(id)).next as Task;
  await touch(tasks, next);
  expect(await tasks.reopen(id)).toMatchObject({ status: "open", recurrence: null, seriesId: null, due: { date: day(0) } });
  expect(await tasks.find(next.id)).toMatchObject({ status: "open", recurrence: DAILY, seriesId: id });
});

test("skipping moves a repeating task to its next date and leaves no done occurrence", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { due: { date: day(-3), time: "09:00" }, start_date: day(-4), recurrence: DAILY, external_id: "x" });
  expect(await tasks.skip(id)).toMatchObject({ id, status: "open", due: { date: day(1), time: "09:00" }, startDate: day(0), version: 2 });
  expect(await tasks.find(id)).toMatchObject({ externalId: "x" });
  expect(await openTasks(tasks)).toHaveLength(1);
  unwrap(await tasks.complete(id));
  expect(await tasks.skip(id)).toBeInstanceOf(NotRecurring);
  expect(await tasks.skip((await make(tasks)).id)).toBeInstanceOf(NotRecurring);
  expect(await tasks.skip(randomUUID())).toBeUndefined();
});

test("skipping counts from the due date, even if completing counts from the completion", async () => {
  const tasks = tasksOf(await createTestUser());
  const recurrence = { rrule: "FREQ=DAILY;INTERVAL=10;COUNT=3", anchor: "completion" } as const;
  const { id } = await make(tasks, { due: { date: day(30) }, recurrence });
  expect(await tasks.skip(id)).toMatchObject({ due: { date: day(40) }, recurrence: { rrule: "FREQ=DAILY;INTERVAL=10;COUNT=2" } });
  expect(await tasks.skip(id)).toMatchObject({ due: { date: day(50) } });
  expect(await tasks.skip(id)).toBeInstanceOf(NotRecurring);
  const late = await make(tasks, { due: { date: day(-3) }, recurrence });
  expect(await tasks.skip(late.id)).toMatchObject({ due: { date: day(10) } });
  const early = await make(tasks, { due: { date: day(30) }, recurrence });
  expect(unwrap(await tasks.complete(early.id)).next).toMatchObject({ due: { date: day(10) } });
});

test("dates that would be after year 9999 are dropped", async () => {
  const tasks = tasksOf(await createTestUser());
  const recurrence = { rrule: "FREQ=DAILY", anchor: "completion" } as const;
  const hidden = await make(tasks, { due: { date: "9999-12-31" }, start_date: "0001-01-01", recurrence });
  expect(unwrap(await tasks.complete(hidden.id)).next).toMatchObject({ due: { date: day(1) }, startDate: null });
  const parent = await make(tasks, { due: { date: "9999-12-31" }, recurrence });
  await make(tasks, { parent_id: parent.id, due: { date: "2000-01-01" }, start_date: "1999-12-31" });
  const { next } = unwrap(await tasks.complete(parent.id, { cascade: true }));
  expect(await tasks.subtasksOf(next?.id ?? "")).toMatchObject([{ due: null, startDate: null, status: "open" }]);
});

test("a task begins a series when it begins to repeat, leaves it when it stops, and the rule keeps its days", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { due: { date: "2026-01-31" } });
  const monthly = { rrule: "FREQ=MONTHLY", anchor: "due" } as const;
  const kept = { recurrence: { rrule: "FREQ=MONTHLY;BYMONTHDAY=31", anchor: "due" } };
  expect(await tasks.update(id, { recurrence: monthly })).toMatchObject({ ...kept, seriesId: expect.any(String), version: 2 });
  expect(await tasks.update(id, { recurrence: monthly })).toMatchObject({ version: 2 });
  expect(await tasks.update(id, { due: { date: "2026-02-03" } })).toMatchObject({ ...kept, version: 3 });
  expect(await tasks.update(id, { recurrence: null })).toMatchObject({ recurrence: null, seriesId: null });
});

test("a task that left its series begins a new one when it repeats again", async () => {
  const tasks = tasksOf(await createTestUser());
  const daily = { rrule: "FREQ=DAILY", anchor: "due" } as const;
  const first = await make(tasks, { due: { date: "2026-12-01" }, recurrence: daily });
  const { next } = unwrap(await tasks.complete(first.id));
  const touched = unwrap(await tasks.update(next?.id ?? "", { title: "Touched" }));
  expect(unwrap(await tasks.reopen(first.id)).seriesId).toBeNull();
  const again = unwrap(await tasks.update(first.id, { recurrence: daily }));
  expect(again.seriesId).not.toBeNull();
  expect(again.seriesId).not.toBe(touched.seriesId);
});
