import { randomUUID, randomUUIDv7 } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { db } from "#app/db/database.server.ts";
import { inWriteTransaction } from "#app/db/writer.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { ExternalIdTaken, type Failure, InvalidFields, VersionConflict } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { type Task, TaskChanges } from "#app/tasks/task.ts";
import { make, makeList, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

type Tasks = ReturnType<typeof tasksOf>;

function pointers(outcome: Task | Failure | undefined): string[] {
  expect(outcome).toBeInstanceOf(InvalidFields);
  return (outcome as InvalidFields).problems.map(({ pointer }) => pointer);
}

async function titles(tasks: Tasks): Promise<string[]> {
  return ((await tasks.list({ status: "all", sort: "rank" }, { limit: 200 }))?.tasks ?? []).map(({ title }) => title);
}

test("subtasks have one level, and their parent is an own task outside the trash", async () => {
  const tasks = tasksOf(await createTestUser());
  const stranger = await make(tasksOf(await createTestUser()));
  const parent = await make(tasks);
  const subtask = await make(tasks, { parent_id: parent.id });
  const other = await make(tasks);
  const trashed = await make(tasks);
  unwrap(await tasks.remove(trashed.id));
  for (const parentId of [subtask.id, trashed.id, stranger.id, randomUUID()]) {
    expect(pointers(await tasks.create(taskInput({ parent_id: parentId })))).toEqual(["/parent_id"]);
    expect(pointers(await tasks.update(other.id, { parentId }))).toEqual(["/parent_id"]);
  }
  expect(pointers(await tasks.update(parent.id, { parentId: other.id }))).toEqual(["/parent_id"]);
  expect(pointers(await tasks.update(other.id, { parentId: other.id }))).toEqual(["/parent_id"]);
  expect(await tasks.find(other.id)).toEqual(other);
  expect(await tasks.update(subtask.id, { parentId: other.id })).toMatchObject({ parentId: other.id });
  expect(await tasks.update(subtask.id, { parentId: null })).toMatchObject({ parentId: null });
});

test("an upper case id is the same id", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks);
  const upper = id.toUpperCase();
  const ownParent = TaskChanges.parse({ parent_id: upper });
  expect(pointers(await tasks.update(upper, ownParent))).toEqual(["/parent_id"]);
  expect(await tasks.remove(upper)).toMatchObject({ id, deletedAt: expect.any(String) });
  expect(await tasks.restore(upper)).toMatchObject({ id, deletedAt: null });
});

test("making two tasks each other's subtask concurrently results in one level", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const [one, two] = [await make(tasks), await make(tasks)];
  await Promise.all([tasks.update(one.id, { parentId: two.id }), tasks.update(two.id, { parentId: one.id })]);
  const parents = [(await tasks.find(one.id))?.parentId, (await tasks.find(two.id))?.parentId];
  expect(parents.filter((parent) => parent !== null)).toHaveLength(1);
});

test("a task's list is one of the user's", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const list = await makeList(listsOf(user), { name: "Home" });
  const strangers = await makeList(listsOf(await createTestUser()), { name: "Home" });
  const task = await make(tasks, { list_id: list.id });
  for (const listId of [strangers.id, randomUUID()]) {
    expect(pointers(await tasks.create(taskInput({ list_id: listId })))).toEqual(["/list_id"]);
    expect(pointers(await tasks.update(task.id, { listId, title: "b" }))).toEqual(["/list_id"]);
  }
  expect(await tasks.find(task.id)).toEqual(task);
});

test("an external id is unique among tasks outside the trash", async () => {
  const tasks = tasksOf(await createTestUser());
  const first = await make(tasks, { external_id: "x" });
  const second = await make(tasks);
  for (const refused of [await tasks.create(taskInput({ external_id: "x" })), await tasks.update(second.id, { externalId: "x" })]) {
    expect(refused).toBeInstanceOf(ExternalIdTaken);
    expect(refused).toMatchObject({ existingId: first.id });
  }
  unwrap(await tasks.remove(first.id));
  expect(await tasks.update(second.id, { externalId: "x" })).toMatchObject({ externalId: "x" });
  expect(await tasks.restore(first.id)).toMatchObject({ existingId: second.id });
  expect(await tasks.find(first.id)).toBeUndefined();
  expect(await tasks.restore(first.id, { dropExternalId: true })).toMatchObject({ id: first.id, externalId: null });
  expect(await tasks.find(second.id)).toMatchObject({ externalId: "x" });
});

