import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { inWriteTransaction } from "#app/db/writer.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { QUOTAS } from "#app/tasks/store/quota.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { make, makeList, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

const EVERY_FIELD = {
  title: "Pay rent",
  notes: "By transfer",
  labels: ["home"],
  priority: 2,
  due: { date: "2090-01-01", time: "09:00", timezone: "Asia/Tokyo" },
  start_date: "2089-12-01",
  recurrence: { rrule: "FREQ=DAILY", anchor: "due" as const },
  external_id: "x",
} satisfies Parameters<typeof make>[1];

/** Undoes the change, and then that. Returns the number of the redo. */
async function undoAndRedo(user: UserRef, changeNumber: number): Promise<number> {
  const undo = await changesOf(user).undoChange(changeNumber);
  return (await changesOf(user).undoChange(undo?.changeNumber))?.changeNumber ?? 0;
}

/** Everything stored of the user's tasks but the change number, and their tombstones. */
async function stored({ id }: UserRef): Promise<unknown[]> {
  const tasks = await sql`select to_jsonb(task) - 'change_seq' as task from task where user_id = ${id} order by id`.execute(db);
  const tombstones = await sql`select id from tombstone where user_id = ${id} and kind = 'task'`.execute(db);
  return [tasks.rows, tombstones.rows];
}

test("an undone creation is redone with every field, its subtask and its list, and undone again", async () => {
  const user = await createTestUser();
  const made = await inWriteTransaction(user, async (transaction) => {
    const list = await makeList(listsOf(user, transaction), { name: "Home" });
    const task = await make(tasksOf(user, transaction), { ...EVERY_FIELD, list_id: list.id });
    await make(tasksOf(user, transaction), { parent_id: task.id });
    return task;
  });
  const before = await stored(user);
  const redo = await undoAndRedo(user, made.changeSeq);
  expect(await stored(user)).toEqual(before);
  expect(await changesOf(user).change(redo)).toMatchObject({
    tasks: { items: [{ name: "Pay rent", action: "created" }, { action: "created" }] },
    lists: { items: [{ name: "Home", action: "restored" }] },
  });
  expect(await changesOf(user).undoChange()).toMatchObject({ undoes: redo });
  expect(await tasksOf(user).find(made.id)).toBeUndefined();
  expect(await listsOf(user).list()).toEqual([]);
});

test("a redone task is without an external id, a list and a parent that it can't have any more", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const [list, parent] = [await makeList(listsOf(user), { name: "Home" }), await make(tasks)];
  const made = await make(tasks, { ...EVERY_FIELD, list_id: list.id });
  const below = await make(tasks, { parent_id: parent.id });
  for (const { id, changeSeq } of [made, below]) {
    const undo = await changesOf(user).undoChange(changeSeq);
    if (id === made.id) await make(tasks, { external_id: "x" });
    if (id === made.id) await listsOf(user).remove(list.id);
    else await tasks.remove(parent.id);
    expect(await changesOf(user).undoChange(undo?.changeNumber)).toBeDefined();
    expect(await tasks.find(id)).toMatchObject({ listId: null, parentId: null, externalId: null });
  }
});

test("an undone completion of a repeating task is redone with the same next occurrence, once", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks, EVERY_FIELD);
  const { task, next } = unwrap(await tasks.complete(id));
  const redo = await undoAndRedo(user, task.changeSeq);
  const all = (await tasks.list({ status: "all", sort: "rank" }, { limit: 9 }))?.tasks ?? [];
  expect(all.map((one) => [one.id, one.status, one.externalId])).toEqual(
    expect.arrayContaining([
      [id, "done", null],
      [next?.id, "open", "x"],
    ]),
  );
  expect(all).toHaveLength(2);
  expect(await changesOf(user).undo(redo)).toBe(2);
  expect((await tasks.list({ status: "all", sort: "rank" }, { limit: 9 }))?.tasks).toMatchObject([{ id, status: "open", externalId: "x" }]);
});

test("an existing task that the change put below a new one is kept by undo", async () => {
  const user = await createTestUser();
  const { id } = await make(tasksOf(user));
  const changeSeq = await inWriteTransaction(user, async (transaction) => {
    const parent = await make(tasksOf(user, transaction), { title: "Parent" });
    return unwrap(await tasksOf(user, transaction).update(id, { parentId: parent.id })).changeSeq;
  });
  expect(await changesOf(user).undo(changeSeq)).toBe(2);
  expect((await tasksOf(user).list({ status: "all", sort: "rank" }, { limit: 9 }))?.tasks).toMatchObject([{ id, parentId: null }]);
});

test("a redo that would exceed a quota recreates nothing", async () => {
  const user = await createTestUser();
  const { id, changeSeq } = await make(tasksOf(user));
  const undo = await changesOf(user).undoChange(changeSeq);
  const fill = (count: number) => db.updateTable("changeSequence").set({ taskCount: count }).where("userId", "=", user.id).execute();
  await fill(QUOTAS.taskCount);
  expect(await changesOf(user).undoChange(undo?.changeNumber)).toBeUndefined();
  await fill(QUOTAS.taskCount - 1);
  expect(await changesOf(user).undoChange(undo?.changeNumber)).toBeDefined();
  expect(await tasksOf(user).find(id)).toBeDefined();
});

test("readers of the feed get a redone task again", async () => {
  const user = await createTestUser();
  const { changeSeq } = await make(tasksOf(user));
  const undo = await changesOf(user).undoChange(changeSeq);
  const page = await changesOf(user).read(undefined, 9);
  await changesOf(user).undoChange(undo?.changeNumber);
  const since = typeof page === "object" ? await changesOf(user).read(page.next, 9) : undefined;
  expect(since).toMatchObject({ items: [{ op: "upsert", task: { title: "A task" } }] });
});

test("what one user's undo has purged is not recreated by another user", async () => {
  const [user, stranger] = [await createTestUser(), await createTestUser()];
  const { changeSeq } = await make(tasksOf(user), { title: "Secret" });
  const undo = await changesOf(user).undoChange(changeSeq);
  const own: Task[] = [];
  while ((own.at(-1)?.changeSeq ?? 0) < (undo?.changeNumber ?? 0)) own.push(await make(tasksOf(stranger)));
  expect(await changesOf(stranger).undo(undo?.changeNumber ?? 0)).toBe(1);
  expect(await tasksOf(stranger).search("Secret")).toEqual([]);
  expect(await changesOf(user).undoChange(undo?.changeNumber)).toBeDefined();
});
