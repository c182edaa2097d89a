import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { migrate } from "#app/db/migrator.server.ts";
import { ROWS_OF_EVERY_TABLE } from "#app/testing/every-table.ts";
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
    await query(withSchema(original, schema), ROWS_OF_EVERY_TABLE);
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