test.each<[string, TaskChanges, string[]]>([
  ["hidden until after it is due", { startDate: "2026-12-02" }, ["/start_date"]],
  ["due before it is shown", { due: { date: "2026-11-29" } }, ["/start_date"]],
  ["repeating without a day", { due: null }, ["/recurrence"]],
  ["all of it wrong at once", { due: { date: "2026-01-01" }, parentId: randomUUID() }, ["/parent_id", "/start_date"]],
])("a task can't be %s", async (_what, changes, refused) => {
  const tasks = tasksOf(await createTestUser());
  const due = { date: "2026-12-01", time: "08:00", timezone: "Asia/Tokyo" };
  const task = await make(tasks, { due, start_date: "2026-11-30", recurrence: { rrule: "FREQ=DAILY", anchor: "due" } });
  expect(pointers(await tasks.update(task.id, changes)).toSorted()).toEqual(refused);
  expect(await tasks.find(task.id)).toEqual(task);
});

test("a new task must follow the rules between fields", async () => {
  const tasks = tasksOf(await createTestUser());
  const recurrence = { rrule: "FREQ=DAILY", anchor: "due" } as const;
  expect(pointers(await tasks.create(taskInput({ recurrence })))).toEqual(["/recurrence"]);
  expect(pointers(await tasks.create(taskInput({ due: { date: "2026-12-01" }, start_date: "2026-12-02" })))).toEqual(["/start_date"]);
  expect(await titles(tasks)).toEqual([]);
});

test("inside a due, absent members stay and null clears, and a zone is kept without a time", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { due: { date: "2026-12-01", time: "08:00", timezone: "Asia/Tokyo" } });
  const dueAfter = async (due: TaskChanges["due"]) => unwrap(await tasks.update(id, { due })).due;
  expect(await dueAfter({ date: "2026-12-02" })).toEqual({ date: "2026-12-02", time: "08:00", timezone: "Asia/Tokyo" });
  expect(await dueAfter({})).toEqual({ date: "2026-12-02", time: "08:00", timezone: "Asia/Tokyo" });
  expect(await dueAfter({ time: null })).toEqual({ date: "2026-12-02", time: null, timezone: "Asia/Tokyo" });
  expect(await dueAfter({ time: "08:00" })).toEqual({ date: "2026-12-02", time: "08:00", timezone: "Asia/Tokyo" });
  expect(await dueAfter({ timezone: null })).toEqual({ date: "2026-12-02", time: "08:00", timezone: null });
  expect(await dueAfter({ time: "09:30" })).toEqual({ date: "2026-12-02", time: "09:30", timezone: null });
  expect(await dueAfter(null)).toBeNull();
  expect(pointers(await tasks.update(id, { due: { time: "10:00" } }))).toEqual(["/due/date"]);
  expect(await dueAfter({ date: "2026-12-03", time: "10:00" })).toEqual({ date: "2026-12-03", time: "10:00", timezone: null });
});

test("inside a recurrence, absent members stay", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { due: { date: "2026-12-01" } });
  const after = async (recurrence: TaskChanges["recurrence"]) => unwrap(await tasks.update(id, { recurrence })).recurrence;
  expect(pointers(await tasks.update(id, { recurrence: { anchor: "completion" } }))).toEqual(["/recurrence/rrule"]);
  expect(await after({ rrule: "FREQ=DAILY", anchor: "due" })).toEqual({ rrule: "FREQ=DAILY", anchor: "due" });
  expect(await after({ anchor: "completion" })).toEqual({ rrule: "FREQ=DAILY", anchor: "completion" });
  expect(await after({ rrule: "FREQ=WEEKLY" })).toEqual({ rrule: "FREQ=WEEKLY", anchor: "completion" });
  expect(await after({})).toEqual({ rrule: "FREQ=WEEKLY", anchor: "completion" });
  expect(await after(null)).toBeNull();
});

