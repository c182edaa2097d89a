import { text } from "node:stream/consumers";
import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import type { FeedPage } from "#app/changes/feed.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { archiveOf } from "#app/io/archive.server.ts";
import { type ArchiveFormat, InvalidArchive } from "#app/io/archive.ts";
import { readCsvArchive } from "#app/io/csv.ts";
import { type ReadArchive, readJsonArchive } from "#app/io/read-json.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { anyArchive } from "#app/testing/archives.ts";
import { make, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

async function written(user: UserRef, format: ArchiveFormat = "json"): Promise<string> {
  const { size, content } = await archiveOf(user).write(format);
  const archive = await text(content);
  expect(Buffer.byteLength(archive)).toBe(size);
  return archive;
}

async function read(archive: unknown): Promise<ReadArchive> {
  return fine(typeof archive === "string" ? await readCsvArchive(archive) : await readJsonArchive(archive));
}

function fine<T>(outcome: T | InvalidArchive): T {
  if (outcome instanceof InvalidArchive) throw new Error(JSON.stringify(outcome.problems));
  return outcome;
}

test("an archive that is taken in somewhere else is written there word for word", async () => {
  await fc.assert(
    fc.asyncProperty(anyArchive, async (archive) => {
      const [first, second] = [await createTestUser(), await createTestUser()];
      fine(await archiveOf(first).take(await read(archive)));
      const json = await written(first);
      expect(JSON.parse(json)).toEqual(archive);
      fine(await archiveOf(second).take(await read(JSON.parse(json))));
      expect(await written(second)).toBe(json);
    }),
    { numRuns: 12 },
  );
});

test("a table that is taken in somewhere else is written there byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(anyArchive, async (archive) => {
      const [first, second] = [await createTestUser(), await createTestUser()];
      fine(await archiveOf(first).take(await read(archive)));
      const csv = await written(first, "csv");
      fine(await archiveOf(second).take(await read(csv)));
      expect(await written(second, "csv")).toBe(csv);
      expect(JSON.parse(await written(second)).tasks).toEqual(archive.tasks);
    }),
    { numRuns: 12 },
  );
});

test("what was really made, done, deleted and repeated comes back as it was", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const list = await listsOf(user).create({ name: "Home", color: "teal" });
  await listsOf(user).create({ name: "Empty", color: null });
  const due = { date: "2026-01-31", time: "09:00", timezone: "Asia/Tokyo" };
  const parent = await make(tasks, { title: "Rent", list_id: list.id, due, recurrence: { rrule: "FREQ=MONTHLY", anchor: "due" } });
  const subtask = await make(tasks, { parent_id: parent.id, labels: ["a", "b"], external_id: "x" });
  unwrap(await tasks.complete(parent.id, { cascade: true }));
  unwrap(await tasks.remove((await make(tasks, { title: "Thrown away", list_id: list.id, external_id: "y" })).id));
  unwrap(await tasks.move(subtask.id, { position: "first" }));
  const json = await written(user);
  await tasks.purge(parent.id);
  await wiped(user);
  expect(JSON.parse(await written(user))).toEqual({ version: 1, lists: [], tasks: [] });
  expect(fine(await archiveOf(user).take(await read(JSON.parse(json))))).toMatchObject({ lists: { created: 2 }, tasks: { created: 5 } });
  expect(await written(user)).toBe(json);
});

async function wiped(user: UserRef): Promise<void> {
  for (const { id } of (await tasksOf(user).list({ status: "all", sort: "rank" }, { limit: 200 }))?.tasks ?? [])
    await tasksOf(user).purge(id);
  await tasksOf(user).emptyTrash();
  for (const { id } of await listsOf(user).list()) await listsOf(user).remove(id);
}

test("taken in twice, an archive doubles nothing and leaves what was changed since", async () => {
  const user = await createTestUser();
  const task = await make(tasksOf(user), { title: "Before" });
  await listsOf(user).create({ name: "Home", color: null });
  const archive = await read(JSON.parse(await written(user)));
  unwrap(await tasksOf(user).update(task.id, { title: "After" }));
  const before = await written(user);
  const skipped = { lists: { created: 0, skipped: 1 }, tasks: { created: 0, skipped: 1 } };
  expect(await archiveOf(user).preview(archive)).toEqual({ ...skipped, titles: [] });
  expect(await archiveOf(user).take(archive)).toMatchObject(skipped);
  expect(await written(user)).toBe(before);
});

