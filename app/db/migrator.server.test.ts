import { promises as fs } from "node:fs";
import path from "node:path";
import { sql } from "kysely";
import { FileMigrationProvider, Migrator } from "kysely/migration";
import { expect, onTestFinished, test } from "vitest";
import { CannotStart } from "#app/cannot-start.ts";
import { db } from "#app/db/database.server.ts";
import { isMigrated, migrate } from "#app/db/migrator.server.ts";
import { readiness } from "#app/http/readiness.server.ts";

test("migrations do not run twice, even when several processes migrate at once", async () => {
  expect(await isMigrated()).toBe(true);
  expect(await Promise.all([migrate(), migrate()])).toEqual([[], []]);
  expect(await migrate()).toEqual([]);
});

test("a database that a newer version has migrated is used only if those migrations name themselves compatible", async () => {
  onTestFinished(async () => {
    await sql`delete from kysely_migration where name like '2999%'`.execute(db);
    await sql`delete from schema_compatibility where name like '2999%'`.execute(db);
  });
  const names = ["2999-01-01T00-00-one", "2999-01-02T00-00-two"];
  for (const name of names) await sql`insert into kysely_migration (name, timestamp) values (${name}, '2999-01-01')`.execute(db);
  await sql`insert into schema_compatibility (name) values (${names[0]})`.execute(db);
  await expect(migrate()).rejects.toBeInstanceOf(CannotStart);
  await expect(migrate()).rejects.toThrow(
    "a newer version of Doable has changed the database (2999-01-02T00-00-two): start that version, or a later one",
  );
  await sql`insert into schema_compatibility (name) values (${names[1]})`.execute(db);
  expect(await migrate()).toEqual([]);
  expect(await isMigrated()).toBe(true);
});

test("a migration names itself compatible, and no other", async () => {
  const { rows } = await sql<{ name: string }>`select name from schema_compatibility`.execute(db);
  for (const { name } of rows) expect(await fs.readFile(`migrations/${name}.ts`, "utf8")).toContain(`'${name}'`);
});

test("a migration that fails is named in one line", async () => {
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  await sql`create table task ()`.execute(db);
  const message = 'the migration 2026-11-21T09-30-tasks failed: relation "task" already exists';
  await expect(migrate()).rejects.toEqual(new CannotStart(message));
  await sql`drop table task`.execute(db);
  await migrate();
});

test("pending migrations make the process unready, and run in order", async () => {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  expect(await isMigrated()).toBe(false);
  expect(await readiness()).toMatchObject({ state: "migrations pending" });
  expect(await migrate()).toEqual(rows.map(({ name }) => name));
  expect(await readiness()).toEqual({ state: "ready", isReadOnly: false, isBusy: false });
});

test("labels that differ only in case or Unicode form become the one that came first, as a change that readers see", async () => {
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: path.resolve("migrations") });
  const { error } = await new Migrator({ db, provider }).migrateTo("2026-11-21T17-15-due-instants");
  expect(error).toBeUndefined();
  const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
  for (const id of [one, other])
    await sql`insert into "user" (id, name, email, email_verified, timezone) values (${id}, 'a', ${id}, false, 'UTC')`.execute(db);
  await sql`insert into change_sequence (user_id, last_value) values (${one}, 3)`.execute(db);
  const labels = [["Errands", "é"], ["x", "errands", "ERRANDS"], ["Errands"], ["e\u0301", "e"], []];
  for (const [index, some] of labels.entries())
    await sql`
      insert into task (user_id, id, title, labels, rank, change_seq, created_at)
      values (${one}, gen_random_uuid(), ${String(index)}, ${some}, 'a', 3, ${`2026-01-0${index + 1}`}::timestamptz)
    `.execute(db);
  await sql`insert into task (user_id, id, title, labels, rank, change_seq) values (${other}, ${other}, 'a', '{errands}', 'a', 1)`.execute(
    db,
  );
  await migrate();

  const { rows } = await sql`select labels, version, change_seq from task where user_id = ${one} order by title`.execute(db);
  expect(rows).toEqual([
    { labels: ["Errands", "é"], version: 1, changeSeq: 3 },
    { labels: ["x", "Errands"], version: 2, changeSeq: 4 },
    { labels: ["Errands"], version: 1, changeSeq: 3 },
    { labels: ["é", "e"], version: 2, changeSeq: 4 },
    { labels: [], version: 1, changeSeq: 3 },
  ]);
  expect((await sql`select last_value from change_sequence where user_id = ${one}`.execute(db)).rows).toEqual([{ lastValue: 4 }]);
  expect((await sql`select labels, version from task where user_id = ${other}`.execute(db)).rows).toEqual([
    { labels: ["errands"], version: 1 },
  ]);
  expect((await sql`select version from task_revision where user_id = ${one}`.execute(db)).rows).toEqual([{ version: 1 }, { version: 1 }]);
});

test("what users have before the migration of the quotas is counted", async () => {
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: path.resolve("migrations") });
  const { error } = await new Migrator({ db, provider }).migrateTo("2026-11-28T18-15-tokens-valid-from");
  expect(error).toBeUndefined();
  const [one, other, none] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  for (const id of [one, other, none]) {
    await sql`insert into "user" (id, name, email, email_verified, timezone) values (${id}, 'a', ${id}, false, 'UTC')`.execute(db);
    if (id !== other) await sql`insert into change_sequence (user_id, last_value) values (${id}, 3)`.execute(db);
  }
  for (const [userId, deletedAt] of [
    [one, null],
    [one, "now"],
    [other, null],
  ] as const)
    await sql`
      insert into task (user_id, id, title, notes, rank, change_seq, deleted_at)
      values (${userId}, gen_random_uuid(), 'Crème', '牛乳', 'a', 3, ${deletedAt}::timestamptz)
    `.execute(db);
  await sql`insert into list (user_id, id, name, rank, change_seq) values (${one}, gen_random_uuid(), 'Home', 'a', 3)`.execute(db);
  await migrate();

  const counted = async (id: string) =>
    (await sql`select last_value, task_count, list_count, text_bytes from change_sequence where user_id = ${id}`.execute(db)).rows[0];
  expect(await counted(one)).toEqual({ lastValue: 3, taskCount: 2, listCount: 1, textBytes: 24 });
  expect(await counted(other)).toEqual({ lastValue: 0, taskCount: 1, listCount: 0, textBytes: 12 });
  expect(await counted(none)).toEqual({ lastValue: 3, taskCount: 0, listCount: 0, textBytes: 0 });
});
