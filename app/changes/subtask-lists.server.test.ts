import fc from "fast-check";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { db } from "#app/db/database.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { allTasks } from "#app/tasks/store/transfer.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { make, makeList, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

async function setUp() {
  const user = await createTestUser();
  const [tasks, lists] = [tasksOf(user), listsOf(user)];
  const [home, work] = [await makeList(lists, { name: "Home" }), await makeList(lists, { name: "Work" })];
  return { user, tasks, lists, home: home.id, work: work.id };
}

const OTHER_LIST = { problems: [{ pointer: "/list_id" }] };

test("a new subtask is in its parent's list, which may be named or left out", async () => {
  const { tasks, home, work } = await setUp();
  const parent = await make(tasks, { list_id: home });
  expect(await make(tasks, { parent_id: parent.id })).toMatchObject({ listId: home });
  expect(await make(tasks, { parent_id: parent.id, list_id: home })).toMatchObject({ listId: home });
  expect(await tasks.create(taskInput({ parent_id: parent.id, list_id: work }))).toMatchObject(OTHER_LIST);
});

test("a task that becomes a subtask goes to its parent's list, and stays there when it leaves the parent", async () => {
  const { tasks, home, work } = await setUp();
  const parent = await make(tasks, { list_id: home });
  const { id } = await make(tasks, { list_id: work });
  expect(await tasks.update(id, { parentId: parent.id, listId: work })).toMatchObject(OTHER_LIST);
  expect(await tasks.update(id, { parentId: parent.id })).toMatchObject({ listId: home });
  expect(await tasks.update(id, { parentId: null })).toMatchObject({ listId: home });
  expect(await tasks.move(id, { position: "first", parentId: parent.id, listId: null })).toMatchObject({ listId: home });
  expect(await tasks.move(id, { position: "last", parentId: null, listId: work })).toMatchObject({ listId: work });
});

test("the list of a subtask can be sent back, but not changed", async () => {
  const { tasks, home, work } = await setUp();
  const parent = await make(tasks, { list_id: home });
  const subtask = await make(tasks, { parent_id: parent.id });
  expect(await tasks.update(subtask.id, { listId: home })).toEqual(subtask);
  expect(await tasks.update(subtask.id, { listId: null, parentId: parent.id })).toEqual(subtask);
  for (const listId of [work, null]) {
    expect(await tasks.update(subtask.id, { listId })).toMatchObject(OTHER_LIST);
    expect(await tasks.move(subtask.id, { position: "first", listId })).toMatchObject(OTHER_LIST);
  }
  expect(await tasks.find(subtask.id)).toEqual(subtask);
});

