import { sql } from "kysely";
import { expect, test } from "vitest";
import { deleteOldTombstones } from "#app/changes/cleanup.server.ts";
import { db } from "#app/db/database.server.ts";
import { archiveOf } from "#app/io/archive.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { ExternalIdTaken } from "#app/tasks/outcome.ts";
import { purgeOldTrash } from "#app/tasks/store/cleanup.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { rowsOf } from "#app/testing/isolation.ts";
import {
  archiveWith,
  DONE,
  endSeries,
  importInto,
  LATE,
  LISTED,
  LISTS,
  PARENT,
  REPEATING,
  repositories,
  SECOND,
  SUBTASK,
  TASKS,
  TRASH,
  TRASHED_SUBTASK,
  userWith,
  uuid,
} from "#app/testing/same-ids.ts";
import { make, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

// Where another user has rows with the same ids, what one user gets depends only on the user's own rows.

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

test("a task whose id another user has in a removed list stays in its list", async () => {
  await repositories("Secret");
  const own = await repositories("Own");
  const [home = "", removed = ""] = LISTS;
  unwrap(await own.tasks.update(LISTED, { listId: home }));
  unwrap(await own.lists.remove(removed, { tasks: "trash" }));
  expect(await own.tasks.find(LISTED)).toMatchObject({ listId: home });
});

test("a subtask stays in its list, though another user moved its parent in the change of that number", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  const [home = "", away = ""] = LISTS;
  const { changeSeq } = unwrap(await other.tasks.update(PARENT, { listId: away }));
  expect(unwrap(await own.tasks.update(LATE, { listId: away })).changeSeq).toBe(changeSeq);
  expect(await own.tasks.find(SUBTASK)).toMatchObject({ listId: home });
});

test("a moved parent takes along its own subtasks, not those that only another user has below these", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  const [, away = ""] = LISTS;
  unwrap(await other.tasks.update(SUBTASK, { parentId: null }));
  unwrap(await other.tasks.update(LATE, { parentId: SUBTASK }));
  unwrap(await own.tasks.update(PARENT, { listId: away }));
  expect(await own.tasks.find(SUBTASK)).toMatchObject({ listId: away });
  expect(await own.tasks.find(LATE)).toMatchObject({ listId: null });
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

test("a purged task takes along its own subtasks, not those that only another user has below that id", async () => {
  const [, { tasks }] = [await repositories("Secret"), await repositories("Own")];
  unwrap(await tasks.update(SUBTASK, { parentId: null }));
  unwrap(await tasks.purge(PARENT));
  expect(await tasks.find(SUBTASK)).toMatchObject({ title: "Own subtask" });
});

test("an id that only another user has, or has purged, is free", async () => {
  const [other, { tasks }] = [await repositories("Secret"), await repositories("Own")];
  unwrap(await other.tasks.createOnce(uuid(50), taskInput({ title: "same" })));
  unwrap(await other.tasks.purge(unwrap(await other.tasks.createOnce(uuid(51), taskInput())).id));
  for (const id of [uuid(50), uuid(51)]) expect(await tasks.createOnce(id, taskInput({ title: "same" }))).toMatchObject({ id });
  expect(await tasks.find(uuid(50))).toMatchObject({ title: "same" });
});

test("an imported task continues a series that only another user has open", async () => {
  const [, own] = [await repositories("Secret"), await repositories("Own")];
  await endSeries(own);
  await importInto(archiveOf(own.user), { version: 1, tasks: [{ ...SECOND, series_id: REPEATING }] });
  expect(await own.tasks.find(SECOND.id)).toMatchObject({ seriesId: REPEATING });
});

test("a task without subtasks can become one, though another user has subtasks below its id", async () => {
  const [other, { tasks }] = [await repositories("Secret"), await repositories("Own")];
  await make(other.tasks, { parent_id: LATE });
  expect(await tasks.update(LATE, { parentId: PARENT })).toMatchObject({ parentId: PARENT });
});

test("a restored task brings back the subtasks that the user deleted with it", async () => {
  const [, { tasks }] = [await repositories("Secret"), await repositories("Own")];
  unwrap(await tasks.restore(TRASHED_SUBTASK));
  unwrap(await tasks.remove(TRASHED_SUBTASK));
  unwrap(await tasks.restore(TRASH));
  expect(await tasks.find(TRASHED_SUBTASK)).toBeUndefined();
});

test("a restored task goes on repeating, though another user has an open occurrence of its series", async () => {
  const [other, { tasks }] = [await repositories("Secret"), await repositories("Own")];
  unwrap(await other.tasks.complete(REPEATING));
  unwrap(await tasks.remove(REPEATING));
  unwrap(await tasks.restore(REPEATING));
  expect(await tasks.find(REPEATING)).toMatchObject({ recurrence: { anchor: "due" } });
});

test("search finds only the user's own tasks and lists, also beside a user whose id ends alike", async () => {
  const id = crypto.randomUUID();
  const [user, other] = [await createTestUser(id), await createTestUser(id.replace(/^./, (digit) => (digit === "0" ? "1" : "0")))];
  await listsOf(other).create({ name: "Secret", color: null });
  await make(tasksOf(other), { title: "Secret" });
  expect([await listsOf(user).search("secret"), await tasksOf(user).search("secret")]).toEqual([[], []]);
  expect([await listsOf(other).search("secret"), await tasksOf(other).search("secret")]).toMatchObject([[{}], [{}]]);
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

test("old trash is purged, but not tasks whose ids another user has in the trash", async () => {
  const [other, own] = [await repositories("Secret"), await repositories("Own")];
  for (const [{ user, tasks }, id] of [
    [other, LATE],
    [own, LISTED],
  ] as const) {
    unwrap(await tasks.remove(id));
    await sql`update task set deleted_at = now() - interval '31 days' where user_id = ${user.id} and id = ${id}`.execute(db);
  }
  await purgeOldTrash((error) => {
    throw error;
  });
  expect(await own.tasks.find(LATE)).toMatchObject({ title: "Own late" });
  expect(await other.tasks.find(LISTED)).toMatchObject({ title: "Secret listed" });
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