test("a rule is stored in one spelling, and an UNTIL in UTC as a day in the task's zone, or else in the user's", async () => {
  const tasks = tasksOf({ ...(await createTestUser()), timezone: "America/New_York" });
  const recurrence = { rrule: "RRULE:UNTIL=20270101T045959Z;FREQ=WEEKLY;INTERVAL=2;WKST=SU", anchor: "due" as const };
  const task = await make(tasks, { due: { date: "2026-12-01" }, recurrence });
  const stored = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU;UNTIL=2026";
  expect(task.recurrence?.rrule).toBe(`${stored}1231`);
  expect(unwrap(await tasks.update(task.id, { recurrence: { ...recurrence, rrule: `${stored}1231` } }))).toEqual(task);
  const moved = { due: { time: "08:00", timezone: "Asia/Tokyo" }, recurrence };
  expect(unwrap(await tasks.update(task.id, TaskChanges.parse(moved))).recurrence?.rrule).toBe(`${stored.slice(0, -4)}20270101`);
});

test("removing a task removes its subtasks, and restoring it restores the same ones", async () => {
  const tasks = tasksOf(await createTestUser());
  const parent = await make(tasks, { title: "parent" });
  const before = await make(tasks, { parent_id: parent.id, title: "went before" });
  await make(tasks, { parent_id: parent.id, title: "along" });
  unwrap(await tasks.remove(before.id));
  unwrap(await tasks.remove(parent.id));
  expect(await titles(tasks)).toEqual([]);
  expect(await tasks.restore(parent.id)).toMatchObject({ title: "parent", deletedAt: null });
  expect(await titles(tasks)).toEqual(["parent", "along"]);
  expect(await tasks.restore(before.id)).toMatchObject({ parentId: parent.id });
});

test("a restored subtask becomes top-level if its parent is in the trash or can't have subtasks", async () => {
  const tasks = tasksOf(await createTestUser());
  const [parent, other] = [await make(tasks), await make(tasks)];
  const [one, two] = [await make(tasks, { parent_id: parent.id }), await make(tasks, { parent_id: parent.id })];
  unwrap(await tasks.remove(one.id));
  unwrap(await tasks.remove(parent.id));
  expect(await tasks.restore(two.id)).toMatchObject({ parentId: null });
  expect(await tasks.restore(parent.id)).toMatchObject({ deletedAt: null });
  expect(await tasks.subtasksOf(parent.id)).toEqual([]);
  unwrap(await tasks.update(parent.id, { parentId: other.id }));
  expect(await tasks.restore(one.id)).toMatchObject({ parentId: null });
});

test("an occurrence restored while its series continues leaves the series", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { due: { date: "2026-01-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } });
  const { next } = unwrap(await tasks.complete(id));
  unwrap(await tasks.remove(next?.id ?? ""));
  unwrap(await tasks.reopen(id));
  expect(await tasks.restore(next?.id ?? "")).toMatchObject({ seriesId: null, recurrence: null, due: next?.due });
  expect(await tasks.find(id)).toMatchObject({ seriesId: id });
});

test("purging leaves tombstones of the task and its subtasks", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const tombstones = async () =>
    (await db.selectFrom("tombstone").select("id").where("userId", "=", user.id).execute()).map(({ id }) => id).toSorted();
  const [purged, kept, trashed] = [await make(tasks), await make(tasks), await make(tasks)];
  const subtasks = [await make(tasks, { parent_id: purged.id }), await make(tasks, { parent_id: trashed.id })];
  expect(await tasks.purge(purged.id, [2])).toEqual(new VersionConflict(purged));
  expect(await tasks.purge(purged.id, [1])).toEqual(purged);
  expect(await tasks.purge(purged.id)).toBeUndefined();
  expect(await tombstones()).toEqual([purged.id, subtasks[0]?.id].toSorted());
  unwrap(await tasks.remove(trashed.id));
  expect(await tasks.emptyTrash()).toBe(2);
  expect(await tasks.emptyTrash()).toBe(0);
  expect(await tombstones()).toEqual([purged.id, trashed.id, ...subtasks.map(({ id }) => id)].toSorted());
  expect((await tasks.list({ status: "all", sort: "rank" }, { limit: 10 }))?.tasks).toEqual([kept]);
});