test("subtasks go along to another list as one change, also from the trash, and undo brings all back", async () => {
  const { user, tasks, home, work } = await setUp();
  const parent = await make(tasks, { list_id: home, due: { date: "2026-12-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } });
  const [open, trashed] = [await make(tasks, { parent_id: parent.id }), await make(tasks, { parent_id: parent.id })];
  unwrap(await tasks.remove(trashed.id));
  const moves = [
    () => tasks.update(parent.id, { listId: work }),
    () => tasks.move(parent.id, { position: "first", listId: work }),
    () =>
      changesOf(user)
        .batch([{ op: "update", id: parent.id, task: { listId: work } }], { atomic: true })
        .then(() => tasks.find(parent.id)),
  ];
  for (const move of moves) {
    const { changeSeq } = unwrap(await move());
    expect(await tasks.find(open.id)).toMatchObject({ listId: work, changeSeq });
    expect((await tasks.list({ status: "all", sort: "rank", deleted: true }, { limit: 9 }))?.tasks).toMatchObject([{ listId: work }]);
    expect(await changesOf(user).undo(changeSeq)).toBe(3);
    expect(await tasks.find(open.id)).toMatchObject({ listId: home });
  }
});

test("the next occurrence of a task that is completed in another list has its subtasks there, untouched", async () => {
  const { tasks, home, work } = await setUp();
  const { id } = await make(tasks, { list_id: home, due: { date: "2026-12-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } });
  const subtask = await make(tasks, { parent_id: id, status: "done" });
  unwrap(await tasks.update(id, { listId: work, status: "done" }));
  expect(await tasks.find(subtask.id)).toMatchObject({ listId: work });
  const [next] = (await tasks.list({ status: "open", sort: "rank", topLevelIn: work }, { limit: 9 }))?.tasks ?? [];
  expect(await tasks.subtasksOf(next?.id ?? "")).toMatchObject([{ listId: work, version: 1 }]);
});

test("undo puts a task that was changed since into the list that its parent returns to", async () => {
  const { user, tasks, lists, home } = await setUp();
  const parent = await make(tasks, { list_id: home });
  const subtask = await make(tasks, { parent_id: parent.id });
  const removed = await lists.remove(home);
  unwrap(await tasks.update(subtask.id, { title: "b" }));
  if (!removed || !("changeSeq" in removed)) throw new Error("the list was not deleted");
  await changesOf(user).undo(removed.changeSeq);
  expect(await tasks.find(subtask.id)).toMatchObject({ title: "b", listId: home });
});

test("what undo puts back below a parent goes to the parent's list, with what is in the trash below it", async () => {
  const { user, tasks, home, work } = await setUp();
  const top = await make(tasks, { list_id: home });
  const middle = await make(tasks, { list_id: home });
  const { id } = await make(tasks, { parent_id: middle.id });
  unwrap(await tasks.remove(id));
  unwrap(await tasks.update(middle.id, { parentId: top.id }));
  const { changeSeq } = unwrap(await tasks.update(middle.id, { parentId: null }));
  unwrap(await tasks.update(top.id, { listId: work }));
  expect(await changesOf(user).undo(changeSeq)).toBe(1);
  expect(await tasks.find(middle.id)).toMatchObject({ parentId: top.id, listId: work });
  expect(unwrap(await tasks.restore(id))).toMatchObject({ parentId: null, listId: work });
});

type World = Awaited<ReturnType<typeof setUp>>;

async function tasksIn({ user }: World): Promise<Task[]> {
  const tasks: Task[] = [];
  for await (const batch of allTasks(db, user.id)) tasks.push(...batch);
  return tasks;
}

const step = fc.record({
  action: fc.constantFrom("make", "place", "move", "complete", "reopen", "remove", "restore", "purge", "unlist", "undo"),
  at: fc.nat(),
  other: fc.option(fc.nat()),
  list: fc.option(fc.nat()),
});

async function perform(world: World, { action, at, other, list }: typeof step extends fc.Arbitrary<infer T> ? T : never): Promise<void> {
  const { user, tasks, lists, home } = world;
  const [all, known] = [await tasksIn(world), await lists.list()];
  const id = all[at % all.length]?.id ?? "";
  const parentId = other === null ? null : (all[other % all.length]?.id ?? null);
  const listId = list === null ? undefined : (known[list % known.length]?.id ?? null);
  const repeat = { due: { date: "2026-12-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } } as const;
  if (action === "make") await tasks.create(taskInput({ parent_id: parentId, list_id: listId ?? null, ...(at % 2 && repeat) }));
  if (action === "place") await tasks.update(id, { parentId, ...(listId !== undefined && { listId }) });
  if (action === "move") await tasks.move(id, { position: "first", listId: listId ?? home });
  if (action === "complete") await tasks.complete(id, { cascade: true });
  if (action === "reopen") await tasks.reopen(id);
  if (action === "remove") await tasks.remove(id);
  if (action === "restore") await tasks.restore(id);
  if (action === "purge") await tasks.purge(id);
  if (action === "unlist") await lists.remove(listId ?? "", { tasks: at % 2 ? "inbox" : "trash" });
  if (action === "undo") await changesOf(user).undo(all[at % all.length]?.changeSeq ?? 0);
}

test("whatever is done, every subtask is in the list of its parent", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
      const world = await setUp();
      const parent = await make(world.tasks, { list_id: world.home });
      await make(world.tasks, { parent_id: parent.id });
      await make(world.tasks, { list_id: world.work });
      for (const one of steps) await perform(world, one);
      const all = await tasksIn(world);
      const lists = new Map(all.map(({ id, listId }) => [id, listId]));
      for (const { id, parentId, listId } of all) if (parentId) expect([id, listId]).toEqual([id, lists.get(parentId)]);
    }),
    { numRuns: 40 },
  );
});
