import { text } from "node:stream/consumers";
import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import type { FeedPage } from "#app/changes/feed.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { archiveOf, type ImportRefusal, isRefusal, refusalProblems } from "#app/io/archive.server.ts";
import { type ArchiveFormat, InvalidArchive } from "#app/io/archive.ts";
import { parseCsvArchive } from "#app/io/csv.ts";
import type { ParsedArchive } from "#app/io/entries.ts";
import { parseJsonArchive } from "#app/io/json.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { anyArchive } from "#app/testing/archives.ts";
import { make, makeList, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

async function exported(user: UserRef, format: ArchiveFormat = "json"): Promise<string> {
  const { size, content } = await archiveOf(user).exportAs(format);
  const archive = await text(content);
  expect(Buffer.byteLength(archive)).toBe(size);
  return archive;
}

async function parsed(archive: unknown): Promise<ParsedArchive> {
  return unwrapArchive(typeof archive === "string" ? await parseCsvArchive(archive) : await parseJsonArchive(archive));
}

function unwrapArchive<T>(result: T | ImportRefusal): T {
  if (isRefusal(result)) throw new Error(JSON.stringify(refusalProblems(result)));
  return result;
}

test("a JSON archive that is imported into another account is exported there byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(anyArchive, async (archive) => {
      const [first, second] = [await createTestUser(), await createTestUser()];
      unwrapArchive(await archiveOf(first).importArchive(await parsed(archive)));
      const json = await exported(first);
      expect(JSON.parse(json)).toEqual(archive);
      unwrapArchive(await archiveOf(second).importArchive(await parsed(JSON.parse(json))));
      expect(await exported(second)).toBe(json);
    }),
    { numRuns: 12 },
  );
});

test("a CSV archive that is imported into another account is exported there byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(anyArchive, async (archive) => {
      const [first, second] = [await createTestUser(), await createTestUser()];
      unwrapArchive(await archiveOf(first).importArchive(await parsed(archive)));
      const csv = await exported(first, "csv");
      unwrapArchive(await archiveOf(second).importArchive(await parsed(csv)));
      expect(await exported(second, "csv")).toBe(csv);
      expect(JSON.parse(await exported(second)).tasks).toEqual(archive.tasks);
    }),
    { numRuns: 12 },
  );
});

test("tasks that were created, completed, deleted and repeated are restored as they were", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const list = await makeList(listsOf(user), { name: "Home", color: "teal" });
  await makeList(listsOf(user), { name: "Empty" });
  const due = { date: "2026-01-31", time: "09:00", timezone: "Asia/Tokyo" };
  const parent = await make(tasks, { title: "Rent", list_id: list.id, due, recurrence: { rrule: "FREQ=MONTHLY", anchor: "due" } });
  const subtask = await make(tasks, { parent_id: parent.id, labels: ["a", "b"], external_id: "x" });
  unwrap(await tasks.complete(parent.id, { cascade: true }));
  unwrap(await tasks.remove((await make(tasks, { title: "Thrown away", list_id: list.id, external_id: "y" })).id));
  unwrap(await tasks.move(subtask.id, { position: "first" }));
  const json = await exported(user);
  await tasks.purge(parent.id);
  await deleteEverything(user);
  expect(JSON.parse(await exported(user))).toEqual({ version: 1, lists: [], tasks: [] });
  expect(unwrapArchive(await archiveOf(user).importArchive(await parsed(JSON.parse(json))))).toMatchObject({
    lists: { created: 2 },
    tasks: { created: 5 },
  });
  expect(await exported(user)).toBe(json);
});

async function deleteEverything(user: UserRef): Promise<void> {
  for (const { id } of (await tasksOf(user).list({ status: "all", sort: "rank" }, { limit: 200 }))?.tasks ?? [])
    await tasksOf(user).purge(id);
  await tasksOf(user).emptyTrash();
  for (const { id } of await listsOf(user).list()) await listsOf(user).remove(id);
}

test("a second import creates nothing and leaves later changes", async () => {
  const user = await createTestUser();
  const task = await make(tasksOf(user), { title: "Before" });
  await makeList(listsOf(user), { name: "Home" });
  const archive = await parsed(JSON.parse(await exported(user)));
  unwrap(await tasksOf(user).update(task.id, { title: "After" }));
  const before = await exported(user);
  const skipped = { lists: { created: 0, skipped: 1 }, tasks: { created: 0, skipped: 1 } };
  expect(await archiveOf(user).preview(archive)).toEqual({ ...skipped, titles: [] });
  expect(await archiveOf(user).importArchive(archive)).toMatchObject(skipped);
  expect(await exported(user)).toBe(before);
});

