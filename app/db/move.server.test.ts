import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool, PoolClient } from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { compareTables, tablesOf } from "#app/db/compare-tables.ts";
import { kyselyOn } from "#app/db/database.server.ts";
import { openDump, openEmbedded } from "#app/db/embedded.server.ts";
import { migrate, migrateEmbedded } from "#app/db/migrator.server.ts";
import { CannotMove, moveRows } from "#app/db/move.server.ts";
import { migrationPool } from "#app/db/pool.server.ts";
import { ROWS_OF_EVERY_TABLE } from "#app/testing/every-table.ts";
import { createDatabase, databaseName, testServer } from "#app/testing/template.ts";

/** A subtask whose row is stored before its parent's, and a user with many rows. */
const MORE_ROWS = `
  insert into "user" (id, name, email, email_verified, timezone) values (gen_random_uuid(), 'Max', 'max@example.com', true, 'UTC');
  insert into change_sequence (user_id, last_value) select id, 1 from "user" where name = 'Max';
  insert into task (user_id, id, title, notes, rank, change_seq)
    select "user".id, gen_random_uuid(), 'Task ' || n, repeat('long ', n), 'a' || n, 1 from "user", generate_series(1, 50) n where name = 'Max';
  update task set parent_id = parent.id from task parent
    where parent.user_id = task.user_id and parent.title = 'Task 50' and task.title in ('Task 1', 'Task 2');
  update task set notes = notes || 'more' where title = 'Task 50';
`;

let source: PoolClient;
let emptied: Blob;
let close: () => Promise<void>;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "doable-test-"));
  const embedded = await openEmbedded(folder);
  await migrateEmbedded(kyselyOn(async () => embedded.pool));
  emptied = await embedded.dump();
  source = await embedded.pool.connect();
  await source.query("set search_path to public");
  await source.query(ROWS_OF_EVERY_TABLE);
  await source.query(MORE_ROWS);
  close = async () => {
    source.release();
    await embedded.pool.end();
    await embedded.close();
    await rm(folder, { recursive: true });
  };
}, 60_000);
afterAll(() => close());

/** Migrated, without rows. */
async function newTarget(kind: string): Promise<PoolClient> {
  const { pool, remove } = kind === "Postgres" ? await newPostgres() : await newEmbedded();
  const client = await pool.connect();
  onTestFinished(async () => {
    client.release();
    await pool.end();
    await remove();
  });
  return client;
}

async function newEmbedded(): Promise<{ pool: Pool; remove(): Promise<void> }> {
  const { pool, close: remove } = await openDump(emptied);
  return { pool, remove };
}

async function newPostgres(): Promise<{ pool: Pool; remove(): Promise<void> }> {
  const url = await createDatabase(testServer ?? "", `doable_move_${crypto.randomUUID().replaceAll("-", "")}`);
  await migrate(url);
  async function remove() {
    const server = migrationPool(testServer ?? "");
    await server.query(`drop database ${databaseName(url)} with (force)`);
    await server.end();
  }
  return { pool: migrationPool(url), remove };
}

async function rowsOf(client: PoolClient): Promise<Record<string, unknown[]>> {
  await client.query("set timezone to 'UTC'");
  const { rows: tables } = await client.query("select tablename from pg_tables where schemaname = 'public' order by 1");
  const rows: Record<string, unknown[]> = {};
  for (const { tablename } of tables.filter(({ tablename }) => !tablename.startsWith("kysely_")))
    rows[tablename] = (
      await client.query(`select to_jsonb(t) - 'search' as row from "${tablename}" t order by (to_jsonb(t) - 'search')::text collate "C"`)
    ).rows;
  expect(Object.values(rows).every((some) => some.length > 0)).toBe(true);
  return rows;
}

async function stateOfChecks(client: PoolClient): Promise<unknown[]> {
  const constraints = "select conname, condeferrable, condeferred from pg_constraint where contype = 'f' order by 1";
  const triggers = "select tgname, tgenabled from pg_trigger where not tgisinternal order by 1";
  return [(await client.query(constraints)).rows, (await client.query(triggers)).rows];
}

const KINDS = ["embedded", ...(testServer ? ["Postgres"] : [])];

test.for(KINDS)("every row is moved to another database (%s), in any order, and the other one works", { timeout: 60_000 }, async (kind) => {
  const target = await newTarget(kind);
  const before = await stateOfChecks(target);
  // One row at a time.
  const moved = await moveRows(source, target, 1);
  expect(await rowsOf(target)).toEqual(await rowsOf(source));
  expect(Object.fromEntries(moved)).toMatchObject({ '"user"': 2, account: 1, apikey: 1, jwks: 1, task: 51, task_revision: 1 });
  expect(await stateOfChecks(target)).toEqual(before);
  const found = await target.query("select title from task where search @@ search_query(user_id, 'creme 買う')");
  expect(found.rows).toEqual([{ title: "Crème brûlée" }]);
  await target.query("delete from task where title = 'Task 50'");
  const counted = await target.query("select task_count from change_sequence where last_value = 1");
  expect(counted.rows).toEqual([{ task_count: 47 }]);
  await expect(target.query("update task set list_id = gen_random_uuid()")).rejects.toMatchObject({ code: "23503" });
});

test("a database that has rows is refused and left as it is", { timeout: 60_000 }, async () => {
  const target = await newTarget("embedded");
  await target.query("insert into verification (identifier, value, expires_at) values ('a', 'b', now())");
  await expect(moveRows(source, target)).rejects.toThrow(
    new CannotMove("the new database has rows already (verification): name an empty one"),
  );
  expect((await target.query("select identifier from verification")).rows).toEqual([{ identifier: "a" }]);
});

test("a database with another schema is refused", { timeout: 60_000 }, async () => {
  const target = await newTarget("embedded");
  await target.query("alter table label add column more text");
  await expect(moveRows(source, target)).rejects.toThrow(new CannotMove("the two databases have different tables or columns"));
});

test("a copy that differs from the original is taken back, and can be tried again", { timeout: 60_000 }, async () => {
  const target = await newTarget("embedded");
  await target.query("create rule lose as on insert to verification do also delete from verification");
  await expect(moveRows(source, target)).rejects.toThrow(new CannotMove("the copy differs from the original in verification"));
  expect((await target.query('select from "user"')).rowCount).toBe(0);
  await target.query("drop rule lose on verification");
  await moveRows(source, target);
  expect(await rowsOf(target)).toEqual(await rowsOf(source));
});

test("a difference is found in the number of rows and in any value", { timeout: 60_000 }, async () => {
  const target = await newTarget("embedded");
  await moveRows(source, target);
  const tables = await tablesOf(source);
  const differences = async (change: string) => {
    for (const client of [source, target]) await client.query("begin");
    await target.query(change);
    const different = await compareTables(source, target, tables);
    for (const client of [source, target]) await client.query("rollback");
    return different;
  };
  expect(await differences("select 1")).toEqual([]);
  expect(await differences("delete from label")).toEqual(["label"]);
  expect(await differences("update task set notes = notes || ' ' where title = 'Task 7'")).toEqual(["change_sequence", "task"]);
  expect(await differences("update kept_answer set body = '\\x00fe'")).toEqual(["kept_answer"]);
});
