import { text } from "node:stream/consumers";
import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { archiveOf } from "#app/io/archive.server.ts";
import { InvalidArchive } from "#app/io/archive.ts";
import { parseJsonArchive } from "#app/io/json.ts";
import { pendingImportOf } from "#app/io/pending-import.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { sideBarOf } from "#app/lists/side-bar.server.ts";
import { TaskFilter } from "#app/tasks/filter.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { recordMethods, rowsOf } from "#app/testing/isolation.ts";
import {
  archiveWith,
  DONE,
  importInto,
  LATE,
  LISTED,
  LISTS,
  PARENT,
  REPEATING,
  SUBTASK,
  TASKS,
  TRASH,
  userWith,
  uuid,
} from "#app/testing/same-ids.ts";
import { taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

// Ids are unique for each user only: two users who import the same archive have lists and tasks with equal ids, and equal
// change numbers and versions. No call of one of them may read or write the rows of the other.

let ownerOnce: Promise<UserRef> | undefined;

/** The other user; no test changes their rows. */
function sharedOwner(): Promise<UserRef> {
  ownerOnce ??= userWith("Secret");
  return ownerOnce;
}

const tried = { tasks: new Set<string | symbol>(), lists: new Set<string | symbol>(), changes: new Set<string | symbol>() };
const triedIo = { archive: new Set<string | symbol>(), pending: new Set<string | symbol>() };

function repositoriesOf(user: UserRef) {
  return {
    user,
    tasks: recordMethods(tried.tasks, tasksOf(user)),
    lists: recordMethods(tried.lists, listsOf(user)),
    changes: recordMethods(tried.changes, changesOf(user)),
    archive: recordMethods(triedIo.archive, archiveOf(user)),
    pending: recordMethods(triedIo.pending, pendingImportOf(user)),
  };
}
type Repositories = ReturnType<typeof repositoriesOf>;

// biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixtures that are needed from this pattern.
afterAll(async ({}, { tasks: tests }) => {
  // With some of the tests filtered out, the list of methods is incomplete.
  if (tests.some(({ mode }) => mode !== "run")) return;
  const user = await createTestUser();
  const untried = (repository: object, names: Set<string | symbol>) => Object.keys(repository).filter((name) => !names.has(name));
  expect(untried(tasksOf(user), tried.tasks)).toEqual([]);
  expect(untried(listsOf(user), tried.lists)).toEqual([]);
  expect(untried(changesOf(user), tried.changes)).toEqual([]);
  expect(untried(archiveOf(user), triedIo.archive)).toEqual([]);
  expect(untried(pendingImportOf(user), triedIo.pending)).toEqual([]);
});

async function forEach(ids: string[], call: (id: string) => Promise<unknown>): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const id of ids) results.push(await call(id));
  return results;
}

