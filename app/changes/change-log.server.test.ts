import { sql } from "kysely";
import { expect, test } from "vitest";
import { accessKeysOf } from "#app/auth/access-keys.server.ts";
import type { LoggedChange } from "#app/changes/change-log.server.ts";
import { changesOf } from "#app/changes/changes.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { inWriteTransaction } from "#app/db/writer.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, makeList, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

async function changesFor(user: UserRef): Promise<LoggedChange[]> {
  return (await changesOf(user).changes({ limit: 100 }))?.changes ?? [];
}

async function latest(user: UserRef): Promise<LoggedChange | undefined> {
  return (await changesOf(user).changes({ limit: 1 }))?.changes[0];
}

/** The actions of the change, in short. */
function did(change: LoggedChange | undefined): unknown[] {
  return [...(change?.tasks.items ?? []), ...(change?.lists.items ?? [])].map(({ name, action, fields }) => [action, name, ...fields]);
}

async function withKey(user: UserRef, name = "home-assistant"): Promise<UserRef & { key: string }> {
  const { id } = await accessKeysOf(user).create({ name, scopes: ["tasks:write"], days: 7 });
  return { ...user, origin: { type: "key", id }, key: id };
}

function moveLogBack(user: UserRef, minutes: number) {
  return sql`update change_log set at = at - make_interval(mins => ${minutes}) where user_id = ${user.id}`.execute(db);
}

test("the log has each change with its number, time, origin and what it did", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id, changeSeq, createdAt } = await make(tasks);
  expect(await changesFor(user)).toEqual([
    {
      changeNumber: changeSeq,
      at: createdAt,
      origin: { type: "session" },
      tasks: { items: [{ id, name: "A task", action: "created", fields: [] }], count: 1 },
      lists: { items: [], count: 0 },
      undoes: null,
      undoneBy: null,
      undoableUntil: Temporal.Instant.from(createdAt).add({ minutes: 10 }).toString({ smallestUnit: "millisecond" }),
    },
  ]);
});

test("each way to change a task has its action and fields, also after later changes", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks);
  const last = await make(tasks);
  unwrap(await tasks.update(id, { title: "b", due: { date: "2090-01-01", time: "09:00" }, labels: ["x"] }));
  unwrap(await tasks.complete(id));
  unwrap(await tasks.reopen(id));
  unwrap(await tasks.move(id, { after: last.id }));
  unwrap(await tasks.remove(id));
  unwrap(await tasks.restore(id));
  unwrap(await tasks.update(id, { title: "c" }));
  expect((await changesFor(user)).map(did).reverse()).toEqual([
    [["created", "A task"]],
    [["created", "A task"]],
    [["updated", "b", "title", "labels", "due"]],
    [["completed", "b", "status"]],
    [["reopened", "b", "status"]],
    [["moved", "b", "rank"]],
    [["deleted", "b"]],
    [["restored", "b"]],
    [["updated", "c", "title"]],
  ]);
});

test("a task that is deleted for good has no title any more, in no change", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks, { title: "Secret" });
  unwrap(await tasks.update(id, { notes: "Secret" }));
  unwrap(await tasks.purge(id));
  const changes = await changesFor(user);
  expect(changes.map(did)).toEqual([[["purged", null]], [], []]);
  expect(changes.map(({ undoableUntil }) => undoableUntil)).toEqual([null, null, null]);
  expect(JSON.stringify(changes)).not.toContain("Secret");
});

test("each way to change a list has its action and fields", async () => {
  const user = await createTestUser();
  const lists = listsOf(user);
  const { id } = await makeList(lists, { name: "Home" });
  const other = await makeList(lists, { name: "Work" });
  await lists.update(id, { name: "House", color: "red" });
  await lists.move(id, { after: other.id });
  const { changeSeq } = unwrap(await lists.remove(id));
  await changesOf(user).undo(changeSeq);
  await lists.update(id, { name: "Flat" });
  const changes = await changesFor(user);
  expect(changes.map(did).reverse()).toEqual([
    [["created", "Home"]],
    [["created", "Work"]],
    [["updated", "House", "name", "color"]],
    [["moved", "House", "rank"]],
    [["deleted", "House"]],
    [["restored", "House"]],
    [["updated", "Flat", "name"]],
  ]);
});

test("a large change names ten tasks and says how many it wrote", async () => {
  const user = await createTestUser();
  const made = await inWriteTransaction(user, async (transaction) => {
    const tasks = tasksOf(user, transaction);
    return [await make(tasks), ...(await Promise.all(Array.from({ length: 11 }, () => make(tasks))))];
  });
  const [change] = await changesFor(user);
  expect(change).toMatchObject({ changeNumber: made[0]?.changeSeq, tasks: { count: 12 } });
  expect(change?.tasks.items).toHaveLength(10);
});

