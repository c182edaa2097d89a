import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import type { UserRef } from "#app/context.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { sideBarOf } from "#app/lists/side-bar.server.ts";
import { TaskFilter } from "#app/tasks/filter.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { recordMethods, rowsOf } from "#app/testing/isolation.ts";
import { make, makeList, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";
import { userNowAt } from "#app/time.ts";

type Tasks = ReturnType<typeof tasksOf>;
type Lists = ReturnType<typeof listsOf>;

/** The methods that a stranger has called in this file; in the end, all of them. */
const tried = { tasks: new Set<string | symbol>(), lists: new Set<string | symbol>() };

function strangersTasks(user: UserRef): Tasks {
  return recordMethods(tried.tasks, tasksOf(user));
}

function strangersLists(user: UserRef): Lists {
  return recordMethods(tried.lists, listsOf(user));
}

// biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixtures that are needed from this pattern.
afterAll(async ({}, { tasks: tests }) => {
  // If some tests did not run, their methods were not tried.
  if (tests.some(({ mode }) => mode !== "run")) return;
  const user = await createTestUser();
  expect(Object.keys(tasksOf(user)).filter((name) => !tried.tasks.has(name))).toEqual([]);
  expect(Object.keys(listsOf(user)).filter((name) => !tried.lists.has(name))).toEqual([]);
});

/** One task of every kind, so that every statement could find one. */
async function ownerWithEverything() {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const list = await makeList(listsOf(user), { name: "Secret list", color: "red" });
  const due = { date: Temporal.Now.plainDateISO(user.timezone).toString() };
  const late = await make(tasks, {
    title: "Secret",
    list_id: list.id,
    labels: ["secret"],
    priority: 3,
    due: { date: "2020-01-01" },
    external_id: "x",
  });
  const nextDay = Temporal.PlainDate.from(due.date).add({ days: 1 }).toString();
  const tomorrow = await make(tasks, { due: { date: nextDay }, external_id: "y" });
  const parent = await make(tasks, { due });
  const subtask = await make(tasks, { parent_id: parent.id });
  const repeating = await make(tasks, { due, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } });
  const { task: done, next } = unwrap(await tasks.complete(repeating.id));
  const trashed = await make(tasks, { title: "Thrown away" });
  const trashedSubtask = await make(tasks, { parent_id: trashed.id });
  unwrap(await tasks.remove(trashed.id));
  unwrap(await tasks.update(late.id, { title: "Still secret" }));
  const all = [late, tomorrow, parent, subtask, done, trashed, trashedSubtask, ...(next ? [next] : [])];
  return { user, tasks, list, ids: all.map(({ id }) => id) };
}

/** Calls of each method, with the id of another user's task. */
const ATTEMPTS: Record<string, (tasks: Tasks, id: string, own: Task) => Promise<unknown>> = {
  find: (tasks, id) => tasks.find(id),
  "list by parent": (tasks, parent_id) => tasks.list({ ...TaskFilter.parse({}), parent_id }, { limit: 50 }),
  "list by relevance": (tasks, parent_id) => tasks.list({ status: "all", q: "task", parent_id }, { limit: 50 }),
  "list by due date": (tasks, parent_id) => tasks.list({ status: "all", sort: "due", parent_id }, { limit: 50 }),
  "count by parent": (tasks, parent_id) => tasks.count({ status: "all", parent_id }),
  relations: async (tasks, id, own) => [...(await tasks.relations([{ ...own, id, parentId: id }])).values()],
  subtasksOf: (tasks, id) => tasks.subtasksOf(id),
  existing: async (tasks, id) => [...(await tasks.existing([id]))],
  titlesOf: async (tasks, id) => [...(await tasks.titlesOf([id]))],
  update: (tasks, id) => tasks.update(id, { title: "Mine now" }),
  "update at a version": (tasks, id) => tasks.update(id, { title: "Mine now" }, [1]),
  "update nothing": (tasks, id) => tasks.update(id, {}),
  "update to done": (tasks, id) => tasks.update(id, { status: "done" }),
  complete: (tasks, id) => tasks.complete(id),
  "complete with subtasks": (tasks, id) => tasks.complete(id, { cascade: true }, [1, 2]),
  reopen: (tasks, id) => tasks.reopen(id),
  skip: (tasks, id) => tasks.skip(id),
  remove: (tasks, id) => tasks.remove(id),
  "remove at a version": (tasks, id) => tasks.remove(id, [1]),
  move: (tasks, id) => tasks.move(id, { position: "first" }),
  "move after it": (tasks, id, own) => tasks.move(own.id, { after: id }),
  "move before it": (tasks, id, own) => tasks.move(own.id, { before: id }),
  "move below it": (tasks, parentId, own) => tasks.move(own.id, { position: "first", parentId }),
  restore: (tasks, id) => tasks.restore(id),
  "restore at a version": (tasks, id) => tasks.restore(id, { dropExternalId: true }, [2]),
  purge: (tasks, id) => tasks.purge(id),
  "purge at a version": (tasks, id) => tasks.purge(id, [1]),
  "make a subtask of it": (tasks, parent_id) => tasks.create(taskInput({ parent_id })),
  "become its subtask": (tasks, parentId, own) => tasks.update(own.id, { parentId }),
};

