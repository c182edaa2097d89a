import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { Operation, parseOperation } from "#app/changes/operation.ts";
import { NotDone } from "#app/changes/references.ts";
import type { UserRef } from "#app/context.ts";
import { inWriteTransaction, type WriteTransaction } from "#app/db/writer.server.ts";
import { ListConflict } from "#app/lists/list.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { ExternalIdTaken, HasOpenSubtasks, InvalidFields, NotRecurring, VersionConflict } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { make, makeList, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

type Tasks = Pick<ReturnType<typeof tasksOf>, "list">;

const DAILY = { rrule: "FREQ=DAILY", anchor: "due" } as const;
const EACH = { atomic: false };
const ALL_OR_NONE = { atomic: true };

function repositoriesOf(user: UserRef, transaction?: WriteTransaction) {
  return { ...tasksOf(user, transaction), batch: changesOf(user, transaction).batch };
}

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
  const tasks = repositoriesOf(user);
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
  const tasks = repositoriesOf(user);
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
  const tasks = repositoriesOf(await createTestUser());
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
    new InvalidFields([{ pointer: "/task/after", message: "is not one of your tasks" }]),
    new InvalidFields([{ pointer: "/task/list_id", message: "is not one of your lists" }]),
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
  const tasks = repositoriesOf(await createTestUser());
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
  const tasks = repositoriesOf(await createTestUser());
  const { outcomes, changeSeq } = await tasks.batch([create("One"), create("Two")], ALL_OR_NONE);
  expect(outcomes).toMatchObject([{ title: "One", changeSeq }, { title: "Two" }]);
  expect(await all(tasks)).toEqual(outcomes);
});

test("an atomic batch that fails within a transaction rolls back nothing else", async () => {
  const user = await createTestUser();
  await inWriteTransaction(user, async (transaction) => {
    const tasks = repositoriesOf(user, transaction);
    await make(tasks, { title: "Before" });
    await tasks.batch([create("Never"), { op: "delete", id: randomUUID() }], ALL_OR_NONE);
    await tasks.batch([create("After")], ALL_OR_NONE);
  });
  expect((await all(repositoriesOf(user))).map(({ title }) => title)).toEqual(["Before", "After"]);
});