test("a task can be moved only beside an own task outside the trash", async () => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks);
  const trashed = await make(tasks);
  unwrap(await tasks.remove(trashed.id));
  for (const id of [trashed.id, randomUUID()]) {
    expect(pointers(await tasks.move(task.id, { after: id }))).toEqual(["/after"]);
    expect(pointers(await tasks.move(task.id, { before: id }))).toEqual(["/before"]);
  }
  expect(await tasks.find(task.id)).toEqual(task);
});

test("the order after any moves, creations, removals and restorations is that of a plain array", async () => {
  const spot = fc.nat({ max: 20 });
  const step = fc.record({ what: fc.constantFrom("after", "before", "first", "last", "make", "trash"), from: spot, to: spot });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
      const tasks = tasksOf(await createTestUser());
      const model: string[] = [];
      for (let made = 0; made < 4; made++) model.push((await make(tasks)).id);
      for (const { what, from, to } of steps) {
        const id = model[from % model.length] ?? "";
        const beside = model[to % model.length] ?? "";
        if (what === "make") model.push((await make(tasks)).id);
        else if (what === "trash") {
          unwrap(await tasks.remove(id));
          // While it is in the trash, another task may take its place.
          unwrap(await tasks.move(model.find((other) => other !== id) ?? "", { position: "last" }));
          unwrap(await tasks.restore(id));
          const [moved] = model.splice(model[0] === id ? 1 : 0, 1);
          model.push(moved ?? "");
        } else if (what === "first" || what === "last") {
          unwrap(await tasks.move(id, { position: what }));
          model.splice(model.indexOf(id), 1);
          model.splice(what === "first" ? 0 : model.length, 0, id);
        } else if (id !== beside) {
          unwrap(await tasks.move(id, what === "after" ? { after: beside } : { before: beside }));
          model.splice(model.indexOf(id), 1);
          model.splice(model.indexOf(beside) + (what === "after" ? 1 : 0), 0, id);
        }
      }
      const listed = (await tasks.list({ status: "all", sort: "rank" }, { limit: 200 }))?.tasks ?? [];
      expect(listed.map(({ id }) => id)).toEqual(model);
      const ranks = listed.map(({ rank }) => rank);
      expect(ranks).toEqual(ranks.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))));
    }),
    { numRuns: 6 },
  );
});

test("the rank of a task in the trash is given to no other task", async () => {
  const tasks = tasksOf(await createTestUser());
  const [one, two, between] = [await make(tasks, { title: "1" }), await make(tasks, { title: "2" }), await make(tasks, { title: "3" })];
  unwrap(await tasks.move(between.id, { after: one.id }));
  unwrap(await tasks.remove(between.id));
  const other = await make(tasks, { title: "4" });
  const { rank } = unwrap(await tasks.move(other.id, { before: two.id }));
  expect(unwrap(await tasks.restore(between.id)).rank).not.toBe(rank);
});

test("a form submitted twice creates one task, and a changed one creates another", async () => {
  const tasks = tasksOf(await createTestUser());
  const id = randomUUIDv7();
  const input = taskInput({ title: "Milk" });
  const [one, two] = await Promise.all([tasks.createOnce(id, input), tasks.createOnce(id, input)]);
  expect(one).toMatchObject({ id, title: "Milk" });
  expect(two).toEqual(one);
  const other = unwrap(await tasks.createOnce(id, taskInput({ title: "Bread" })));
  expect(other.id).not.toBe(id);
  expect((await tasks.list({ status: "all", sort: "rank" }, { limit: 10 }))?.tasks).toEqual([one, other]);
});