const LIST_ATTEMPTS: Record<string, (lists: Lists, tasks: Tasks, id: string, own: Task) => Promise<unknown>> = {
  find: (lists, _tasks, id) => lists.find(id),
  update: (lists, _tasks, id) => lists.update(id, { name: "Mine now" }),
  "update at a version": (lists, _tasks, id) => lists.update(id, { name: "Mine now" }, [1]),
  move: (lists, _tasks, id) => lists.move(id, { position: "first" }),
  remove: (lists, _tasks, id) => lists.remove(id),
  "remove with its tasks": (lists, _tasks, id) => lists.remove(id, { tasks: "trash" }),
  "list its tasks": (_lists, tasks, list_id) => tasks.list({ ...TaskFilter.parse({}), list_id }, { limit: 50 }),
  "list its page": (_lists, tasks, topLevelIn) => tasks.list({ ...TaskFilter.parse({}), topLevelIn }, { limit: 50 }),
  "make a task in it": (_lists, tasks, list_id) => tasks.create(taskInput({ list_id })),
  "put a task in it": (_lists, tasks, listId, own) => tasks.update(own.id, { listId }),
  "move a task into it": (_lists, tasks, listId, own) => tasks.move(own.id, { position: "last", listId }),
};

test("the checks of a refused write find another user's tasks and lists no more than those that don't exist", async () => {
  const owner = await ownerWithEverything();
  const stranger = await createTestUser();
  const [tasks, lists] = [strangersTasks(stranger), strangersLists(stranger)];
  const problems = (id: string, listId: string, externalId: string) =>
    Promise.all([
      tasks.furtherProblems(
        { patch: { listId, parentId: id, sentBack: { version: 9 } }, target: { after: id, before: id }, invalid: new Set() },
        id,
      ),
      tasks.furtherUpsertProblems({ patch: { listId, sentBack: { id } }, invalid: new Set() }, externalId),
      lists.furtherProblems(listId, { valid: { version: 9, after: listId, before: listId } }),
    ]);
  const ofNothing = await problems(randomUUID(), randomUUID(), "none");
  expect(ofNothing.map((found) => found.map(({ pointer }) => pointer))).toEqual([
    ["/parent_id", "/list_id", "/after", "/before"],
    ["/id", "/list_id"],
    ["/after", "/before"],
  ]);
  for (const id of owner.ids) expect(await problems(id, owner.list.id, "x")).toEqual(ofNothing);
});

test("every method finds no task by another user's task id, and changes nothing", async () => {
  const owner = await ownerWithEverything();
  const stranger = strangersTasks(await createTestUser());
  const own = await make(stranger);
  const before = await rowsOf(owner.user.id);
  for (const [name, attempt] of Object.entries(ATTEMPTS)) {
    const nobodys = await attempt(stranger, randomUUID(), own);
    for (const id of owner.ids) expect(await attempt(stranger, id, own), name).toEqual(nobodys);
  }
  expect(await stranger.find(own.id)).toEqual(own);
  expect(await rowsOf(owner.user.id)).toEqual(before);
});

test("every method finds no list by another user's list id, and changes nothing", async () => {
  const owner = await ownerWithEverything();
  const user = await createTestUser();
  const stranger = strangersTasks(user);
  const own = await make(stranger);
  const before = await rowsOf(owner.user.id);
  for (const [name, attempt] of Object.entries(LIST_ATTEMPTS)) {
    const nobodys = await attempt(strangersLists(user), stranger, randomUUID(), own);
    expect(await attempt(strangersLists(user), stranger, owner.list.id, own), name).toEqual(nobodys);
  }
  expect(await rowsOf(owner.user.id)).toEqual(before);
});

