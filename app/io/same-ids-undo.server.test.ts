import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import type { Operation } from "#app/changes/operation.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { archiveOf } from "#app/io/archive.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { rowsOf } from "#app/testing/isolation.ts";
import {
  endSeries,
  importInto,
  LATE,
  LISTED,
  LISTS,
  PARENT,
  REPEATING,
  type Repositories,
  repositories,
  SECOND,
  SUBTASK,
  userWith,
  uuid,
} from "#app/testing/same-ids.ts";
import { make, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

// Where another user has rows with the same ids, undo depends only on the user's own rows.

async function contentOf(user: UserRef): Promise<string> {
  return (await text((await archiveOf(user).exportAs("json")).content)).replaceAll(/"updated_at":"[^"]*"/g, "");
}

test.each<[string, (user: UserRef) => Promise<number>]>([
  ["a removed list", async (user) => unwrap(await listsOf(user).remove(LISTS[0] ?? "", { tasks: "trash" })).changeSeq],
  ["a removed task", async (user) => unwrap(await tasksOf(user).remove(LATE)).changeSeq],
  ["a moved subtask", async (user) => unwrap(await tasksOf(user).update(SUBTASK, { parentId: null })).changeSeq],
])("undo of %s restores it and leaves the same change of another user as it is", async (_name, change) => {
  const [other, user] = [await userWith("Secret"), await userWith("Own")];
  const before = await contentOf(user);
  const changeNumber = await change(user);
  expect(await change(other)).toBe(changeNumber);
  await tasksOf(other).create(taskInput({ parent_id: SUBTASK }));
  await tasksOf(other).create(taskInput({ external_id: "x" }));
  const othersRows = await rowsOf(other.id);
  await changesOf(user).undo(changeNumber);
  expect(await rowsOf(other.id)).toEqual(othersRows);
  expect(await contentOf(user)).toBe(before);
});

test("a list that undo recreates goes on from its own versions, and can be removed by undo again", async () => {
  const [other, user] = [await userWith("Secret"), await userWith("Own")];
  const [id = ""] = LISTS;
  for (const name of ["a", "b", "c", "d", "e"]) unwrap(await listsOf(other).update(id, { name }));
  const [lists, changes] = [listsOf(user), changesOf(user)];
  const removed = unwrap(await lists.remove(id));
  await changes.undo(removed.changeSeq);
  const recreated = await lists.find(id);
  expect(recreated?.version).toBe(removed.version + 1);
  expect(await tasksOf(user).purge(PARENT)).toBeDefined();
  expect(await changes.undo(recreated?.changeSeq ?? 0)).toBe(1);
  expect(await lists.find(id)).toBeUndefined();
});

test("undo reverts a task from the user's own first revision of the change", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  unwrap(await own.tasks.update(LISTED, { notes: "Own before" }));
  await make(other.tasks);
  const { changeSeq } = unwrap(await own.tasks.update(LISTED, { notes: "Own after" }));
  expect(unwrap(await other.tasks.update(LISTED, { notes: "Secret after" })).changeSeq).toBe(changeSeq);
  await own.changes.undo(changeSeq);
  expect(await own.tasks.find(LISTED)).toMatchObject({ notes: "Own before" });
});

/** Completes REPEATING, and with a later change reopens it, which purges its next occurrence. Returns the number of that change. */
async function reopenRepeating({ tasks }: Repositories): Promise<number> {
  unwrap(await tasks.complete(REPEATING));
  await make(tasks);
  return unwrap(await tasks.reopen(REPEATING)).changeSeq;
}

async function openTitles({ tasks }: Repositories): Promise<string[]> {
  const page = await tasks.list({ status: "open", sort: "rank" }, { limit: 50 });
  return page?.tasks.map(({ title }) => title) ?? [];
}

test("undo reverts a task that only another user created in the change of that number", async () => {
  const [other, user] = [await createTestUser(), await createTestUser()];
  const [tasks, id] = [tasksOf(user), randomUUID()];
  await make(tasksOf(other));
  const { changeSeq } = unwrap(await tasksOf(other).create(taskInput(), id));
  unwrap(await tasksOf(other).update(id, { title: "Secret" }));
  unwrap(await tasks.create(taskInput({ title: "Own" }), id));
  expect(await tasks.update(id, { title: "Changed" })).toMatchObject({ changeSeq });
  expect(await changesOf(user).undo(changeSeq)).toBe(1);
  expect(await tasks.find(id)).toMatchObject({ title: "Own" });
});

test("undo keeps the user's own value of a column that is newer than the history", async () => {
  const id = randomUUID();
  const [first, user, last] = [await createTestUser(), await createTestUser(), await createTestUser()];
  for (const one of [first, user, last]) unwrap(await tasksOf(one).create(taskInput({ priority: one === user ? 1 : 3 }), id));
  const { changeSeq } = unwrap(await tasksOf(user).update(id, { title: "Changed" }));
  await db.updateTable("taskRevision").set({ task: sql`task - 'priority'` }).where("userId", "=", user.id).execute();
  expect(await changesOf(user).undo(changeSeq)).toBe(1);
  expect(await tasksOf(user).find(id)).toMatchObject({ priority: 1, version: 3 });
});