test("what writes nothing, fails or is done by a job is not in the log", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id, version } = await make(tasks);
  await tasks.update(id, { title: "A task" });
  await tasks.update(id, { title: "b" }, [version + 1]);
  await tasks.skip(id);
  await tasks.emptyTrash();
  await inWriteTransaction(user, () => Promise.reject(new Error("fails"))).catch(() => undefined);
  await inWriteTransaction({ id: user.id, origin: null }, (transaction) => make(tasksOf(user, transaction)));
  expect((await changesFor(user)).map(did)).toEqual([[["created", "A task"]]]);
});

test("an access key's change has its id, and the name that it had, also in one statement and after it is revoked", async () => {
  const user = await createTestUser();
  const script = await withKey(user);
  const { id } = await make(tasksOf(script));
  await tasksOf(script).skip(id);
  await makeList(listsOf(script), { name: "Home" });
  const child = await make(tasksOf(script), { parent_id: id });
  const origin = { type: "key", id: script.key, name: "home-assistant" };
  await accessKeysOf(user).revoke(script.key);
  expect((await changesFor(user)).map((change) => change.origin)).toEqual([origin, origin, origin]);
  unwrap(await tasksOf(script).update(child.id, { title: "b" }));
  expect((await latest(user))?.origin).toEqual({ ...origin, name: null });
});

test("a key of another user has no name in the log", async () => {
  const [user, other] = [await createTestUser(), await createTestUser()];
  const { key } = await withKey(other, "Secret");
  await make(tasksOf({ ...user, origin: { type: "key", id: key } }));
  expect((await latest(user))?.origin).toEqual({ type: "key", id: key, name: null });
});

test("pages lose and repeat nothing while changes are made, and a cursor is its user's", async () => {
  const user = await createTestUser();
  const changes = changesOf(user);
  const tasks = tasksOf(user);
  for (let made = 0; made < 5; made++) await make(tasks);
  const before = (await changesFor(user)).map(({ changeNumber }) => changeNumber);
  const read: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await changes.changes({ limit: 2, cursor });
    read.push(...(page?.changes ?? []).map(({ changeNumber }) => changeNumber));
    cursor = page?.nextCursor ?? undefined;
    await make(tasks);
  } while (cursor);
  expect(read).toEqual(before);
  const { nextCursor } = (await changes.changes({ limit: 2 })) ?? {};
  expect(await changesOf(await createTestUser()).changes({ limit: 2, cursor: nextCursor ?? "" })).toBeUndefined();
  expect(await changes.changes({ limit: 2, cursor: "x" })).toBeUndefined();
});

test("a change can't be undone after ten minutes, by number or as the last one", async () => {
  const user = await createTestUser();
  const changes = changesOf(user);
  const { id, changeSeq } = await make(tasksOf(user));
  await moveLogBack(user, 10);
  expect(await changes.undo(changeSeq)).toBe(0);
  expect(await changes.undoChange(changeSeq)).toBeUndefined();
  expect(await changes.undoChange()).toBeUndefined();
  expect(await changes.isRecent(changeSeq)).toBe(false);
  expect((await latest(user))?.undoableUntil).toBeNull();
  await moveLogBack(user, -1);
  expect(await changes.isRecent(changeSeq)).toBe(true);
  expect((await latest(user))?.undoableUntil).not.toBeNull();
  expect(await changes.undoChange(changeSeq)).toMatchObject({ tasks: { items: [{ id, action: "purged" }] } });
});

test("without a number, undo takes back the last change of the same origin, and then the one before", async () => {
  const user = await createTestUser();
  const [script, other] = [await withKey(user), await withKey(user, "other")];
  const [first, second] = [await make(tasksOf(user)), await make(tasksOf(user))];
  const byScript = await make(tasksOf(script), { title: "Of a script" });
  expect(await changesOf(other).undoChange()).toBeUndefined();
  expect(await changesOf(user).undoChange()).toMatchObject({ origin: { type: "session" }, undoes: second.changeSeq });
  expect(await changesOf(user).undoChange()).toMatchObject({ origin: { type: "session" }, undoes: first.changeSeq });
  expect(await tasksOf(user).find(byScript.id)).toBeDefined();
  expect(await changesOf(script).undoChange()).toMatchObject({ origin: { type: "key", id: script.key }, undoes: byScript.changeSeq });
  expect(await tasksOf(user).find(byScript.id)).toBeUndefined();
});

test("by its number, a change of any origin is undone", async () => {
  const user = await createTestUser();
  const { id, changeSeq } = await make(tasksOf(await withKey(user)));
  expect(await changesOf(user).undoChange(changeSeq)).toMatchObject({ undoes: changeSeq });
  expect(await tasksOf(user).find(id)).toBeUndefined();
});