const READS: Record<string, (repositories: Repositories) => Promise<unknown>> = {
  "tasks.find": ({ tasks }) => forEach(TASKS, (id) => tasks.find(id)),
  "tasks.list": ({ tasks }) => tasks.list(TaskFilter.parse({}), { limit: 50 }),
  "tasks.list of the trash": ({ tasks }) => tasks.list({ ...TaskFilter.parse({}), deleted: true }, { limit: 50 }),
  "tasks.list by parent": ({ tasks }) => tasks.list({ ...TaskFilter.parse({}), parent_id: PARENT }, { limit: 50 }),
  "tasks.list by list": ({ tasks }) => forEach(LISTS, (list_id) => tasks.list({ ...TaskFilter.parse({}), list_id }, { limit: 50 })),
  "tasks.list by external id": ({ tasks }) => tasks.list({ ...TaskFilter.parse({}), external_id: "x" }, { limit: 50 }),
  "tasks.list by due date": ({ tasks }) => tasks.list({ status: "all", sort: "due" }, { limit: 50 }),
  "tasks.list by label": ({ tasks }) => tasks.list({ status: "all", any_label: ["shared"], not_label: ["own"] }, { limit: 50 }),
  "tasks.count": ({ tasks }) => tasks.count({ status: "all", q: "own" }),
  "tasks.search": async ({ tasks }) => [await tasks.search("subtask"), await tasks.search("secret")],
  "tasks.today": ({ tasks }) => tasks.today(),
  "tasks.upcoming": ({ tasks }) => tasks.upcoming(),
  "tasks.labels": ({ tasks }) => tasks.labels("all"),
  "tasks.labelNames": async ({ tasks }) => (await tasks.labelNames()).toSorted(),
  "tasks.relations": async ({ tasks }) => [...(await tasks.relations(await own(tasks)))],
  "tasks.relationsAndLabels": async ({ tasks }) => {
    const { relations, labels } = await tasks.relationsAndLabels(await own(tasks));
    return [...relations, labels];
  },
  "tasks.subtasksOf": ({ tasks }) => forEach(TASKS, (id) => tasks.subtasksOf(id)),
  "tasks.titlesOf": async ({ tasks }) => [...(await tasks.titlesOf(TASKS))].toSorted(),
  "tasks.existing": async ({ tasks }) => [...(await tasks.existing(TASKS))].toSorted(),
  "tasks.findByTitle": ({ tasks }) => tasks.findByTitle("Own listed"),
  "tasks.furtherProblems": ({ tasks }) =>
    forEach([...TASKS, ...LISTS], (id) =>
      tasks.furtherProblems({ patch: { listId: id, parentId: id }, target: { after: id }, invalid: new Set() }, id),
    ),
  "tasks.furtherUpsertProblems": ({ tasks }) =>
    forEach([...TASKS, ...LISTS], (id) => tasks.furtherUpsertProblems({ patch: { listId: id, parentId: id }, invalid: new Set() }, "x")),
  "lists.furtherProblems": ({ lists }) => forEach(LISTS, (id) => lists.furtherProblems(id, { valid: { version: 9, before: id } })),
  "lists.list": ({ lists }) => lists.list(),
  "lists.names": ({ lists }) => lists.names(),
  "lists.search": ({ lists }) => lists.search("list"),
  "lists.find": ({ lists }) => forEach(LISTS, (id) => lists.find(id)),
  "the side bar": ({ user }) => sideBarOf(user),
  "changes.read": ({ changes }) => changes.read(undefined, 50),
  "changes.historyOf": ({ changes }) => forEach(TASKS, (id) => changes.historyOf(id)),
  "changes.wasUndone": ({ changes }) => forEach(NUMBERS, (number) => changes.wasUndone(Number(number))),
  "changes.isRecent": ({ changes }) => forEach(NUMBERS, (number) => changes.isRecent(Number(number))),
  "changes.changes": ({ changes }) => changes.changes({ limit: 50 }),
  "changes.history": ({ changes }) => changes.history({ limit: 50 }),
  "changes.lastOwnChange": ({ changes }) => changes.lastOwnChange(),
  "changes.change": ({ changes }) => forEach(NUMBERS, (number) => changes.change(Number(number))),
  "changes.versions": ({ changes }) => forEach(TASKS, (id) => changes.versions(id, { limit: 50 })),
  "archive.exportAs": async ({ archive }) => [
    await text((await archive.exportAs("json")).content),
    await text((await archive.exportAs("csv")).content),
  ],
  "archive.preview": ({ archive }) => preview(archive),
  "pending.find": ({ pending }) => pending.find(),
};

const NUMBERS = Array.from({ length: 20 }, (_, index) => String(index + 1));

async function own(tasks: Repositories["tasks"]) {
  return (await tasks.list(TaskFilter.parse({}), { limit: 50 }))?.tasks ?? [];
}

async function preview(archive: Repositories["archive"]) {
  const parsed = await parseJsonArchive(archiveWith("Other"));
  return parsed instanceof InvalidArchive ? parsed : archive.preview(parsed);
}

