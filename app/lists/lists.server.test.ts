import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { db } from "#app/db/database.server.ts";
import { ListConflict } from "#app/lists/list.ts";
import { ListChanges, ListInput } from "#app/lists/list-input.ts";
import { ListPatch, listJson } from "#app/lists/list-json.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { InvalidFields } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, makeList, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

test("a new list is found as created, last in manual order", async () => {
  const lists = listsOf(await createTestUser());
  const home = await makeList(lists, { name: " Home ", color: "teal" });
  const work = await makeList(lists, { name: "Work 🦊" });
  expect(home).toMatchObject({ name: "Home", color: "teal", openCount: 0, version: 1 });
  expect(work).toMatchObject({ name: "Work 🦊", color: null });
  expect(await lists.find(home.id)).toEqual(home);
  expect(await lists.list()).toEqual([home, work]);
});

test("an update changes only the fields that it contains", async () => {
  const lists = listsOf(await createTestUser());
  const { id } = await makeList(lists, { name: "Home", color: "red" });
  expect(await lists.update(id, { name: "House" })).toMatchObject({ name: "House", color: "red", version: 2 });
  expect(await lists.update(id, ListChanges.parse({ color: null }))).toMatchObject({ name: "House", color: null, version: 3 });
});

test("an update without differences keeps the version, and a read-only field must equal the stored value", async () => {
  const lists = listsOf(await createTestUser());
  const list = await makeList(lists, { name: "Home", color: "red" });
  expect(await lists.update(list.id, { name: "Home" })).toEqual(list);
  expect(await lists.update(list.id, ListPatch.parse({ ...listJson(list), color: "blue" }))).toMatchObject({ color: "blue", version: 2 });
  const refused = await lists.update(list.id, { name: "House", rank: "a0", version: 9 });
  expect(refused).toEqual(new InvalidFields(["/rank", "/version"].map((pointer) => ({ pointer, message: "can't be set" }))));
});

test("a change at an outdated version is refused with the current list", async () => {
  const lists = listsOf(await createTestUser());
  const { id } = await makeList(lists, { name: "Home" });
  const current = unwrap(await lists.update(id, { name: "House" }, [1]));
  for (const outcome of [
    await lists.update(id, { name: "Hut" }, [1]),
    await lists.update(id, {}, [1]),
    await lists.move(id, { position: "last" }, [1, 3]),
    await lists.remove(id, { tasks: "trash" }, []),
  ])
    expect(outcome).toEqual(new ListConflict(current));
  expect(await lists.find(id)).toEqual(current);
  expect(await lists.remove(id, { tasks: "inbox" }, [2])).toMatchObject({ id });
});

test("a list is moved next to another list of the user, or to an end, and undo moves it back", async () => {
  const user = await createTestUser();
  const lists = listsOf(user);
  const strangers = await makeList(listsOf(await createTestUser()), { name: "Secret" });
  const [a, b, c] = [await makeList(lists, { name: "a" }), await makeList(lists, { name: "b" }), await makeList(lists, { name: "c" })];
  const order = async () => (await lists.list()).map(({ name }) => name).join("");
  const moved = unwrap(await lists.move(a.id, { after: b.id }));
  expect(await order()).toBe("bac");
  expect(await changesOf(user).undo(moved.changeSeq)).toBe(1);
  expect(await order()).toBe("abc");
  unwrap(await lists.move(c.id, { before: a.id }));
  unwrap(await lists.move(a.id, { position: "last" }));
  unwrap(await lists.move(b.id, { position: "first" }));
  expect(await order()).toBe("bca");
  for (const id of [strangers.id, randomUUID()]) {
    expect(await lists.move(a.id, { after: id })).toEqual(new InvalidFields([{ pointer: "/after", message: "is not one of your lists" }]));
    expect(await lists.move(a.id, { before: id })).toBeInstanceOf(InvalidFields);
  }
});