test("an undo is undone by its number, and that redo again, by its number or as the last change", async () => {
  const user = await createTestUser();
  const changes = changesOf(user);
  const earlier = await make(tasksOf(user));
  const { id } = await make(tasksOf(await withKey(user)), { title: "a" });
  const title = async () => (await tasksOf(user).find(id))?.title;
  const { changeSeq } = unwrap(await tasksOf(user).update(id, { title: "b" }));
  const undo = await changes.undoChange(changeSeq);
  expect(undo).toMatchObject({ undoes: changeSeq, undoneBy: null, undoableUntil: expect.any(String) });
  expect(await changes.change(changeSeq)).toMatchObject({ undoes: null, undoneBy: undo?.changeNumber, undoableUntil: null });
  const redo = await changes.undoChange(undo?.changeNumber);
  expect(await title()).toBe("b");
  expect(redo).toMatchObject({ undoes: undo?.changeNumber, tasks: { items: [{ action: "updated", fields: ["title"] }] } });
  expect(await changes.undoChange()).toMatchObject({ undoes: redo?.changeNumber });
  expect(await title()).toBe("a");
  expect(await changes.undoChange()).toMatchObject({ undoes: earlier.changeSeq });
});

test("of two undos of a change at once, one undoes it", async () => {
  const user = await createTestUser();
  const { changeSeq } = await make(tasksOf(user));
  const outcomes = await Promise.all([changesOf(user).undoChange(changeSeq), changesOf(user).undoChange(changeSeq)]);
  expect(outcomes.filter(Boolean)).toHaveLength(1);
});

test("a change of which everything was changed again since can't be undone", async () => {
  const user = await createTestUser();
  const { id } = await make(tasksOf(user));
  const { changeSeq } = unwrap(await tasksOf(user).update(id, { title: "b" }));
  unwrap(await tasksOf(user).update(id, { title: "c" }));
  expect(await changesOf(user).change(changeSeq)).toMatchObject({ undoableUntil: null });
  expect(await changesOf(user).undoChange(changeSeq)).toBeUndefined();
});

async function shown(user: UserRef) {
  const { entries = [] } = (await changesOf(user).history({ limit: 100 })) ?? {};
  return entries.map(({ changeNumber, isUndone, undoNext }) => [changeNumber, isUndone, undoNext]);
}

test("the history has undos and redos as the state of the change that they are about", async () => {
  const user = await createTestUser();
  const changes = changesOf(user);
  const { id, changeSeq: created } = await make(tasksOf(user));
  const { changeSeq: edited } = unwrap(await tasksOf(user).update(id, { title: "b" }));
  expect(await shown(user)).toEqual([
    [edited, false, edited],
    [created, false, null],
  ]);
  let last: number | undefined = edited;
  for (const isUndone of [true, false, true, false]) {
    last = (await changes.undoChange(last))?.changeNumber;
    expect(await shown(user)).toEqual([
      [edited, isUndone, last],
      [created, false, null],
    ]);
  }
  await moveLogBack(user, 10);
  expect(await shown(user)).toEqual([
    [edited, false, null],
    [created, false, null],
  ]);
  await sql`update undone_change set undone_by = null where user_id = ${user.id} and change_seq = ${edited}`.execute(db);
  expect(await shown(user)).toContainEqual([edited, true, null]);
});

test("an undone creation is described as long as it can be redone", async () => {
  const user = await createTestUser();
  const changes = changesOf(user);
  const { id, changeSeq } = await make(tasksOf(user), { title: "Milk" });
  await changes.undoChange();
  expect(did(await changes.change(changeSeq))).toEqual([["created", "Milk"]]);
  expect(await changes.history({ limit: 2 })).toMatchObject({ entries: [{ isUndone: true, tasks: { count: 1, items: [{ id }] } }] });
  await sql`delete from removed_task where user_id = ${user.id}`.execute(db);
  expect(did(await changes.change(changeSeq))).toEqual([]);
});

test("undos take no place on the pages of the history, and another user's cursor is refused", async () => {
  const user = await createTestUser();
  const changes = changesOf(user);
  const made = [await make(tasksOf(user)), await make(tasksOf(user)), await make(tasksOf(user))];
  for (const _ of made) await changes.undoChange();
  const first = await changes.history({ limit: 2 });
  expect(first?.entries.map(({ changeNumber }) => changeNumber)).toEqual([made[2]?.changeSeq, made[1]?.changeSeq]);
  const second = await changes.history({ limit: 2, cursor: first?.nextCursor ?? "" });
  expect(second).toMatchObject({ entries: [{ changeNumber: made[0]?.changeSeq, isUndone: true }], nextCursor: null });
  expect(await changesOf(await createTestUser()).history({ limit: 2, cursor: first?.nextCursor ?? "" })).toBeUndefined();
});
