import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { archiveOf } from "#app/io/archive.server.ts";
import { parseJsonArchive } from "#app/io/json.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { createAll } from "#app/tasks/capture/lines.server.ts";
import { QuotaExceeded, type Usage } from "#app/tasks/outcome.ts";
import { QUOTAS } from "#app/tasks/store/quota.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, makeList, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

const NO_TASKS = new QuotaExceeded("taskCount", 100_000);
const NO_TEXT = new QuotaExceeded("textBytes", 200_000_000);
const NO_LISTS = new QuotaExceeded("listCount", 1_000);

/** A user who seems to have this much less than the quotas allow. */
async function almostFull(room: Partial<Usage>): Promise<UserRef> {
  const user = await createTestUser();
  const { taskCount = QUOTAS.taskCount, listCount = QUOTAS.listCount, textBytes = QUOTAS.textBytes } = room;
  const usage = {
    taskCount: QUOTAS.taskCount - taskCount,
    listCount: QUOTAS.listCount - listCount,
    textBytes: QUOTAS.textBytes - textBytes,
  };
  await db
    .insertInto("changeSequence")
    .values({ userId: user.id, lastValue: 0, ...usage })
    .execute();
  return user;
}

function parsed(tasks: object[], lists: object[] = []) {
  return parseJsonArchive({ version: 1, tasks, lists }).then((archive) => unwrap(archive as Extract<typeof archive, { tasks: unknown }>));
}

async function titlesOf(user: UserRef): Promise<(string | undefined)[]> {
  const page = await tasksOf(user).list({ status: "all", sort: "rank" }, { limit: 50 });
  return page?.tasks.map(({ title }) => title) ?? [];
}

test("as many tasks are created as the quota allows, also at once, and others' quotas are others'", async () => {
  const user = await almostFull({ taskCount: 3 });
  const created = await Promise.all(Array.from({ length: 8 }, () => tasksOf(user).create(taskInput())));
  expect(created.filter((outcome) => outcome instanceof QuotaExceeded)).toEqual(Array(5).fill(NO_TASKS));
  expect(await titlesOf(user)).toHaveLength(3);
  await make(tasksOf(await createTestUser()));
});

test("tasks in the trash count until they are gone", async () => {
  const user = await almostFull({ taskCount: 1 });
  const tasks = tasksOf(user);
  const { id } = await make(tasks);
  unwrap(await tasks.remove(id));
  expect(await tasks.create(taskInput())).toEqual(NO_TASKS);
  unwrap(await tasks.restore(id));
  unwrap(await tasks.purge(id));
  await make(tasks);
});

test("every way to create a task is refused at the quota", async () => {
  const user = await almostFull({ taskCount: 1 });
  const tasks = tasksOf(user);
  const parent = await make(tasks, { title: "Parent" });
  expect(await tasks.create(taskInput({ parent_id: parent.id }))).toEqual(NO_TASKS);
  expect(await tasks.createOnce(crypto.randomUUID(), taskInput())).toEqual(NO_TASKS);
  expect(await tasks.putByExternalId("x", { title: "Put" })).toEqual(NO_TASKS);
  expect(await createAll(user, [{ input: taskInput(), parent: null }])).toEqual(NO_TASKS);
  const archive = await parsed([{ title: "Imported" }]);
  expect(await archiveOf(user).preview(archive)).toEqual(NO_TASKS);
  expect(await archiveOf(user).importArchive(archive)).toEqual(NO_TASKS);
  expect(await titlesOf(user)).toEqual(["Parent"]);
});

test("in a batch, the operations that fit are done; an atomic one does nothing", async () => {
  const user = await almostFull({ taskCount: 2 });
  const changes = changesOf(user);
  const operations = ["a", "b", "c"].map((title) => ({ op: "create" as const, task: taskInput({ title }) }));
  const atomic = await changes.batch(operations, { atomic: true });
  expect(atomic.outcomes.at(-1)).toEqual(NO_TASKS);
  expect(await titlesOf(user)).toEqual([]);
  const { outcomes } = await changes.batch(operations, { atomic: false });
  expect(outcomes.at(-1)).toEqual(NO_TASKS);
  expect(await titlesOf(user)).toEqual(["a", "b"]);
});

test("an import that fits as a whole is done", async () => {
  const user = await almostFull({ taskCount: 2, listCount: 1, textBytes: 4 });
  const list = { id: crypto.randomUUID(), name: "Home" };
  const tooMany = [[{ title: "a" }, { title: "b" }, { title: "c" }], [{ title: "a" }, { title: "bcde" }], [{ title: "é", notes: "é€" }]];
  for (const tasks of tooMany) expect(await archiveOf(user).importArchive(await parsed(tasks))).toBeInstanceOf(QuotaExceeded);
  expect(await archiveOf(user).importArchive(await parsed([], [list, { ...list, id: crypto.randomUUID() }]))).toEqual(NO_LISTS);
  expect(await archiveOf(user).importArchive(await parsed([{ title: "a" }, { title: "b", notes: "é" }], [list]))).toMatchObject({
    lists: { created: 1 },
    tasks: { created: 2 },
  });
});