test("methods without an id only read and change the user's own rows", async () => {
  const owner = await ownerWithEverything();
  const user = await createTestUser();
  const stranger = strangersTasks(user);
  const before = await rowsOf(owner.user.id);
  const now = userNowAt(Temporal.Now.instant(), user.timezone);
  expect(await stranger.today(now)).toMatchObject({ open: [], done: [] });
  expect(await stranger.upcoming(now)).toMatchObject({ tasks: [] });
  expect(await stranger.labels()).toEqual([]);
  expect(await stranger.labels("all")).toEqual([]);
  expect(await stranger.labelNames()).toEqual([]);
  expect((await stranger.relationsAndLabels([])).labels).toEqual([]);
  expect(await stranger.renameLabel("secret", "mine")).toBeUndefined();
  expect(await stranger.removeLabel("secret")).toBeUndefined();
  expect(await sideBarOf(user, now)).toEqual({ counts: { today: 0, upcoming: 0, inbox: 0 }, lists: [], nextDue: null });
  expect(await owner.tasks.findByTitle("Still secret")).toHaveLength(1);
  expect(await stranger.findByTitle("Still secret")).toEqual([]);
  expect(await stranger.emptyTrash()).toBe(0);
  expect(await stranger.moveOverdueToToday()).toBeUndefined();
  expect(await strangersLists(user).list()).toEqual([]);
  expect(await strangersLists(user).names()).toEqual([]);
  expect(await listsOf(owner.user).search("secret")).toHaveLength(1);
  expect(await strangersLists(user).search("secret")).toEqual([]);
  expect(await strangersLists(user).create({ name: "Secret list", color: null })).toMatchObject({ openCount: 0 });
  expect(await stranger.create(taskInput({ external_id: "x" }))).toMatchObject({ externalId: "x" });
  expect(await stranger.putByExternalId("x", { title: "Own" })).toMatchObject({ isNew: false, task: { title: "Own" } });
  expect(await stranger.putByExternalId("y", { title: "Own" })).toMatchObject({ isNew: true, task: { title: "Own" } });
  expect(await rowsOf(owner.user.id)).toEqual(before);
});

test("no part of a filter matches another user's tasks", async () => {
  const owner = await ownerWithEverything();
  const stranger = strangersTasks(await createTestUser());
  const parts: Partial<TaskFilter>[] = [
    {},
    { status: "open" },
    { status: "done" },
    { view: "today" },
    { view: "upcoming" },
    { view: "overdue" },
    { view: "inbox" },
    { list_id: owner.list.id },
    { topLevelIn: owner.list.id },
    { topLevelIn: null },
    { parent_id: owner.ids[2] ?? "" },
    { label: ["secret"] },
    { min_priority: 3 },
    { due_from: "2020-01-01" },
    { due_to: "2020-01-01" },
    { updated_since: "2020-01-01T00:00:00Z" },
    { external_id: "x" },
    { deleted: true },
  ];
  for (const part of parts) {
    const filter = { ...TaskFilter.parse({}), ...part };
    expect((await owner.tasks.list(filter, { limit: 50 }))?.tasks.length, JSON.stringify(part)).toBeGreaterThan(0);
    expect((await stranger.list(filter, { limit: 50 }))?.tasks, JSON.stringify(part)).toEqual([]);
    expect(await stranger.search("secret", filter), JSON.stringify(part)).toEqual([]);
  }
});

test("a task created with the id and title of another user's task is a new one", async () => {
  const owner = tasksOf(await createTestUser());
  const secret = await make(owner, { title: "Secret", notes: "Nobody else's" });
  const made = unwrap(await strangersTasks(await createTestUser()).createOnce(secret.id, taskInput({ title: "Secret" })));
  expect(made).toMatchObject({ title: "Secret", notes: "" });
  expect(await owner.find(secret.id)).toEqual(secret);
});

test("purging a task leaves an own task that has the id of another user's subtask below an equal id", async () => {
  const [owner, stranger] = [tasksOf(await createTestUser()), tasksOf(await createTestUser())];
  const [parentId, id] = [randomUUID(), randomUUID()];
  for (const tasks of [owner, stranger]) unwrap(await tasks.create(taskInput(), parentId));
  unwrap(await stranger.create(taskInput({ parent_id: parentId }), id));
  const own = unwrap(await owner.create(taskInput({ title: "Not a subtask" }), id));
  expect(await owner.purge(parentId)).toMatchObject({ id: parentId });
  expect(await owner.find(id)).toEqual(own);
  expect(await stranger.find(id)).toMatchObject({ id, parentId });
});

test("a restored task keeps its external id although another user has a task with the same one", async () => {
  const [owner, stranger] = [tasksOf(await createTestUser()), tasksOf(await createTestUser())];
  await make(stranger, { external_id: "x" });
  const { id } = await make(owner, { external_id: "x" });
  unwrap(await owner.remove(id));
  expect(await owner.restore(id)).toMatchObject({ externalId: "x" });
});