const WRITES: Record<string, (repositories: Repositories) => Promise<unknown>> = {
  "tasks.create with the external id": async ({ tasks }) => {
    await tasks.purge(LATE);
    return tasks.create(taskInput({ external_id: "x" }));
  },
  "tasks.create in the lists": ({ tasks }) => forEach(LISTS, (list_id) => tasks.create(taskInput({ list_id }))),
  "tasks.create below a task": ({ tasks }) => tasks.create(taskInput({ parent_id: PARENT })),
  "tasks.createOnce": async ({ tasks }) => {
    await tasks.purge(LATE);
    return forEach([...TASKS, uuid(10)], (id) => tasks.createOnce(id, taskInput({ title: "Own" })));
  },
  "tasks.update": ({ tasks }) => forEach(TASKS, (id) => tasks.update(id, { title: "Own", labels: [] })),
  "tasks.update at a version": ({ tasks }) => forEach(TASKS, (id) => tasks.update(id, { title: "Own" }, [1, 2, 3])),
  "tasks.update of status": ({ tasks }) => forEach(TASKS, (id) => tasks.update(id, { status: "done" })),
  "tasks.update of list and parent": async ({ tasks }) => [
    await tasks.update(LATE, { listId: LISTS[0] ?? "" }),
    await tasks.update(SUBTASK, { parentId: LATE }),
  ],
  "tasks.putByExternalId": ({ tasks }) => forEach(["x", "y"], (externalId) => tasks.putByExternalId(externalId, { title: "Own" })),
  "tasks.complete": ({ tasks }) => forEach(TASKS, (id) => tasks.complete(id)),
  "tasks.complete with subtasks": ({ tasks }) => forEach(TASKS, (id) => tasks.complete(id, { cascade: true }, [1, 2, 3])),
  "tasks.reopen": async ({ tasks }) => {
    await tasks.complete(REPEATING);
    return forEach(TASKS, (id) => tasks.reopen(id));
  },
  "tasks.skip": ({ tasks }) => forEach(TASKS, (id) => tasks.skip(id)),
  "tasks.remove": ({ tasks }) => forEach(TASKS, (id) => tasks.remove(id)),
  "tasks.remove at a version": ({ tasks }) => forEach(TASKS, (id) => tasks.remove(id, [1, 2, 3])),
  "tasks.move": ({ tasks }) => forEach(TASKS, (id) => tasks.move(id, { position: "first" })),
  "tasks.move next to a task": async ({ tasks }) => [await tasks.move(LATE, { after: LISTED }), await tasks.move(DONE, { before: LATE })],
  "tasks.move into a list": ({ tasks }) => forEach(LISTS, (listId) => tasks.move(LATE, { position: "last", listId })),
  "tasks.move below a task": ({ tasks }) => tasks.move(LATE, { position: "last", parentId: PARENT }),
  "tasks.restore": ({ tasks }) => forEach(TASKS, (id) => tasks.restore(id)),
  "tasks.purge": ({ tasks }) => forEach(TASKS, (id) => tasks.purge(id)),
  "tasks.emptyTrash": ({ tasks }) => tasks.emptyTrash(),
  "tasks.moveOverdueToToday": ({ tasks }) => tasks.moveOverdueToToday(),
  "tasks.renameLabel": ({ tasks }) => tasks.renameLabel("shared", "own"),
  "tasks.renameLabel to another spelling": ({ tasks }) => tasks.renameLabel("shared", "SHARED"),
  "tasks.removeLabel": ({ tasks }) => tasks.removeLabel("shared"),
  "changes.batch": ({ changes }) =>
    changes.batch(
      [
        { op: "update", id: LATE, task: { title: "Own" } },
        { op: "complete", id: REPEATING },
        { op: "reopen", id: DONE },
        { op: "move", id: LISTED, task: { position: "first" } },
        { op: "delete", id: PARENT },
        { op: "restore", id: TRASH },
        { op: "skip", id: REPEATING },
        { op: "create_list", list: { name: "Own", color: null } },
        { op: "update_list", id: LISTS[0] ?? "", list: { name: "Own" } },
        { op: "move_list", id: LISTS[0] ?? "", list: { position: "first" } },
        { op: "delete_list", id: LISTS[1] ?? "", tasks: "trash" },
      ],
      { atomic: false },
    ),
  "lists.create": ({ lists }) => lists.create({ name: "Own", color: null }),
  "lists.update": ({ lists }) => forEach(LISTS, (id) => lists.update(id, { name: "Own" })),
  "lists.update at a version": ({ lists }) => forEach(LISTS, (id) => lists.update(id, { name: "Own" }, [1, 2])),
  "lists.move": ({ lists }) => lists.move(LISTS[1] ?? "", { position: "first" }),
  "lists.move next to a list": ({ lists }) => lists.move(LISTS[1] ?? "", { before: LISTS[0] ?? "" }),
  "lists.remove": ({ lists }) => forEach(LISTS, (id) => lists.remove(id)),
  "lists.remove with tasks": ({ lists }) => forEach(LISTS, (id) => lists.remove(id, { tasks: "trash" })),
  "changes.undo of every change": ({ changes }) => forEach(NUMBERS.toReversed(), (number) => changes.undo(Number(number))),
  "changes.undoChange of every change": async ({ changes }) => {
    await forEach(NUMBERS, () => changes.undoChange());
    return forEach(NUMBERS.toReversed(), (number) => changes.undoChange(Number(number)));
  },
  "changes.undo of a removed list": async ({ changes, lists }) =>
    changes.undo(unwrap(await lists.remove(LISTS[0] ?? "", { tasks: "trash" })).changeSeq),
  "changes.undo of a label's spelling": async ({ changes, tasks }) => {
    const { changeSeq } = unwrap(await tasks.renameLabel("shared", "SHARED"));
    unwrap(await tasks.update(LISTED, { notes: "Own" }));
    return changes.undo(changeSeq);
  },
  "changes.undo of a completion": async ({ changes, tasks }) => changes.undo(unwrap(await tasks.complete(REPEATING)).task.changeSeq),
  "archive.importArchive": async ({ archive, tasks, lists }) => {
    await forEach(TASKS, (id) => tasks.purge(id));
    await forEach(LISTS, (id) => lists.remove(id));
    return importInto(archive, archiveWith("Own"));
  },
  "archive.importArchive of a high rank": ({ archive }) =>
    importInto(archive, { version: 1, tasks: [{ id: uuid(20), title: "Own", rank: "k00000009000" }] }),
  "pending.save": ({ pending }) => pending.save("own.csv", Buffer.from("own")),
  "pending.take": async ({ pending }) => pending.take((await pending.find())?.id ?? ""),
};