test("text may not grow beyond the quota, in one statement or in a transaction", async () => {
  const user = await almostFull({ textBytes: 6 });
  const tasks = tasksOf(user);
  const { id } = await make(tasks, { title: "é", notes: "é" });
  expect(await tasks.create(taskInput({ title: "abc" }))).toEqual(NO_TEXT);
  expect(await tasks.update(id, { title: "abcde" })).toEqual(NO_TEXT);
  expect(await tasks.update(id, { notes: "abcde", status: "done" })).toEqual(NO_TEXT);
  expect(await tasks.find(id)).toMatchObject({ title: "é", notes: "é", status: "open", version: 1 });
  unwrap(await tasks.update(id, { title: "abcd" }));
  unwrap(await tasks.update(id, { notes: "ab", priority: 3 }));
});

test("what does not grow is allowed beyond the quota", async () => {
  const user = await almostFull({ taskCount: 0, textBytes: 1 });
  await db
    .updateTable("changeSequence")
    .set({ taskCount: QUOTAS.taskCount - 2, textBytes: 0 })
    .where("userId", "=", user.id)
    .execute();
  const tasks = tasksOf(user);
  const [one, other] = [await make(tasks, { title: "abc" }), await make(tasks)];
  const usage = { taskCount: 2 * QUOTAS.taskCount, listCount: 2 * QUOTAS.listCount, textBytes: 2 * QUOTAS.textBytes };
  await db.updateTable("changeSequence").set(usage).where("userId", "=", user.id).execute();
  unwrap(await tasks.update(one.id, { title: "ab", priority: 1 }));
  unwrap(await tasks.update(one.id, { notes: "" }));
  unwrap(await tasks.update(one.id, { title: "a", status: "done" }));
  unwrap(await tasks.reopen(one.id));
  unwrap(await tasks.move(other.id, { position: "first" }));
  const removed = unwrap(await tasks.remove(other.id));
  expect(await changesOf(user).undo(removed.changeSeq)).toBe(1);
  expect(await archiveOf(user).importArchive(await parsed([{ id: one.id, title: "here already" }]))).toMatchObject({
    tasks: { skipped: 1 },
  });
});

const DAILY = { due: { date: "2090-01-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } } as const;

test("at the quota, completing a repeating task moves it to its next date, with its subtasks", async () => {
  const user = await almostFull({ taskCount: 3 });
  const tasks = tasksOf(user);
  const { id } = await make(tasks, { title: "Water plants", external_id: "plants", ...DAILY });
  const done = await make(tasks, { title: "Kitchen", parent_id: id, status: "done" });
  const open = await make(tasks, { title: "Balcony", parent_id: id, due: { date: "2089-12-31" } });
  const { task, next } = unwrap(await tasks.complete(id, { cascade: true }));
  expect(task).toMatchObject({ id, status: "done", version: 2 });
  expect(next).toMatchObject({ id, status: "open", completedAt: null, due: { date: "2090-01-02" }, externalId: "plants", version: 3 });
  expect(await tasks.find(done.id)).toMatchObject({ status: "open", completedAt: null, parentId: id });
  expect(await tasks.find(open.id)).toMatchObject({ status: "open", due: { date: "2090-01-01" } });
  expect(await titlesOf(user)).toHaveLength(3);

  expect(await changesOf(user).undo(task.changeSeq)).toBe(3);
  expect(await tasks.find(id)).toMatchObject({ status: "open", due: { date: "2090-01-01" } });
  expect(await tasks.find(done.id)).toMatchObject({ status: "done" });
});

test("completing a repeating task is not refused for its text, and with room makes a new task again", async () => {
  const user = await almostFull({ textBytes: 8 });
  const tasks = tasksOf(user);
  const { id } = await make(tasks, { title: "abcde", ...DAILY });
  unwrap(await tasks.update(id, { status: "done", due: { date: "2089-12-31" } }));
  expect(await tasks.find(id)).toMatchObject({ status: "open", due: { date: "2090-01-02" }, occurrenceDate: null });
  unwrap(await tasks.update(id, { title: "abc" }));
  const { next } = unwrap(await tasks.complete(id));
  expect(next).toMatchObject({ due: { date: "2090-01-03" } });
  expect(next?.id).not.toBe(id);
});

test("undo brings back what was there, beyond the quota", async () => {
  const user = await almostFull({ listCount: 1, textBytes: 4 });
  const list = await makeList(listsOf(user), { name: "Gone" });
  const removed = unwrap(await listsOf(user).remove(list.id));
  await makeList(listsOf(user), { name: "In its place" });
  expect(await changesOf(user).undo(removed.changeSeq)).toBe(1);
  const { id } = await make(tasksOf(user), { title: "abcd" });
  const shortened = unwrap(await tasksOf(user).update(id, { title: "a" }));
  await make(tasksOf(user), { title: "bcd" });
  expect(await changesOf(user).undo(shortened.changeSeq)).toBe(1);
});

test("as many lists are created as the quota allows, also at once", async () => {
  const user = await almostFull({ listCount: 2 });
  const created = await Promise.all(Array.from({ length: 5 }, () => listsOf(user).create({ name: "Home", color: null })));
  expect(created.filter((outcome) => outcome instanceof QuotaExceeded)).toEqual(Array(3).fill(NO_LISTS));
  expect(await listsOf(user).list()).toHaveLength(2);
  unwrap(await listsOf(user).remove((await listsOf(user).list())[0]?.id ?? ""));
  await makeList(listsOf(user), { name: "Home" });
});

test("a refusal names the quota's number", () => {
  expect(NO_TASKS.message).toBe("an account can have 100,000 tasks, those in the trash included");
  expect(NO_TEXT.message).toBe("an account can have 200 MB of text in titles and notes, the trash included");
  expect(NO_LISTS.message).toBe("an account can have 1,000 lists");
});