test("a form's id is scoped to the user, and the id of a purged task is not used again", async () => {
  const id = randomUUIDv7();
  const [owner, stranger] = [tasksOf(await createTestUser()), tasksOf(await createTestUser())];
  const mine = unwrap(await owner.createOnce(id, taskInput({ title: "Milk" })));
  const theirs = unwrap(await stranger.createOnce(id, taskInput({ title: "Milk" })));
  expect(await owner.find(id)).toEqual(mine);
  expect(await stranger.find(id)).toEqual(theirs);
  unwrap(await owner.purge(id));
  expect(unwrap(await owner.createOnce(id, taskInput({ title: "Milk" }))).id).not.toBe(id);
  expect(await owner.find(id)).toBeUndefined();
});

test("a task can have the maximum number of labels of maximum length", async () => {
  const tasks = tasksOf(await createTestUser());
  const letters = fc.sample(fc.integer({ min: 0x4e00, max: 0x9fff }), { numRuns: 20 * 50, seed: 1 });
  const labels = Array.from({ length: 20 }, (_, index) => String.fromCodePoint(...letters.slice(index * 50, (index + 1) * 50)));
  expect((await make(tasks, { labels })).labels).toEqual(labels);
});

test("purging deletes everything below a task, with a tombstone for each", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const middle = await make(tasks);
  const trashed = await make(tasks, { parent_id: middle.id });
  unwrap(await tasks.remove(trashed.id));
  const top = await make(tasks);
  unwrap(await tasks.update(middle.id, { parentId: top.id }));
  unwrap(await tasks.purge(top.id));
  const rows = await db.selectFrom("tombstone").select("id").where("userId", "=", user.id).execute();
  expect(rows.map(({ id }) => id).sort()).toEqual([top.id, middle.id, trashed.id].sort());
});

test("a task restored below a parent makes its own subtasks top-level", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const [top, middle] = [await make(tasks), await make(tasks)];
  const sub = await make(tasks, { parent_id: middle.id });
  await inWriteTransaction(user, async (transaction) => {
    const parts = tasksOf(user, transaction);
    unwrap(await parts.remove(sub.id));
    unwrap(await parts.update(middle.id, { parentId: top.id }));
    unwrap(await parts.remove(middle.id));
  });
  expect(unwrap(await tasks.restore(middle.id)).parentId).toBe(top.id);
  expect((await tasks.find(sub.id))?.parentId).toBeNull();
});

test("tasks can be moved into the same gap any number of times, and their order stays", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const [first, second, third] = [await make(tasks), await make(tasks), await make(tasks)];
  const gap = `k00000000001${"V".repeat(150)}`;
  for (const [task, rank] of [
    [first, `${gap}3`],
    [second, `${gap}4`],
  ] as const) {
    await db.updateTable("task").set({ rank }).where("userId", "=", user.id).where("id", "=", task.id).execute();
  }
  const moved = unwrap(await tasks.move(third.id, { after: first.id }));
  const page = await tasks.list({ status: "all", sort: "rank" }, { limit: 9 });
  expect(page?.tasks.map(({ id }) => id)).toEqual([first.id, third.id, second.id]);
  expect(Math.max(...(page?.tasks ?? []).map(({ rank }) => rank.length))).toBeLessThan(10);
  expect(page?.tasks[1]).toEqual(moved);
});

test("a task moved behind the last one stays before tasks that are added later", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const [first, second, third] = [await make(tasks), await make(tasks), await make(tasks)];
  await inWriteTransaction(user, async (transaction) => {
    const parts = tasksOf(user, transaction);
    unwrap(await parts.move(first.id, { after: third.id }));
    unwrap(await parts.move(second.id, { after: first.id }));
  });
  const last = await make(tasks);
  const page = await tasks.list({ status: "all", sort: "rank" }, { limit: 9 });
  expect(page?.tasks.map(({ id }) => id)).toEqual([third.id, first.id, second.id, last.id]);
});
