import { afterAll, expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import type { FeedPage } from "#app/changes/feed.server.ts";
import type { VersionPage } from "#app/changes/task-versions.server.ts";
import type { UserRef } from "#app/context.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { recordMethods, rowsOf } from "#app/testing/isolation.ts";
import { make, makeList, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

const tried = new Set<string | symbol>();

function strangersChanges(user: UserRef) {
  return recordMethods(tried, changesOf(user));
}

// biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixtures that are needed from this pattern.
afterAll(async ({}, { tasks: tests }) => {
  // With some of the tests filtered out, the list of methods is incomplete.
  if (tests.some(({ mode }) => mode !== "run")) return;
  expect(Object.keys(changesOf(await createTestUser())).filter((name) => !tried.has(name))).toEqual([]);
});

async function ownerWithChanges() {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const list = await makeList(listsOf(user), { name: "Secret list", color: "red" });
  const task = await make(tasks, { title: "Secret", list_id: list.id });
  unwrap(await tasks.update(task.id, { title: "Still secret" }));
  const { changeSeq: undone } = unwrap(await tasks.update(task.id, { notes: "Secret" }));
  await changesOf(user).undo(undone);
  unwrap(await tasks.remove((await make(tasks)).id));
  unwrap(await tasks.purge((await make(tasks)).id));
  unwrap(await listsOf(user).update(list.id, { name: "Still a secret list" }));
  return { user, task, undone };
}

test("undo of a change number undoes the user's own change of that number, and no other user's", async () => {
  const owner = await ownerWithChanges();
  const stranger = await createTestUser();
  const before = await rowsOf(owner.user.id);
  const own = await make(tasksOf(stranger));
  const numbers = Array.from({ length: 12 }, (_, index) => index + 1).filter((number) => number !== own.changeSeq);
  for (const number of numbers) {
    expect(await strangersChanges(stranger).undo(number)).toBe(0);
    expect(await strangersChanges(stranger).undoChange(number)).toBeUndefined();
    expect(await strangersChanges(stranger).isRecent(number)).toBe(false);
  }
  expect(await strangersChanges(stranger).lastOwnChange()).toBe(own.changeSeq);
  expect(await strangersChanges(stranger).undo(own.changeSeq)).toBe(1);
  expect(await strangersChanges(stranger).lastOwnChange()).toBeUndefined();
  expect(await strangersChanges(stranger).undoChange()).toBeUndefined();
  expect(await tasksOf(stranger).find(own.id)).toBeUndefined();
  expect(await rowsOf(owner.user.id)).toEqual(before);
});

test("a batch finds no task and no list by another user's ids, and changes nothing", async () => {
  const owner = await ownerWithChanges();
  const [list] = await listsOf(owner.user).list();
  const before = await rowsOf(owner.user.id);
  const { outcomes } = await strangersChanges(await createTestUser()).batch(
    [
      { op: "update", id: owner.task.id, task: { title: "Mine" } },
      { op: "delete", id: owner.task.id, ifVersion: 1 },
      { op: "restore", id: owner.task.id },
      { op: "update_list", id: list?.id ?? "", list: { name: "Mine" } },
      { op: "delete_list", id: list?.id ?? "" },
    ],
    { atomic: false },
  );
  expect(outcomes).toEqual(Array(5).fill(undefined));
  expect(await rowsOf(owner.user.id)).toEqual(before);
});

test("a change that one user undid is not undone for another", async () => {
  const { user, undone } = await ownerWithChanges();
  expect(await changesOf(user).wasUndone(undone)).toBe(true);
  expect(await strangersChanges(await createTestUser()).wasUndone(undone)).toBe(false);
});

test("the log has the user's own changes only", async () => {
  const { user, undone } = await ownerWithChanges();
  expect((await changesOf(user).changes({ limit: 50 }))?.changes).toHaveLength(10);
  const stranger = strangersChanges(await createTestUser());
  expect(await stranger.changes({ limit: 50 })).toEqual({ changes: [], nextCursor: null });
  expect(await stranger.history({ limit: 50 })).toEqual({ entries: [], nextCursor: null });
  expect(await stranger.change(undone)).toBeUndefined();
});

test("the versions of another user's task are those of a task that does not exist", async () => {
  const { user, task } = await ownerWithChanges();
  const { nextCursor } = (await changesOf(user).versions(task.id, { limit: 1 })) as VersionPage;
  const stranger = strangersChanges(await createTestUser());
  for (const cursor of [undefined, nextCursor ?? "", "x"]) {
    for (const id of [task.id, crypto.randomUUID(), "x"]) expect(await stranger.versions(id, { limit: 1, cursor })).toBeUndefined();
  }
});

test("the history of another user's task is empty", async () => {
  const { user, task } = await ownerWithChanges();
  expect(await changesOf(user).historyOf(task.id)).toHaveLength(4);
  expect(await strangersChanges(await createTestUser()).historyOf(task.id)).toEqual([]);
});

test("the feed holds the user's own changes only, and refuses another user's token", async () => {
  const { user } = await ownerWithChanges();
  const stranger = strangersChanges(await createTestUser());
  const { items, next } = (await changesOf(user).read(undefined, 50)) as FeedPage;
  expect(items).toHaveLength(3);
  expect(await stranger.read(undefined, 50)).toMatchObject({ items: [] });
  expect(await stranger.read(next, 50)).toBe("malformed");
});
