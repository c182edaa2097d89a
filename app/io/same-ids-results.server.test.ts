import { text } from "node:stream/consumers";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { deleteOldTombstones } from "#app/changes/cleanup.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { archiveOf } from "#app/io/archive.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { ExternalIdTaken } from "#app/tasks/outcome.ts";
import { purgeOldTrash } from "#app/tasks/store/cleanup.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { rowsOf } from "#app/testing/isolation.ts";
import { archiveWith, DONE, importInto, LATE, LISTED, LISTS, PARENT, REPEATING, SUBTASK, TASKS, userWith } from "#app/testing/same-ids.ts";
import { make, taskInput, unwrap } from "#app/testing/tasks.ts";

// Where another user has rows with the same ids, what one user gets depends only on the user's own rows.

async function repositories(word: string) {
  const user = await userWith(word);
  return { user, tasks: tasksOf(user), lists: listsOf(user), changes: changesOf(user) };
}

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

test("emptying the trash leaves tasks whose ids another user has in the trash", async () => {
  const [other, user] = [await userWith("Secret"), await userWith("Own")];
  unwrap(await tasksOf(other).remove(LATE));
  await tasksOf(user).emptyTrash();
  expect(await tasksOf(user).find(LATE)).toMatchObject({ title: "Own late" });
});

test("tasks whose ids are those of another user's overdue tasks are not moved to today", async () => {
  const [other, user] = [await userWith("Secret"), await userWith("Own")];
  unwrap(await tasksOf(other).update(LISTED, { due: { date: "2020-01-01" } }));
  expect(await tasksOf(user).moveOverdueToToday()).toMatchObject({ id: LATE });
  expect(await tasksOf(user).find(LISTED)).toMatchObject({ due: null });
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

test("a list that is imported again under its id goes on from its own versions", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  const [id = ""] = LISTS;
  for (const name of ["a", "b", "c", "d", "e"]) unwrap(await other.lists.update(id, { name }));
  const removed = unwrap(await own.lists.remove(id));
  await importInto(archiveOf(own.user), archiveWith("Own"));
  expect(await own.lists.find(id)).toMatchObject({ version: removed.version + 1 });
});

test("a restored task keeps an external id that only another user has", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  unwrap(await other.tasks.purge(LATE));
  await make(other.tasks, { external_id: "x" });
  unwrap(await own.tasks.remove(LATE));
  expect(await own.tasks.restore(LATE)).toMatchObject({ externalId: "x" });
});

test("a taken external id is reported with the user's own task", async () => {
  for (const { tasks } of [await repositories("Secret"), await repositories("Own")]) {
    unwrap(await tasks.purge(LATE));
    const { id } = await make(tasks, { external_id: "x" });
    expect(await tasks.create(taskInput({ external_id: "x" }))).toEqual(new ExternalIdTaken(id));
  }
});

test("the open occurrence of a series is the user's own", async () => {
  const [, { tasks }] = [await repositories("Secret"), await repositories("Own")];
  const { next } = unwrap(await tasks.complete(REPEATING));
  unwrap(await tasks.purge(next?.id ?? ""));
  expect(await tasks.complete(REPEATING)).toMatchObject({ task: { id: REPEATING }, next: null });
});

test("a task is moved among the user's own tasks", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  const { rank } = unwrap(await other.tasks.move(LISTED, { position: "first" }));
  expect(await own.tasks.move(LISTED, { position: "first" })).toMatchObject({ rank });
});

test("tasks whose ranks are written anew keep the user's order, and another user's stay", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  for (const id of TASKS) await other.tasks.move(id, { position: "first" });
  // No rank of at most 150 characters is between these.
  for (const [id, rank] of [
    [LATE, "a0"],
    [LISTED, `a0${"0".repeat(148)}1`],
  ] as const)
    await db.updateTable("task").set({ rank }).where("userId", "=", own.user.id).where("id", "=", id).execute();
  const before = await rowsOf(other.user.id);
  unwrap(await own.tasks.move(REPEATING, { after: LATE }));
  const page = await own.tasks.list({ status: "all", sort: "rank" }, { limit: 50 });
  expect(page?.tasks.map(({ id }) => id)).toEqual([LATE, REPEATING, LISTED, PARENT, DONE, SUBTASK]);
  expect(await rowsOf(other.user.id)).toEqual(before);
});

test("a label is found, counted and spelled as the user has it", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  unwrap(await other.tasks.renameLabel("shared", "SHARED"));
  await make(other.tasks, { labels: ["common"] });
  expect(await own.tasks.renameLabel("shared", "common")).toMatchObject({ name: "common", openCount: 1 });
  expect(await other.tasks.renameLabel("shared", "common")).toMatchObject({ name: "common", openCount: 2 });
  unwrap(await own.tasks.update(LISTED, { labels: [] }));
  expect(await own.tasks.renameLabel("common", "work")).toBeUndefined();
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

test("old trash is purged, but not tasks whose ids another user has in the trash", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  unwrap(await other.tasks.remove(LATE));
  await sql`update task set deleted_at = now() - interval '31 days' where user_id = ${other.user.id} and id = ${LATE}`.execute(db);
  await purgeOldTrash((error) => {
    throw error;
  });
  expect(await own.tasks.find(LATE)).toMatchObject({ title: "Own late" });
});

test("a reader of the feed is not sent back to the start because another user's tombstones were deleted", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  const { next } = (await own.changes.read(undefined, 50)) as { next: string };
  for (const title of ["a", "b", "c"]) unwrap(await other.tasks.update(LATE, { title }));
  unwrap(await other.tasks.purge(LATE));
  await sql`update tombstone set deleted_at = now() - interval '91 days' where user_id = ${other.user.id}`.execute(db);
  await deleteOldTombstones();
  expect(await own.changes.read(next, 50)).toMatchObject({ items: [] });
});
