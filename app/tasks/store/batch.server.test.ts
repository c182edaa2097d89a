import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { inWriteTransaction } from "#app/db/writer.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { ExternalIdTaken, HasOpenSubtasks, InvalidFields, VersionConflict } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { Operation } from "#app/tasks/wire/operation.ts";
import { make, makeList, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

type Tasks = ReturnType<typeof tasksOf>;

const DAILY = { rrule: "FREQ=DAILY", anchor: "due" } as const;
const EACH = { atomic: false };
const ALL_OR_NONE = { atomic: true };

function day(days: number): string {
  return Temporal.Now.plainDateISO("Europe/Lisbon").add({ days }).toString();
}

async function all(tasks: Tasks): Promise<Task[]> {
  return (await tasks.list({ status: "all", sort: "rank" }, { limit: 200 }))?.tasks ?? [];
}

/** Without the fields that every change sets. */
function content(task: Task) {
  return { ...task, version: 0, changeSeq: 0, updatedAt: "" };
}

function create(title: string, fields: Parameters<typeof taskInput>[0] = {}): Operation {
  return { op: "create", task: taskInput({ title, ...fields }) };
}

test("a batch performs its operations in order as one change, which one undo reverts", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const list = await makeList(listsOf(user), { name: "Home" });
  const [one, two, three, four, five] = [await make(tasks), await make(tasks), await make(tasks), await make(tasks), await make(tasks)];
  unwrap(await tasks.complete(five.id));
  const before = await all(tasks);
  const { outcomes, changeSeq } = await tasks.batch(
    [
      create("New"),
      { op: "update", id: one.id, ifVersion: 1, task: { title: "Changed", priority: 3 } },
      { op: "complete", id: two.id },
      { op: "delete", id: three.id, ifVersion: 1 },
      { op: "move", id: four.id, task: { position: "first", listId: list.id } },
      { op: "reopen", id: five.id },
    ],
    EACH,
  );
  expect(outcomes).toMatchObject([
    { title: "New", version: 1, changeSeq },
    { id: one.id, title: "Changed", priority: 3, version: 2, changeSeq },
    { task: { id: two.id, status: "done", changeSeq }, next: null },
    { id: three.id, deletedAt: expect.any(String), changeSeq },
    { id: four.id, listId: list.id, changeSeq },
    { id: five.id, status: "open", changeSeq },
  ]);
  expect((await all(tasks)).map(({ id }) => id)).toEqual([four.id, one.id, two.id, five.id, (outcomes[0] as Task).id]);
  expect(await changesOf(user).undo(changeSeq ?? 0)).toBe(6);
  expect((await all(tasks)).map(content)).toEqual(before.map(content));
  expect(await changesOf(user).undo(changeSeq ?? 0)).toBe(0);
});

test("undo reverts a batch that completed repeating tasks, but keeps a next occurrence that was changed since", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const made = [];
  for (const due of [day(-3), day(0), day(2)]) made.push(await make(tasks, { due: { date: due }, recurrence: DAILY }));
  await make(tasks, { parent_id: made[0]?.id ?? "" });
  const before = await all(tasks);
  const done = made.map(({ id }): Operation => ({ op: "complete", id, cascade: true }));
  const first = await tasks.batch(done, EACH);
  expect(await all(tasks)).toHaveLength(8);
  expect(await changesOf(user).undo(first.changeSeq ?? 0)).toBeGreaterThan(0);
  expect((await all(tasks)).map(content)).toEqual(before.map(content));
  const second = await tasks.batch(done, EACH);
  const { next } = second.outcomes[1] as { next: Task };
  unwrap(await tasks.update(next.id, { notes: "Bring the can" }));
  await changesOf(user).undo(second.changeSeq ?? 0);
  const open = (await all(tasks)).filter(({ status, seriesId }) => status === "open" && seriesId !== null);
  expect(open.map(({ id }) => id)).toEqual([made[0]?.id, next.id, made[2]?.id]);
});