test("reads return the same rows before and after another user has rows with the same ids", async () => {
  const [id = ""] = LISTS;
  await sql`delete from "user" where id in (select user_id from list where id = ${id} union select user_id from tombstone where id = ${id})`.execute(
    db,
  );
  const repositories = repositoriesOf(await userWith("Own"));
  const results = async () => {
    const read: Record<string, unknown> = {};
    for (const [name, call] of Object.entries(READS)) read[name] = await call(repositories);
    return read;
  };
  const before = await results();
  const other = await userWith("Secret");
  const { changeSeq } = unwrap(await tasksOf(other).update(LISTED, { notes: "Secret again" }));
  expect(await changesOf(other).undo(changeSeq)).toBe(1);
  expect(await results()).toEqual(before);
  for (const [name, result] of Object.entries(before))
    expect(JSON.stringify(result), name).not.toMatch(/^(\[\]|undefined|null|\[null(,null)*\])$/);
});

test.each(Object.entries(WRITES))(
  "%s writes only the user's own rows, also where another user has rows with the same ids",
  async (_name, write) => {
    const owner = await sharedOwner();
    const stranger = await userWith("Own");
    const [ownersRows, strangersRows] = [await rowsOf(owner.id), await rowsOf(stranger.id)];
    expect(ownersRows).toHaveLength(strangersRows.length);
    await write(repositoriesOf(stranger));
    expect(await rowsOf(owner.id)).toEqual(ownersRows);
    expect(await rowsOf(stranger.id)).not.toEqual(strangersRows);
  },
);

test("a pending import can't be taken by another user who has one too", async () => {
  const owner = await sharedOwner();
  const stranger = repositoriesOf(await userWith("Own"));
  const before = await rowsOf(owner.id);
  expect(await stranger.pending.take((await pendingImportOf(owner).find())?.id ?? "")).toBeUndefined();
  expect(await rowsOf(owner.id)).toEqual(before);
});