test("lists that are moved concurrently get different ranks", async () => {
  const user = await createTestUser();
  const made = [];
  for (const name of "abcdef") made.push(await makeList(listsOf(user), { name }));
  const [anchor, ...others] = made;
  await Promise.all(others.map(async ({ id }) => unwrap(await listsOf(user).move(id, { after: anchor?.id ?? "" }))));
  expect(new Set((await listsOf(user).list()).map(({ rank }) => rank)).size).toBe(6);
});

test("a search by name finds at most 20 lists, by name with numbers in their order", async () => {
  const lists = listsOf(await createTestUser());
  const numbers = Array.from({ length: 21 }, (_, index) => index + 1);
  for (const number of numbers.toReversed()) await makeList(lists, { name: `Room ${number}` });
  await makeList(lists, { name: "Garden" });
  expect((await lists.search("roo")).map(({ name }) => name)).toEqual(numbers.slice(0, 20).map((number) => `Room ${number}`));
});

test("openCount counts open tasks, without subtasks and the trash", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await makeList(listsOf(user), { name: "Home" });
  const parent = await make(tasks, { list_id: id });
  await make(tasks, { parent_id: parent.id });
  await make(tasks, { list_id: id, status: "done" });
  await make(tasks);
  unwrap(await tasks.remove((await make(tasks, { list_id: id })).id));
  expect(await listsOf(user).find(id)).toMatchObject({ openCount: 1 });
});

test("removing a list moves its tasks to the Inbox, also those in the trash, and leaves a tombstone", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await makeList(listsOf(user), { name: "Home" });
  const task = await make(tasks, { list_id: id });
  const trashed = await make(tasks, { list_id: id });
  unwrap(await tasks.remove(trashed.id));
  expect(await listsOf(user).remove(id)).toMatchObject({ id });
  expect(await listsOf(user).remove(id)).toBeUndefined();
  expect(await listsOf(user).find(id)).toBeUndefined();
  expect(await tasks.find(task.id)).toMatchObject({ listId: null, version: 2 });
  expect(await tasks.restore(trashed.id)).toMatchObject({ listId: null });
  const tombstones = await db.selectFrom("tombstone").select(["kind", "id"]).where("userId", "=", user.id).execute();
  expect(tombstones).toEqual([{ kind: "list", id }]);
});

test("removing a list with its tasks moves them and their subtasks to the trash, from which they can be restored", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await makeList(listsOf(user), { name: "Home" });
  const task = await make(tasks, { list_id: id });
  const subtask = await make(tasks, { parent_id: task.id });
  const other = await make(tasks);
  expect(await listsOf(user).remove(id.toUpperCase(), { tasks: "trash" })).toMatchObject({ id });
  expect((await tasks.list({ status: "all", sort: "rank" }, { limit: 10 }))?.tasks).toEqual([other]);
  expect(await tasks.restore(task.id)).toMatchObject({ listId: null });
  expect(await tasks.find(subtask.id)).toMatchObject({ parentId: task.id });
});

test("a malformed or unknown id finds no list", async () => {
  const lists = listsOf(await createTestUser());
  for (const id of [randomUUID(), "", "inbox", "\0"]) {
    expect(await lists.find(id)).toBeUndefined();
    expect(await lists.update(id, { name: "b" })).toBeUndefined();
    expect(await lists.move(id, { position: "first" }, [1])).toBeUndefined();
    expect(await lists.remove(id)).toBeUndefined();
  }
});

test("a name has 1 to 100 characters, and a colour is one of the eight", () => {
  for (const name of ["", " ", "x".repeat(101), "a\0b"]) expect(ListInput.safeParse({ name }).success).toBe(false);
  expect(ListInput.safeParse({ name: "x".repeat(100), color: "grey" }).success).toBe(true);
  expect(ListInput.safeParse({ name: "x", color: "#fff" }).success).toBe(false);
});