test("a failed operation has its failure at its index, and the others are performed", async () => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks, { external_id: "taken" });
  const parent = await make(tasks);
  await make(tasks, { parent_id: parent.id });
  const unread = new InvalidFields([{ pointer: "/op", message: "is none" }]);
  const { outcomes } = await tasks.batch(
    [
      create("First"),
      { op: "update", id: task.id, ifVersion: 9, task: { title: "Late" } },
      { op: "delete", id: randomUUID() },
      { op: "reopen", id: "garbage" },
      { op: "complete", id: parent.id },
      { op: "move", id: task.id, task: { after: randomUUID() } },
      create("In no list", { list_id: randomUUID() }),
      create("Again", { external_id: "taken" }),
      unread,
      create("Last", { external_id: "new" }),
      create("Not the last", { external_id: "new" }),
    ],
    EACH,
  );
  expect(outcomes).toEqual([
    expect.objectContaining({ title: "First" }),
    new VersionConflict(task),
    undefined,
    undefined,
    new HasOpenSubtasks(),
    new InvalidFields([{ pointer: "/after", message: "is not one of your tasks" }]),
    new InvalidFields([{ pointer: "/list_id", message: "is not one of your lists" }]),
    new ExternalIdTaken(task.id),
    unread,
    expect.objectContaining({ title: "Last" }),
    new ExternalIdTaken((outcomes[9] as Task).id),
  ]);
  expect((await all(tasks)).map(({ title, version }) => [title, version])).toEqual([
    ["A task", 1],
    ["A task", 1],
    ["A task", 1],
    ["First", 1],
    ["Last", 1],
  ]);
});

test("an atomic batch writes nothing if one operation fails, and its failures refer to what is stored", async () => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks);
  const { outcomes, changeSeq } = await tasks.batch(
    [
      create("New", { external_id: "x" }),
      create("Again", { external_id: "x" }),
      { op: "update", id: task.id, task: { title: "Changed" } },
      { op: "update", id: task.id, ifVersion: 1, task: { title: "Late" } },
    ],
    ALL_OR_NONE,
  );
  expect(changeSeq).toBeUndefined();
  expect(outcomes.slice(1)).toEqual([new ExternalIdTaken(undefined), expect.objectContaining({ id: task.id }), new VersionConflict(task)]);
  expect(await all(tasks)).toEqual([task]);
  expect(await make(tasks)).toMatchObject({ changeSeq: task.changeSeq + 1 });
});

test("an atomic batch is performed if no operation fails", async () => {
  const tasks = tasksOf(await createTestUser());
  const { outcomes, changeSeq } = await tasks.batch([create("One"), create("Two")], ALL_OR_NONE);
  expect(outcomes).toMatchObject([{ title: "One", changeSeq }, { title: "Two" }]);
  expect(await all(tasks)).toEqual(outcomes);
});

test("an atomic batch that fails within a transaction rolls back nothing else", async () => {
  const user = await createTestUser();
  await inWriteTransaction(user.id, async (transaction) => {
    const tasks = tasksOf(user, transaction);
    await make(tasks, { title: "Before" });
    await tasks.batch([create("Never"), { op: "delete", id: randomUUID() }], ALL_OR_NONE);
    await tasks.batch([create("After")], ALL_OR_NONE);
  });
  expect((await all(tasksOf(user))).map(({ title }) => title)).toEqual(["Before", "After"]);
});

test("operations on one task see the earlier ones, and undo restores the task from before all of them", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const task = await make(tasks);
  const { id } = task;
  const { outcomes, changeSeq } = await tasks.batch(
    [
      { op: "update", id, ifVersion: 1, task: { title: "Second" } },
      { op: "update", id, ifVersion: 2, task: { title: "Third" } },
      { op: "update", id, ifVersion: 2, task: { title: "Late" } },
      { op: "complete", id },
      { op: "complete", id },
      { op: "delete", id },
      { op: "delete", id },
      { op: "update", id, task: { title: "Gone" } },
    ],
    EACH,
  );
  expect(outcomes.slice(0, 6)).toMatchObject([
    { title: "Second", version: 2 },
    { title: "Third", version: 3 },
    { current: { title: "Third", version: 3 } },
    { task: { status: "done", version: 4 } },
    { task: { status: "done", version: 4 } },
    { version: 5, deletedAt: expect.any(String) },
  ]);
  expect(outcomes.slice(6)).toEqual([undefined, undefined]);
  expect(await changesOf(user).undo(changeSeq ?? 0)).toBe(1);
  expect((await all(tasks)).map(content)).toEqual([content(task)]);
});

test("a subtask deleted with its parent is removed once, and restored with it", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const parent = await make(tasks);
  const subtask = await make(tasks, { parent_id: parent.id });
  const both: Operation[] = [
    { op: "delete", id: parent.id },
    { op: "delete", id: subtask.id.toUpperCase(), ifVersion: 1 },
  ];
  const { outcomes, changeSeq } = await tasks.batch([...both, { op: "delete", id: subtask.id }], EACH);
  expect(outcomes).toEqual([
    expect.objectContaining({ id: parent.id, version: 2 }),
    expect.objectContaining({ id: subtask.id, version: 2, changeSeq }),
    undefined,
  ]);
  expect(await changesOf(user).undo(changeSeq ?? 0)).toBe(2);
  expect((await all(tasks)).map(content)).toEqual([parent, subtask].map(content));
  const [, conflict] = (await tasks.batch(both, EACH)).outcomes;
  expect(conflict).toBeInstanceOf(VersionConflict);
  expect((await tasks.batch([{ op: "delete", id: subtask.id }], EACH)).outcomes).toEqual([undefined]);
});