test("tasks without ids are recognized by their content, and two equal rows are two tasks", async () => {
  const user = await createTestUser();
  const csv = "title,list,priority\nMilk,Home,1\nMilk,Home,1\nBread,Home,\n";
  expect(await archiveOf(user).importArchive(await parsed(csv))).toMatchObject({ lists: { created: 1 }, tasks: { created: 3 } });
  const page = await tasksOf(user).list({ status: "all", sort: "rank" }, { limit: 10 });
  expect(page?.tasks.map(({ title }) => title)).toEqual(["Milk", "Milk", "Bread"]);
  expect(await archiveOf(user).importArchive(await parsed(csv))).toMatchObject({
    lists: { skipped: 1 },
    tasks: { created: 0, skipped: 3 },
  });
});

test("ignored fields may have any value, and do not distinguish tasks", async () => {
  const archives = archiveOf(await createTestUser());
  const nested = JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`);
  for (const ignored of ["\0", "\ud800", nested, 7, {}, null]) {
    const list = { id: "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001", name: "Home", open_count: ignored, version: ignored };
    const archive = { version: 1, lists: [list], tasks: [{ title: "Milk", version: ignored, url: ignored }] };
    const result = unwrapArchive(await archives.importArchive(await parsed(archive)));
    expect(result.tasks).toMatchObject({ created: ignored === "\0" ? 1 : 0 });
  }
});

test("a list without an id is the list of that name, and a task with an existing external id is that task", async () => {
  const user = await createTestUser();
  const list = await makeList(listsOf(user), { name: "Home" });
  const parent = await make(tasksOf(user), { external_id: "x" });
  const csv = `id,title,list,parent_id,external_id\n${crypto.randomUUID()},Milk,Home,,\n0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001,Known,,,x\n,Below,,0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001,\n`;
  expect(await archiveOf(user).importArchive(await parsed(csv))).toMatchObject({
    lists: { skipped: 1 },
    tasks: { created: 2, skipped: 1 },
  });
  expect(await tasksOf(user).subtasksOf(parent.id)).toMatchObject([{ title: "Below" }]);
  expect(await listsOf(user).find(list.id)).toMatchObject({ openCount: 1 });
});

test("one undo removes everything that an import created, except a list that has tasks since", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const own = await make(tasks);
  const archive = await parsed({
    version: 1,
    lists: [listEntry("Home", 1), listEntry("Work", 2)],
    tasks: [
      { title: "Milk", list_id: uuid(1) },
      { title: "Bread", status: "done" },
      { title: "Trashed", deleted_at: "2026-01-01T00:00:00Z" },
    ],
  });
  const { changeSeq } = unwrapArchive(await archiveOf(user).importArchive(archive));
  const added = await make(tasks, { list_id: uuid(2) });
  expect(await changesOf(user).undo(changeSeq)).toBe(4);
  expect((await tasks.list({ status: "all", sort: "rank" }, { limit: 10 }))?.tasks).toEqual([own, added]);
  expect((await tasks.list({ status: "all", sort: "rank", deleted: true }, { limit: 10 }))?.tasks).toEqual([]);
  expect((await listsOf(user).list()).map(({ name }) => name)).toEqual(["Work"]);
  expect(unwrapArchive(await archiveOf(user).importArchive(archive))).toMatchObject({ lists: { created: 1 }, tasks: { created: 3 } });
});

test("a new task is last in manual order, whatever ranks were imported", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  await archiveOf(user).importArchive(
    await parsed({ version: 1, tasks: [{ title: "From elsewhere", rank: "k00000012345" }, { title: "Unranked" }] }),
  );
  await make(tasks, { title: "New" });
  const titles = (await tasks.list({ status: "all", sort: "rank" }, { limit: 10 }))?.tasks.map(({ title }) => title);
  expect(titles).toEqual(["Unranked", "From elsewhere", "New"]);
});

test("a series that has an open occurrence gets no second one", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const task = await make(tasks, { due: { date: "2026-01-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } });
  const { next } = unwrap(await tasks.complete(task.id));
  const entry = { due: { date: "2026-01-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" }, series_id: next?.seriesId };
  const archive = {
    version: 1,
    tasks: [
      { ...entry, id: uuid(1), title: "Open" },
      { ...entry, id: uuid(2), title: "Done", status: "done" },
    ],
  };
  unwrapArchive(await archiveOf(user).importArchive(await parsed(archive)));
  expect(await tasks.find(uuid(1))).toMatchObject({ recurrence: null, seriesId: null });
  expect(await tasks.find(uuid(2))).toMatchObject({ seriesId: next?.seriesId });
});

test.each<ArchiveFormat>(["json", "csv"])(
  "an imported series keeps its rhythm, and takes back only an untouched occurrence: %s",
  async (format) => {
    const [user, other] = [await createTestUser(), await createTestUser()];
    const tasks = tasksOf(user);
    const recurrence = { rrule: "FREQ=DAILY;INTERVAL=7", anchor: "due" } as const;
    const moved = await make(tasks, { due: { date: "2090-01-02" }, recurrence });
    unwrap(await tasks.update(moved.id, { due: { date: "2090-01-03" } }));
    const first = await make(tasks, { due: { date: "2090-01-02" }, recurrence });
    const second = unwrap(await tasks.complete(first.id)).next;
    unwrap(await tasks.complete(second?.id ?? ""));
    const edited = await make(tasks, { due: { date: "2090-01-02" }, recurrence });
    await make(tasks, { parent_id: edited.id, status: "done" });
    const next = unwrap(await tasks.complete(edited.id)).next;
    unwrap(await tasks.complete((await tasks.subtasksOf(next?.id ?? ""))[0]?.id ?? ""));
    const file = await exported(user, format);
    unwrapArchive(await archiveOf(other).importArchive(await parsed(format === "json" ? JSON.parse(file) : file)));
    const imported = tasksOf(other);
    expect(unwrap(await imported.complete(moved.id)).next).toMatchObject({ due: { date: "2090-01-09" } });
    expect(await imported.reopen(first.id)).toMatchObject({ seriesId: null });
    expect(await imported.reopen(second?.id ?? "")).toMatchObject({ seriesId: first.id });
    expect(await imported.reopen(edited.id)).toMatchObject({ seriesId: null });
    expect(await imported.find(next?.id ?? "")).toMatchObject({ seriesId: edited.id });
  },
);

test("an archive with problems is refused with all of them, and nothing of it is imported", async () => {
  const user = await createTestUser();
  const before = await exported(user);
  const archive = await parsed({
    version: 1,
    tasks: [{ title: "Fine" }, { title: "Lost", list_id: uuid(1) }, { title: "Alone", parent_id: uuid(2) }],
  });
  for (const result of [await archiveOf(user).preview(archive), await archiveOf(user).importArchive(archive)]) {
    expect(result).toBeInstanceOf(InvalidArchive);
    expect((result as InvalidArchive).problems.map(({ pointer }) => pointer)).toEqual(["/tasks/1/list_id", "/tasks/2/parent_id"]);
  }
  expect(await exported(user)).toBe(before);
});

test("an export has the user's own data only, and ids of another user neither resolve nor collide", async () => {
  const owner = await createTestUser();
  const stranger = await createTestUser();
  const list = await makeList(listsOf(owner), { name: "Secret list" });
  const task = await make(tasksOf(owner), { title: "Secret", list_id: list.id, external_id: "x", due: { date: "2026-01-01" } });
  const json = await exported(owner);
  expect(await exported(stranger)).not.toContain("Secret");
  expect(await exported(stranger, "csv")).not.toContain("Secret");
  const within = await parsed({
    version: 1,
    tasks: [
      { title: "Mine", list_id: list.id },
      { title: "Mine", parent_id: task.id },
    ],
  });
  expect(await archiveOf(stranger).preview(within)).toBeInstanceOf(InvalidArchive);
  const result = unwrapArchive(await archiveOf(stranger).importArchive(await parsed(JSON.parse(json))));
  expect(result).toMatchObject({ lists: { created: 1, skipped: 0 }, tasks: { created: 1, skipped: 0 } });
  const named = await parsed("title,list,external_id\nMilk,Secret list,x\n");
  expect(await archiveOf(await createTestUser()).preview(named)).toEqual({
    lists: { created: 1, skipped: 0 },
    tasks: { created: 1, skipped: 0 },
    titles: ["Milk"],
  });
  expect(await changesOf(stranger).undo(result.changeSeq)).toBe(2);
  expect(await exported(owner)).toBe(json);
});

test("many exports of one user do not block the export of another", async () => {
  const [busy, other] = [await createTestUser(), await createTestUser()];
  await make(tasksOf(busy));
  // Opens the connections that both use: that takes longer than an export.
  await Promise.all([exported(busy), exported(busy), exported(other)]);
  let done = 0;
  const exports = Array.from({ length: 20 }, async () => {
    await exported(busy);
    done += 1;
  });
  expect(JSON.parse(await exported(other)).tasks).toEqual([]);
  expect(done).toBeLessThan(5);
  await Promise.all(exports);
});

function listEntry(name: string, number: number) {
  return { id: uuid(number), name };
}

function uuid(number: number): string {
  return `0199a3c2-5c0e-7d4e-9a53-${String(number).padStart(12, "0")}`;
}

test("undo removes a list that an import restored under its old id, and keeps what existed before", async () => {
  const user = await createTestUser();
  const [tasks, lists] = [tasksOf(user), listsOf(user)];
  const [gone, kept] = [await makeList(lists, { name: "Gone", color: "teal" }), await makeList(lists, { name: "Kept" })];
  await make(tasks, { title: "Milk", list_id: gone.id });
  await make(tasks, { title: "Bread", list_id: kept.id });
  const archive = await parsed(JSON.parse(await exported(user)));
  unwrap(await lists.update(gone.id, { name: "Going" }));
  unwrap(await lists.remove(gone.id, { tasks: "trash" }));
  await tasks.emptyTrash();
  const before = await exported(user);
  for (const _ of ["once", "again"]) {
    const result = unwrapArchive(await archiveOf(user).importArchive(archive));
    expect(result).toMatchObject({ lists: { created: 1, skipped: 1 }, tasks: { created: 1, skipped: 1 } });
    expect(await changesOf(user).undo(result.changeSeq)).toBe(2);
    expect(await exported(user)).toBe(before);
  }
  const { items } = (await changesOf(user).read(undefined, 50)) as FeedPage;
  expect(items.map(({ op, id }) => [op, id])).not.toContainEqual(["upsert", gone.id]);
});

test("undo keeps an imported list that has been changed since", async () => {
  const user = await createTestUser();
  const lists = listsOf(user);
  const { id } = await makeList(lists, { name: "Home", color: "teal" });
  const archive = await parsed(JSON.parse(await exported(user)));
  unwrap(await lists.remove(id));
  const { changeSeq } = unwrapArchive(await archiveOf(user).importArchive(archive));
  const renamed = unwrap(await lists.update(id, { name: "House" }));
  expect(await changesOf(user).undo(changeSeq)).toBe(0);
  expect(await changesOf(user).undo(renamed.changeSeq)).toBe(1);
  expect(await lists.list()).toMatchObject([{ id, name: "Home" }]);
});

test("undo of a change without history removes no list", async () => {
  const user = await createTestUser();
  const lists = listsOf(user);
  const { id } = await makeList(lists, { name: "Home", color: "teal" });
  const renamed = unwrap(await lists.update(id, { name: "House" }));
  await sql`delete from list_revision where user_id = ${user.id}`.execute(db);
  expect(await changesOf(user).undo(renamed.changeSeq)).toBe(0);
  expect(await lists.find(id)).toMatchObject({ name: "House" });
});

test("a list that an import restored can be changed and deleted again", async () => {
  const user = await createTestUser();
  const lists = listsOf(user);
  const { id } = await makeList(lists, { name: "Home", color: "teal" });
  const json = await exported(user);
  unwrap(await lists.remove(id));
  unwrapArchive(await archiveOf(user).importArchive(await parsed(JSON.parse(json))));
  expect(await exported(user)).toBe(json);
  unwrap(await lists.update(id, { name: "House" }));
  unwrap(await lists.remove(id));
});

test("a task that an undo has removed is not stored any more once an import has created it again, so that no redo brings it back", async () => {
  const user = await createTestUser();
  const [tasks, changes] = [tasksOf(user), changesOf(user)];
  const kept = await make(tasks, { title: "Kept" });
  const { id, changeSeq } = await make(tasks, { title: "Secret" });
  const undo = await changes.undoChange(changeSeq);
  unwrapArchive(await archiveOf(user).importArchive(await parsed({ version: 1, tasks: [{ id, title: "Imported" }] })));
  unwrap(await tasks.purge(id));
  expect((await sql`select task from removed_task where user_id = ${user.id}`.execute(db)).rows).toEqual([]);
  expect(await changes.undoChange(undo?.changeNumber)).toBeUndefined();
  expect((await tasks.list({ status: "all" }, { limit: 9 }))?.tasks).toEqual([kept]);
});