test("tasks without ids are known again by what they say, and a task that is there twice is two", async () => {
  const user = await createTestUser();
  const csv = "title,list,priority\nMilk,Home,1\nMilk,Home,1\nBread,Home,\n";
  expect(await archiveOf(user).take(await read(csv))).toMatchObject({ lists: { created: 1 }, tasks: { created: 3 } });
  const page = await tasksOf(user).list({ status: "all", sort: "rank" }, { limit: 10 });
  expect(page?.tasks.map(({ title }) => title)).toEqual(["Milk", "Milk", "Bread"]);
  expect(await archiveOf(user).take(await read(csv))).toMatchObject({ lists: { skipped: 1 }, tasks: { created: 0, skipped: 3 } });
});

test("what stands in an archive and is not read may be anything, and tells no task from another", async () => {
  const archives = archiveOf(await createTestUser());
  const nested = JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`);
  for (const unread of ["\0", "\ud800", nested, 7, {}, null]) {
    const list = { id: "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001", name: "Home", open_count: unread, version: unread };
    const archive = { version: 1, lists: [list], tasks: [{ title: "Milk", version: unread, url: unread }] };
    const taken = fine(await archives.take(await read(archive)));
    expect(taken.tasks).toMatchObject({ created: unread === "\0" ? 1 : 0 });
  }
});

test("a table's list is the one of that name, and a task with an external id that is there is that task", async () => {
  const user = await createTestUser();
  const list = await listsOf(user).create({ name: "Home", color: null });
  const parent = await make(tasksOf(user), { external_id: "x" });
  const csv = `id,title,list,parent_id,external_id\n${crypto.randomUUID()},Milk,Home,,\n0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001,Known,,,x\n,Below,,0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001,\n`;
  expect(await archiveOf(user).take(await read(csv))).toMatchObject({ lists: { skipped: 1 }, tasks: { created: 2, skipped: 1 } });
  expect(await tasksOf(user).subtasksOf(parent.id)).toMatchObject([{ title: "Below" }]);
  expect(await listsOf(user).find(list.id)).toMatchObject({ openCount: 1 });
});

test("one undo takes back all that an archive brought, and leaves what somebody has added to since", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const own = await make(tasks);
  const archive = await read({
    version: 1,
    lists: [listed("Home", 1), listed("Work", 2)],
    tasks: [
      { title: "Milk", list_id: uuid(1) },
      { title: "Bread", status: "done" },
      { title: "Trashed", deleted_at: "2026-01-01T00:00:00Z" },
    ],
  });
  const { changeSeq } = fine(await archiveOf(user).take(archive));
  const added = await make(tasks, { list_id: uuid(2) });
  expect(await changesOf(user).undo(changeSeq)).toBe(4);
  expect((await tasks.list({ status: "all", sort: "rank" }, { limit: 10 }))?.tasks).toEqual([own, added]);
  expect((await tasks.list({ status: "all", sort: "rank", deleted: true }, { limit: 10 }))?.tasks).toEqual([]);
  expect((await listsOf(user).list()).map(({ name }) => name)).toEqual(["Work"]);
  expect(fine(await archiveOf(user).take(archive))).toMatchObject({ lists: { created: 1 }, tasks: { created: 3 } });
});

test("a new task is last in hand order, whatever ranks were brought from somewhere else", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  await archiveOf(user).take(await read({ version: 1, tasks: [{ title: "From elsewhere", rank: "k00000012345" }, { title: "Unranked" }] }));
  await make(tasks, { title: "New" });
  const titles = (await tasks.list({ status: "all", sort: "rank" }, { limit: 10 }))?.tasks.map(({ title }) => title);
  expect(titles).toEqual(["Unranked", "From elsewhere", "New"]);
});

test("a series that goes on already is not begun again", async () => {
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
  fine(await archiveOf(user).take(await read(archive)));
  expect(await tasks.find(uuid(1))).toMatchObject({ recurrence: null, seriesId: null });
  expect(await tasks.find(uuid(2))).toMatchObject({ seriesId: next?.seriesId });
});

test("an archive with anything wrong is named throughout and taken in nowhere", async () => {
  const user = await createTestUser();
  const before = await written(user);
  const archive = await read({
    version: 1,
    tasks: [{ title: "Fine" }, { title: "Lost", list_id: uuid(1) }, { title: "Alone", parent_id: uuid(2) }],
  });
  for (const outcome of [await archiveOf(user).preview(archive), await archiveOf(user).take(archive)]) {
    expect(outcome).toBeInstanceOf(InvalidArchive);
    expect((outcome as InvalidArchive).problems.map(({ pointer }) => pointer)).toEqual(["/tasks/1/list_id", "/tasks/2/parent_id"]);
  }
  expect(await written(user)).toBe(before);
});

test("an archive holds what is one's own, and another's ids neither show nor clash", async () => {
  const owner = await createTestUser();
  const stranger = await createTestUser();
  const list = await listsOf(owner).create({ name: "Secret list", color: null });
  const task = await make(tasksOf(owner), { title: "Secret", list_id: list.id, external_id: "x", due: { date: "2026-01-01" } });
  const json = await written(owner);
  expect(await written(stranger)).not.toContain("Secret");
  expect(await written(stranger, "csv")).not.toContain("Secret");
  const within = await read({
    version: 1,
    tasks: [
      { title: "Mine", list_id: list.id },
      { title: "Mine", parent_id: task.id },
    ],
  });
  expect(await archiveOf(stranger).preview(within)).toBeInstanceOf(InvalidArchive);
  const taken = fine(await archiveOf(stranger).take(await read(JSON.parse(json))));
  expect(taken).toMatchObject({ lists: { created: 1, skipped: 0 }, tasks: { created: 1, skipped: 0 } });
  const named = await read("title,list,external_id\nMilk,Secret list,x\n");
  expect(await archiveOf(await createTestUser()).preview(named)).toEqual({
    lists: { created: 1, skipped: 0 },
    tasks: { created: 1, skipped: 0 },
    titles: ["Milk"],
  });
  expect(await changesOf(stranger).undo(taken.changeSeq)).toBe(2);
  expect(await written(owner)).toBe(json);
});

test("somebody who exports a lot at once does not keep others waiting for all of it", async () => {
  const [busy, other] = [await createTestUser(), await createTestUser()];
  await make(tasksOf(busy));
  let done = 0;
  const exports = Array.from({ length: 20 }, async () => {
    await written(busy);
    done += 1;
  });
  expect(JSON.parse(await written(other)).tasks).toEqual([]);
  expect(done).toBeLessThan(5);
  await Promise.all(exports);
});

function listed(name: string, number: number) {
  return { id: uuid(number), name };
}

function uuid(number: number): string {
  return `0199a3c2-5c0e-7d4e-9a53-${String(number).padStart(12, "0")}`;
}

test("undo takes back a list that came back under its old id, and what was there before stays", async () => {
  const user = await createTestUser();
  const [tasks, lists] = [tasksOf(user), listsOf(user)];
  const [gone, kept] = [await lists.create({ name: "Gone", color: "teal" }), await lists.create({ name: "Kept", color: null })];
  await make(tasks, { title: "Milk", list_id: gone.id });
  await make(tasks, { title: "Bread", list_id: kept.id });
  const archive = await read(JSON.parse(await written(user)));
  unwrap(await lists.update(gone.id, { name: "Going" }));
  unwrap(await lists.remove(gone.id, { tasks: "trash" }));
  await tasks.emptyTrash();
  const before = await written(user);
  for (const _ of ["once", "again"]) {
    const taken = fine(await archiveOf(user).take(archive));
    expect(taken).toMatchObject({ lists: { created: 1, skipped: 1 }, tasks: { created: 1, skipped: 1 } });
    expect(await changesOf(user).undo(taken.changeSeq)).toBe(2);
    expect(await written(user)).toBe(before);
  }
  const { items } = (await changesOf(user).read(undefined, 50)) as FeedPage;
  expect(items.map(({ op, id }) => [op, id])).not.toContainEqual(["upsert", gone.id]);
});

test("a list that came back stays, once somebody has changed it", async () => {
  const user = await createTestUser();
  const lists = listsOf(user);
  const { id } = await lists.create({ name: "Home", color: "teal" });
  const archive = await read(JSON.parse(await written(user)));
  unwrap(await lists.remove(id));
  const { changeSeq } = fine(await archiveOf(user).take(archive));
  const renamed = unwrap(await lists.update(id, { name: "House" }));
  expect(await changesOf(user).undo(changeSeq)).toBe(0);
  expect(await changesOf(user).undo(renamed.changeSeq)).toBe(1);
  expect(await lists.list()).toMatchObject([{ id, name: "Home" }]);
});

test("a change whose history is swept takes no list away", async () => {
  const user = await createTestUser();
  const lists = listsOf(user);
  const { id } = await lists.create({ name: "Home", color: "teal" });
  const renamed = unwrap(await lists.update(id, { name: "House" }));
  await sql`delete from list_revision where user_id = ${user.id}`.execute(db);
  expect(await changesOf(user).undo(renamed.changeSeq)).toBe(0);
  expect(await lists.find(id)).toMatchObject({ name: "House" });
});

test("a list that is brought back after it was deleted can be changed and deleted again", async () => {
  const user = await createTestUser();
  const lists = listsOf(user);
  const { id } = await lists.create({ name: "Home", color: "teal" });
  const json = await written(user);
  unwrap(await lists.remove(id));
  fine(await archiveOf(user).take(await read(JSON.parse(json))));
  expect(await written(user)).toBe(json);
  unwrap(await lists.update(id, { name: "House" }));
  unwrap(await lists.remove(id));
});