test("a subtask and its parent can be completed in either order", async () => {
  const tasks = tasksOf(await createTestUser());
  for (const parentFirst of [true, false]) {
    const parent = await make(tasks);
    const subtask = await make(tasks, { parent_id: parent.id });
    const operations: Operation[] = [
      { op: "complete", id: parent.id, cascade: parentFirst },
      { op: "complete", id: subtask.id },
    ];
    const { outcomes } = await tasks.batch(parentFirst ? operations : operations.toReversed(), ALL_OR_NONE);
    expect(outcomes).toMatchObject([{ task: { status: "done" } }, { task: { status: "done" } }]);
  }
});

test("an occurrence that is completed and reopened in one batch is as before", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const task = await make(tasks, { due: { date: day(0) }, recurrence: DAILY });
  const { changeSeq } = await tasks.batch(
    [
      { op: "complete", id: task.id },
      { op: "reopen", id: task.id },
    ],
    EACH,
  );
  expect((await all(tasks)).map(content)).toEqual([content(task)]);
  await changesOf(user).undo(changeSeq ?? 0);
  expect((await all(tasks)).map(content)).toEqual([content(task)]);
});

test("operations on another user's tasks in a batch find no task", async () => {
  const owner = tasksOf(await createTestUser());
  const stranger = tasksOf(await createTestUser());
  const own = await make(stranger);
  const parent = await make(owner, { external_id: "x" });
  const trashed = await make(owner, { parent_id: parent.id });
  unwrap(await owner.remove(trashed.id));
  const before = await all(owner);
  for (const { id } of [parent, trashed]) {
    const { outcomes } = await stranger.batch(
      [
        { op: "update", id, task: { title: "Mine" } },
        { op: "complete", id, cascade: true },
        { op: "reopen", id },
        { op: "move", id, task: { position: "first" } },
        { op: "delete", id, ifVersion: 1 },
      ],
      EACH,
    );
    expect(outcomes).toEqual(Array(5).fill(undefined));
    const planted = await stranger.batch([create("Below", { parent_id: id }), { op: "move", id: own.id, task: { after: id } }], EACH);
    for (const outcome of planted.outcomes) expect(outcome).toBeInstanceOf(InvalidFields);
  }
  expect(await all(stranger)).toEqual([own]);
  expect(await all(owner)).toEqual(before);
});

test("concurrent batches of one user are performed one after the other", async () => {
  const user = await createTestUser();
  const task = await make(tasksOf(user), { title: "0" });
  const batches = Array.from({ length: 6 }, (_, index) =>
    tasksOf(user).batch(
      [
        { op: "update", id: task.id, task: { title: `${index} begins` } },
        create(`${index} one`),
        create(`${index} two`),
        { op: "update", id: task.id, task: { title: `${index} ends` } },
      ],
      ALL_OR_NONE,
    ),
  );
  const done = await Promise.all(batches);
  expect(new Set(done.map(({ changeSeq }) => changeSeq)).size).toBe(6);
  const inOrder = done.toSorted((a, b) => (a.changeSeq ?? 0) - (b.changeSeq ?? 0));
  expect(inOrder.map(({ outcomes }) => (outcomes[3] as Task).version)).toEqual([3, 5, 7, 9, 11, 13]);
  const ids = inOrder.flatMap(({ outcomes }) => [outcomes[1], outcomes[2]] as Task[]).map(({ id }) => id);
  expect((await all(tasksOf(user))).map(({ id }) => id)).toEqual([task.id, ...ids]);
});

test.each([
  ["an operation that is none", { op: "purge", id: randomUUID() }],
  ["no operation", {}],
  ["an update of nothing in particular", { op: "update", task: {} }],
  ["an unknown part", { op: "delete", id: randomUUID(), permanent: true }],
  ["a version that is none", { op: "delete", id: randomUUID(), if_version: 0 }],
  ["a move to nowhere", { op: "move", id: randomUUID(), task: { list_id: null } }],
  ["a move to two places", { op: "move", id: randomUUID(), task: { position: "first", after: randomUUID() } }],
  ["a new task without a title", { op: "create", task: {} }],
])("%s can't be read as an operation", (_what, operation) => {
  expect(Operation.safeParse(operation).success).toBe(false);
});

test("a version that no task can have is a version conflict", async () => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks);
  for (const op of ["complete", "delete", "reopen"] as const) {
    const { outcomes } = await tasks.batch([Operation.parse({ op, id: task.id, if_version: 3_000_000_000 })], EACH);
    expect(outcomes).toEqual([new VersionConflict(task)]);
  }
});