test("operations on one task see the earlier ones, and undo restores the task from before all of them", async () => {
  const user = await createTestUser();
  const tasks = repositoriesOf(user);
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

test("a task whose external id is taken is restored in a batch only without it", async () => {
  const tasks = repositoriesOf(await createTestUser());
  const { id } = await make(tasks, { external_id: "x" });
  unwrap(await tasks.remove(id));
  const owner = await make(tasks, { external_id: "x" });
  const { outcomes } = await tasks.batch(
    [
      { op: "restore", id },
      { op: "restore", id, ifVersion: 2, dropExternalId: true },
    ],
    EACH,
  );
  expect(outcomes).toMatchObject([{ existingId: owner.id }, { id, externalId: null }]);
});

test("a subtask of a task that the batch creates in a list is in that list", async () => {
  const user = await createTestUser();
  const tasks = repositoriesOf(user);
  const list = await makeList(listsOf(user), { name: "Home" });
  const { outcomes } = await tasks.batch(
    [create("Parent", { list_id: list.id }), Operation.parse({ op: "create", task: { title: "Below", parent_id: "#0" } })],
    ALL_OR_NONE,
  );
  expect(outcomes).toMatchObject([{ listId: list.id }, { title: "Below", listId: list.id }]);
});

test("a subtask deleted with its parent is removed once, and restored with it", async () => {
  const user = await createTestUser();
  const tasks = repositoriesOf(user);
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
  const tasks = repositoriesOf(await createTestUser());
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
  const tasks = repositoriesOf(user);
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

test("a reference names the task or list of an earlier operation, in every place of an id", async () => {
  const user = await createTestUser();
  const { batch, ...tasks } = repositoriesOf(user);
  const other = await make(tasks);
  const operations = [
    { op: "create_list", list: { name: "Home" } },
    { op: "create", task: { title: "Parent", list_id: "#0" } },
    { op: "create", task: { title: "Sub", parent_id: "#1" } },
    { op: "create_list", list: { name: "First" } },
    { op: "move_list", id: "#3", if_version: 1, list: { before: "#0" } },
    { op: "update", id: "#1", if_version: 1, task: { priority: 3 } },
    { op: "move", id: other.id, task: { after: "#1", list_id: "#3" } },
    { op: "move", id: "#1", task: { before: "#6" } },
    { op: "update", id: other.id, task: { list_id: "#0", parent_id: null } },
    { op: "complete", id: "#1", cascade: true },
    { op: "reopen", id: "#9" },
    { op: "delete", id: "#2" },
    { op: "restore", id: "#11", if_version: 3 },
    { op: "delete_list", id: "#3" },
  ];
  const { outcomes, changeSeq } = await batch(
    operations.map((operation) => Operation.parse(operation)),
    ALL_OR_NONE,
  );
  const ids = outcomes.map((outcome) => (outcome && "id" in outcome ? outcome.id : undefined));
  const [home, parent, sub, first] = ids;
  expect(outcomes[4]).toMatchObject({ id: first, version: 2 });
  expect(outcomes[9]).toMatchObject({ task: { id: parent, status: "done", version: 4 } });
  expect((await all(tasks)).map(({ id, parentId, status }) => [id, parentId, status])).toEqual([
    [parent, null, "open"],
    [other.id, null, "open"],
    [sub, parent, "done"],
  ]);
  expect((await tasks.find(other.id))?.listId).toBe(home);
  expect((await listsOf(user).list()).map(({ id }) => id)).toEqual([home]);
  await changesOf(user).undo(changeSeq ?? 0);
  expect((await all(tasks)).map(content)).toEqual([content(other)]);
  expect(await listsOf(user).list()).toEqual([]);
});

test("a reference to an operation that failed, comes later or is on the other kind is not followed", async () => {
  const user = await createTestUser();
  const { batch, ...tasks } = repositoriesOf(user);
  const unread = new InvalidFields([{ pointer: "/op", message: "is none" }]);
  const operations = [
    { op: "create_list", list: { name: "Home" } },
    { op: "delete", id: randomUUID() },
    { op: "update", id: "#1", task: { title: "After a failure" } },
    { op: "update", id: "#2", task: { title: "After that" } },
    { op: "update", id: "#4", task: { title: "Itself" } },
    { op: "create", task: { title: "Later", parent_id: "#99", list_id: "#7" } },
    { op: "update", id: "#0", task: { title: "A list" } },
    { op: "create", task: { title: "Below a list", parent_id: "#0" } },
    { op: "update_list", id: "#9", list: { name: "x" } },
    { op: "create", task: { title: "Done" } },
    { op: "update_list", id: "#9", list: { name: "A task" } },
    { op: "move_list", id: "#0", list: { after: "#9" } },
  ].map((operation) => Operation.parse(operation));
  const { outcomes } = await batch([...operations, unread, Operation.parse({ op: "delete", id: "#12" })], EACH);
  const pointers = outcomes.map((outcome) => (outcome instanceof InvalidFields ? outcome.problems.map(({ pointer }) => pointer) : outcome));
  expect(pointers).toEqual([
    expect.objectContaining({ name: "Home" }),
    undefined,
    new NotDone(),
    new NotDone(),
    ["/id"],
    ["/task/list_id", "/task/parent_id"],
    ["/id"],
    ["/task/parent_id"],
    ["/id"],
    expect.objectContaining({ title: "Done" }),
    ["/id"],
    ["/list/after"],
    ["/op"],
    new NotDone(),
  ]);
  expect((await all(tasks)).map(({ title }) => title)).toEqual(["Done"]);
});

test("operations on lists have the failures that they have alone", async () => {
  const user = await createTestUser();
  const { batch, ...tasks } = repositoriesOf(user);
  const list = await makeList(listsOf(user), { name: "Home" });
  const task = await make(tasks, { list_id: list.id });
  const operations = [
    { op: "update_list", id: list.id, if_version: 7, list: { name: "Late" } },
    { op: "update_list", id: list.id, list: { version: 7, open_count: 3 } },
    { op: "move_list", id: list.id, list: { after: task.id } },
    { op: "move_list", id: list.id, if_version: 7, list: { position: "first" } },
    { op: "delete_list", id: task.id },
    { op: "delete_list", id: list.id, if_version: 7 },
    { op: "delete_list", id: list.id, if_version: 1, tasks: "trash" },
    { op: "update_list", id: list.id, list: { name: "Gone" } },
    { op: "skip", id: task.id },
    { op: "restore", id: task.id, if_version: 2 },
    { op: "skip", id: task.id },
  ];
  const { outcomes, changeSeq } = await batch(
    operations.map((operation) => Operation.parse(operation)),
    EACH,
  );
  expect(outcomes).toEqual([
    new ListConflict(expect.objectContaining({ version: 1 })),
    new InvalidFields(["open_count", "version"].map((name) => ({ pointer: `/list/${name}`, message: "can't be set" }))),
    new InvalidFields([{ pointer: "/list/after", message: "is not one of your lists" }]),
    new ListConflict(expect.objectContaining({ version: 1 })),
    undefined,
    new ListConflict(expect.objectContaining({ version: 1 })),
    expect.objectContaining({ id: list.id }),
    undefined,
    undefined,
    expect.objectContaining({ id: task.id, deletedAt: null }),
    new NotRecurring(),
  ]);
  await changesOf(user).undo(changeSeq ?? 0);
  expect((await all(tasks)).map(content)).toEqual([content(task)]);
  expect(await listsOf(user).find(list.id)).toMatchObject({ name: "Home", openCount: 1 });
});

test("after a rollback, a list's conflict refers to what is stored", async () => {
  const user = await createTestUser();
  const list = await makeList(listsOf(user), { name: "Home" });
  const operations = [
    { op: "update_list", id: list.id, list: { name: "Changed" } },
    { op: "update_list", id: list.id, if_version: 1, list: { name: "Late" } },
  ];
  const { outcomes } = await repositoriesOf(user).batch(
    operations.map((operation) => Operation.parse(operation)),
    ALL_OR_NONE,
  );
  expect(outcomes[1]).toEqual(new ListConflict(list));
  expect(await listsOf(user).find(list.id)).toEqual(list);
});

test("operations on another user's lists in a batch find no list", async () => {
  const owner = await createTestUser();
  const list = await makeList(listsOf(owner), { name: "Secret" });
  const stranger = await createTestUser();
  const own = await makeList(listsOf(stranger), { name: "Own" });
  const operations = [
    { op: "update_list", id: list.id, list: { name: "Mine" } },
    { op: "delete_list", id: list.id },
    { op: "move_list", id: list.id, list: { position: "first" } },
    { op: "move_list", id: own.id, list: { after: list.id } },
    { op: "create", task: { title: "Planted", list_id: list.id } },
  ];
  const { outcomes } = await repositoriesOf(stranger).batch(
    operations.map((operation) => Operation.parse(operation)),
    EACH,
  );
  expect(outcomes.slice(0, 3)).toEqual([undefined, undefined, undefined]);
  for (const outcome of outcomes.slice(3)) expect(outcome).toBeInstanceOf(InvalidFields);
  expect(await listsOf(owner).list()).toEqual([list]);
});

test("operations on another user's tasks in a batch find no task", async () => {
  const owner = repositoriesOf(await createTestUser());
  const stranger = repositoriesOf(await createTestUser());
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
  const task = await make(repositoriesOf(user), { title: "0" });
  const batches = Array.from({ length: 6 }, (_, index) =>
    repositoriesOf(user).batch(
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
  expect((await all(repositoriesOf(user))).map(({ id }) => id)).toEqual([task.id, ...ids]);
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
  ["a parent that is neither an id nor a reference", { op: "create", task: { title: "a", parent_id: "#100" } }],
  ["a list that is neither an id nor a reference", { op: "create", task: { title: "a", list_id: "#-1" } }],
  ["a place that is neither an id nor a reference", { op: "move", id: randomUUID(), task: { after: "#01" } }],
  ["a new list without a name", { op: "create_list", list: {} }],
  ["a deleted list's tasks in no place", { op: "delete_list", id: randomUUID(), tasks: "attic" }],
])("%s can't be read as an operation", (_what, operation) => {
  expect(Operation.safeParse(operation).success).toBe(false);
});

test("a version that no task can have is a version conflict", async () => {
  const tasks = repositoriesOf(await createTestUser());
  const task = await make(tasks);
  for (const op of ["complete", "delete", "reopen"] as const) {
    const { outcomes } = await tasks.batch([Operation.parse({ op, id: task.id, if_version: 3_000_000_000 })], EACH);
    expect(outcomes).toEqual([new VersionConflict(task)]);
  }
});

test("names that every object has are no references, also in an operation of an unknown kind", async () => {
  const tasks = repositoriesOf(await createTestUser());
  const unknown = parseOperation({ op: "unknown", task: { constructor: "#0", to_string: "#0", list_id: "#0" } });
  const { outcomes } = await tasks.batch([create("First"), unknown], EACH);
  expect((outcomes[1] as InvalidFields).problems.map(({ pointer }) => pointer)).toEqual(["/op", "/task/list_id"]);
});
