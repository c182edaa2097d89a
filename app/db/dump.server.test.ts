import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { migrate } from "#app/db/migrator.server.ts";
import { createDatabase, databaseName, testServer } from "#app/testing/template.ts";

const run = promisify(execFile);

function reasonToSkip(): string | undefined {
  if (!testServer) return "the embedded database has no pg_dump: set TEST_DATABASE_URL";
  const missing = ["pg_dump", "pg_restore", "psql"].find((program) => spawnSync(program, ["--version"]).error);
  return missing && `${missing} is not installed`;
}

const reason = reasonToSkip();

test.for(["public", "doable"])(
  "a dump of the schema %s restores everything, plain and custom",
  { timeout: 120_000 },
  async (schema, { skip }) => {
    skip(reason !== undefined, reason);
    const original = await newDatabase();
    await query(original, `create schema if not exists ${schema}`);
    await migrate(withSchema(original, schema));
    await query(withSchema(original, schema), ROWS);
    for (const format of ["plain", "custom"]) {
      const restored = await newDatabase();
      await restore(original, restored, format);
      expect(await dumpOf(restored), format).toEqual(await dumpOf(original));
      expect(await rowsOf(withSchema(restored, schema)), format).toEqual(await rowsOf(withSchema(original, schema)));
      await expectToWork(withSchema(restored, schema));
    }
  },
);

/** Not only is everything there: the schema is complete, a search finds, and triggers write. */
async function expectToWork(url: string): Promise<void> {
  expect(await migrate(url)).toEqual([]);
  const update = "update task set labels = '{ERRANDS}', version = 3 where search @@ search_query(user_id, 'creme 買う') returning labels";
  expect(await query(url, update)).toEqual([{ labels: ["Errands"] }]);
  expect(await query(url, "select version from task_revision order by 1")).toEqual([{ version: 1 }, { version: 2 }]);
}

/** Something in every table that a user's rows are in, with texts of several scripts. */
const ROWS = `
  insert into "user" (id, name, email, email_verified, timezone)
    values ('0199a3c2-5c0e-7d4e-9a53-000000000001', 'Zoë', 'zoe@example.com', true, 'Europe/Lisbon');
  insert into session (user_id, token, expires_at, updated_at) select id, 'token', now(), now() from "user";
  insert into account (user_id, account_id, provider_id, password, updated_at) select id, id, 'credential', 'hash', now() from "user";
  insert into verification (identifier, value, expires_at) values ('a', 'b', now());
  insert into jwks (public_key, private_key, created_at) values ('public', 'private', now());
  insert into apikey (config_id, reference_id, key, created_at, updated_at) select 'default', id, 'key', now(), now() from "user";
  insert into password_try (key, tried_at) values ('a', array[now(), now()]);
  insert into rate_limit (key, count, last_request) values ('a', 1, 1);
  insert into change_sequence (user_id, last_value) select id, 3 from "user";
  insert into list (user_id, id, name, rank, change_seq) select id, id, 'Café ☕', 'a', 1 from "user";
  update list set name = 'Crème', version = 2, change_seq = 2;
  insert into task (user_id, id, list_id, title, notes, labels, rank, change_seq)
    select id, id, id, 'Crème brûlée', E'牛乳を買う\\n😀 \\\\ ''quoted''', '{Errands,errands,é}', 'a', 1 from "user";
  update task set due_date = '2026-12-01', due_time = '09:30', due_timezone = 'Asia/Tokyo', due_at = now(), version = 2, change_seq = 2;
  insert into tombstone (user_id, kind, id, change_seq) select id, 'task', gen_random_uuid(), 3 from "user";
  insert into undone_change (user_id, change_seq) select id, 2 from "user";
  insert into kept_answer (user_id, key, request_hash, status, headers, body) select id, 'key', '\\xff', 200, '[]', '\\x00ff' from "user";
  insert into held_file (user_id, id, name, content) select id, id, 'a.csv', '\\x00ff' from "user";
`;

async function newDatabase(): Promise<string> {
  const url = await createDatabase(testServer ?? "", `doable_dump_${crypto.randomUUID().replaceAll("-", "")}`);
  onTestFinished(async () => void (await query(testServer ?? "", `drop database ${databaseName(url)} with (force)`)));
  return url;
}

function withSchema(url: string, schema: string): string {
  const scoped = new URL(url);
  scoped.searchParams.set("options", `-c search_path=${schema}`);
  return scoped.href;
}

async function restore(from: string, to: string, format: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "doable-dump-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "dump");
  await run("pg_dump", [`--format=${format}`, `--file=${file}`, from]);
  if (format === "plain") await run("psql", ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", `--file=${file}`, to]);
  else await run("pg_restore", ["--exit-on-error", `--dbname=${to}`, file]);
}

/** Schema and rows as SQL, without the random key of newer versions of pg_dump. */
async function dumpOf(url: string): Promise<string> {
  const { stdout } = await run("pg_dump", [url], { maxBuffer: 16 * 1024 * 1024 });
  return stdout.replace(/^\\(un)?restrict .*$/gm, "");
}

/** Every row of every table, with generated columns, which a dump leaves out. */
async function rowsOf(url: string): Promise<Record<string, unknown[]>> {
  const tables = await query(url, "select tablename from pg_tables where schemaname = current_schema() order by 1");
  const rows: Record<string, unknown[]> = {};
  for (const { tablename } of tables)
    rows[String(tablename)] = await query(url, `select to_jsonb(t)::text as row from "${tablename}" t order by 1`);
  expect(rows.kysely_migration?.length).toBeGreaterThan(0);
  expect(Object.values(rows).every((some) => some.length > 0)).toBe(true);
  return rows;
}

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
