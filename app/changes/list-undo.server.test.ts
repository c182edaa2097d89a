import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { db } from "#app/db/database.server.ts";
import { inWriteTransaction } from "#app/db/writer.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, makeList, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

async function personWithList() {
  const user = await createTestUser();
  const [tasks, lists] = [tasksOf(user), listsOf(user)];
  const list = await makeList(lists, { name: "Home", color: "teal" });
  return { user, tasks, lists, changes: changesOf(user), list };
}

test("undo restores a removed list with its tasks, and it can be removed again", async () => {
  const { user, tasks, lists, changes, list } = await personWithList();
  const one = await make(tasks, { list_id: list.id });
  const two = await make(tasks, { list_id: list.id });
  const change = unwrap(await lists.remove(list.id)).changeSeq;
  unwrap(await tasks.update(two.id, { title: "Changed since" }));
  expect(await changes.undo(change)).toBe(2);
  const { id, name, color, rank, createdAt } = list;
  expect(await lists.list()).toMatchObject([{ id, name, color, rank, createdAt, openCount: 1 }]);
  // A version that no reader has seen.
  expect((await lists.find(id))?.version).toBeGreaterThan(list.version + 1);
  expect(await tasks.find(one.id)).toMatchObject({ listId: id });
  expect(await tasks.find(two.id)).toMatchObject({ listId: null, title: "Changed since" });
  const tombstones = db.selectFrom("tombstone").select("id").where("userId", "=", user.id);
  expect(await tombstones.execute()).toEqual([]);
  expect(await changes.undo(change)).toBe(0);
  const again = unwrap(await lists.remove(id)).changeSeq;
  expect(await tombstones.execute()).toEqual([{ id }]);
  expect(await changes.undo(again)).toBe(2);
  expect(await lists.find(id)).toMatchObject({ name });
});

test("undo reverts the name and colour of a list, unless it was changed again since", async () => {
  const { lists, changes, list } = await personWithList();
  const renamed = unwrap(await lists.update(list.id, { name: "House", color: "red" }));
  expect(await changes.undo(renamed?.changeSeq ?? 0)).toBe(1);
  expect(await lists.find(list.id)).toMatchObject({ name: "Home", color: "teal", version: 3 });
  const first = unwrap(await lists.update(list.id, { name: "House" }));
  await lists.update(list.id, { color: "red" });
  expect(await changes.undo(first?.changeSeq ?? 0)).toBe(0);
  expect(await lists.find(list.id)).toMatchObject({ name: "House", color: "red" });
});

test("undo keeps the value of a column that is newer than the list's earlier version", async () => {
  const { user, lists, changes, list } = await personWithList();
  const renamed = unwrap(await lists.update(list.id, { name: "House" }));
  await sql`update list_revision set list = list - 'color' where user_id = ${user.id}`.execute(db);
  expect(await changes.undo(renamed?.changeSeq ?? 0)).toBe(1);
  expect(await lists.find(list.id)).toMatchObject({ name: "Home", color: "teal" });
});

test("a list that one change renames and removes is restored under its former name", async () => {
  const { user, lists, changes, list } = await personWithList();
  const change = await inWriteTransaction(user, async (transaction) => {
    await listsOf(user, transaction).update(list.id, { name: "House" });
    return unwrap(await listsOf(user, transaction).remove(list.id)).changeSeq;
  });
  expect(await changes.undo(change ?? 0)).toBe(1);
  expect(await lists.list()).toMatchObject([{ id: list.id, name: "Home" }]);
});

test("undo removes a list that the change created, unless it has been changed or has a task", async () => {
  const { tasks, lists, changes, list } = await personWithList();
  const task = await make(tasks, { list_id: list.id });
  expect(await changes.undo(list.changeSeq)).toBe(0);
  expect(await tasks.find(task.id)).toMatchObject({ listId: list.id });
  unwrap(await tasks.remove(task.id));
  expect(await changes.undo(list.changeSeq)).toBe(0);
  await tasks.purge(task.id);
  expect(await changes.undo(list.changeSeq)).toBe(1);
  expect(await lists.list()).toEqual([]);
  const renamed = await makeList(lists, { name: "Home" });
  await lists.update(renamed.id, { name: "House" });
  expect(await changes.undo(renamed.changeSeq)).toBe(0);
  expect(await lists.list()).toMatchObject([{ name: "House" }]);
});

test("undo by another user neither restores nor changes a list", async () => {
  const { lists, list } = await personWithList();
  const stranger = await personWithList();
  const renamed = unwrap(await lists.update(list.id, { name: "House" }));
  expect(await stranger.changes.undo(renamed?.changeSeq ?? 0)).toBe(0);
  expect(await lists.find(list.id)).toMatchObject({ name: "House" });
  const removed = unwrap(await lists.remove(list.id)).changeSeq;
  expect(await stranger.changes.undo(removed)).toBe(0);
  expect(await lists.list()).toEqual([]);
  expect(await stranger.lists.list()).toMatchObject([{ id: stranger.list.id }]);
});

test("removing an unknown list does nothing, so there is nothing to undo", async () => {
  const { lists, changes, list } = await personWithList();
  expect(await lists.remove(randomUUID())).toBeUndefined();
  expect(await changes.undo(list.changeSeq + 1)).toBe(0);
  expect(await lists.list()).toMatchObject([{ id: list.id }]);
});