test("undo inserts no next occurrence because the undo of that number by another user does", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  await endSeries(own);
  const { changeSeq } = unwrap(await own.tasks.update(LATE, { notes: "Own" }));
  expect(await reopenRepeating(other)).toBe(changeSeq);
  await other.changes.undo(changeSeq);
  const before = await openTitles(own);
  await own.changes.undo(changeSeq);
  expect(await openTitles(own)).toEqual(before);
});

test("undo inserts no next occurrence because another user purged a task in the change of that number", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  await endSeries(own);
  const { changeSeq } = unwrap(await own.tasks.reopen(REPEATING));
  expect(await reopenRepeating(other)).toBe(changeSeq);
  await own.changes.undo(changeSeq);
  expect(await own.tasks.find(REPEATING)).toMatchObject({ status: "done" });
  expect(await openTitles(own)).not.toContain("Own repeating");
});

test("undo inserts no next occurrence for a task that only another user had open", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  for (const { user } of [other, own]) await importInto(archiveOf(user), { version: 1, tasks: [SECOND] });
  await endSeries(own);
  unwrap(await own.tasks.complete(SECOND.id));
  const operations: Operation[] = [
    { op: "update", id: REPEATING, task: { notes: "Own" } },
    { op: "reopen", id: SECOND.id },
  ];
  const { changeSeq = 0 } = await own.changes.batch(operations, { atomic: true });
  for (let number = 0; number < 5; number++) await make(other.tasks);
  expect(unwrap(await other.tasks.complete(REPEATING)).task.changeSeq).toBe(changeSeq + 1);
  await own.changes.undo(changeSeq);
  expect(await openTitles(own)).toContain("second");
  expect(await openTitles(own)).not.toContain("Own repeating");
});

test("undo removes what the user created in the change, regardless of another user's tasks", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  const made = { id: uuid(40), title: "made", parent_id: PARENT, created_at: "2026-01-01T00:00:00Z" };
  // Another user's parent of that id is as old as the subtask, so only there they could be of one change.
  unwrap(await other.tasks.purge(PARENT));
  await make(other.tasks);
  await importInto(archiveOf(other.user), { version: 1, tasks: [{ id: PARENT, title: "Secret", created_at: made.created_at }, made] });
  await importInto(archiveOf(own.user), { version: 1, tasks: [{ id: uuid(41), title: "kept" }] });
  await importInto(archiveOf(own.user), { version: 1, tasks: [made] });
  const changeSeq = (await own.tasks.find(made.id))?.changeSeq ?? 0;
  expect(await own.changes.undo(changeSeq)).toBe(1);
  expect(await own.tasks.find(made.id)).toBeUndefined();
  const next = unwrap(await own.tasks.update(LATE, { notes: "Own" }));
  await importInto(archiveOf(other.user), { version: 1, tasks: [{ id: uuid(41), title: "Secret" }] });
  expect(await other.tasks.find(uuid(41))).toMatchObject({ changeSeq: next.changeSeq });
  await own.changes.undo(next.changeSeq);
  expect(await own.tasks.find(uuid(41))).toMatchObject({ title: "kept" });
});

test("undo gives a label the spelling that the user had, and leaves another user's", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  const respelled = unwrap(await own.tasks.renameLabel("shared", "SHARED"));
  expect(unwrap(await other.tasks.renameLabel("shared", "SHARED")).changeSeq).toBe(respelled.changeSeq);
  await own.changes.undo(respelled.changeSeq);
  expect([await own.tasks.labelNames(), await other.tasks.labelNames()]).toMatchObject([
    expect.arrayContaining(["shared"]),
    expect.arrayContaining(["SHARED"]),
  ]);
});

test("undo keeps a label's spelling if the tasks that only another user left unchanged had another one", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  const { changeSeq } = unwrap(await own.tasks.renameLabel("shared", "SHARED"));
  unwrap(await other.tasks.renameLabel("shared", "SHARED"));
  unwrap(await own.tasks.update(LISTED, { notes: "Own" }));
  expect(await own.changes.undo(changeSeq)).toBe(0);
  expect(await own.tasks.labelNames()).toContain("SHARED");
});

test("undo keeps a label's spelling if only another user respelled it in the change of that number", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  unwrap(await own.tasks.renameLabel("shared", "SHARED"));
  await make(other.tasks);
  const { changeSeq } = unwrap(await own.tasks.update(LISTED, { notes: "Own" }));
  expect(unwrap(await other.tasks.renameLabel("shared", "SHARED")).changeSeq).toBe(changeSeq);
  await own.changes.undo(changeSeq);
  expect(await own.tasks.labelNames()).toContain("SHARED");
});
