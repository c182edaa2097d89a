import { type Kysely, sql } from "kysely";
import { copyDatabase } from "#app/cli/doctor/copy-database.ts";
import { fail, ok, type Result } from "#app/cli/doctor/result.ts";
import { connectionKind } from "#app/db/connection-kind.server.ts";
import { db, kyselyOn, openDatabase } from "#app/db/database.server.ts";
import { openDump } from "#app/db/embedded.server.ts";
import { migrationPool } from "#app/db/pool.server.ts";
import { env } from "#app/env.server.ts";

// biome-ignore lint/suspicious/noExplicitAny: any table is counted.
type AnyDatabase = Kysely<any>;
type Counts = Map<string, number>;

/** Restores a dump of the database into a temporary one and compares the numbers of rows. */
export function checkRestore(): Promise<Result> {
  return env.DATABASE_URL ? restorePostgres(env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL) : restoreEmbedded();
}

async function restoreEmbedded(): Promise<Result> {
  const { dump } = await openDatabase();
  if (!dump) throw new Error("the database is not embedded");
  const { pool, close } = await openDump(await dump());
  const restored = kyselyOn(async () => pool);
  try {
    return compare(await countRows(db), await countRows(restored));
  } finally {
    await restored.destroy();
    await close();
  }
}

async function restorePostgres(url: string): Promise<Result> {
  if ((await connectionKind(url)) === "transaction") return fail("pg_dump needs a direct connection: set DATABASE_MIGRATION_URL");
  const pool = migrationPool(url);
  const original = kyselyOn(async () => pool);
  const name = `doable_doctor_${crypto.randomUUID().replaceAll("-", "")}`;
  try {
    await createDatabase(original, name);
    return await restoreInto(Object.assign(new URL(url), { pathname: `/${name}` }).href, original, url);
  } finally {
    await sql`drop database if exists ${sql.id(name)} with (force)`.execute(original);
    await original.destroy();
  }
}

async function createDatabase(server: AnyDatabase, name: string): Promise<void> {
  await sql`create database ${sql.id(name)} template template0`.execute(server).catch((error: Error) => {
    throw new Error(`a temporary database can't be created (${error.message}): alter role … createdb; allows it`);
  });
}

/** The dump and the numbers are of one moment, because requests may change rows meanwhile. */
async function restoreInto(restoredUrl: string, original: AnyDatabase, url: string): Promise<Result> {
  const transaction = original.transaction().setIsolationLevel("repeatable read");
  const counts = await transaction.execute(async (trx) => {
    const { rows } = await sql<{ snapshot: string }>`select pg_export_snapshot() as snapshot`.execute(trx);
    await copyDatabase(url, restoredUrl, rows[0]?.snapshot ?? "");
    return countRows(trx);
  });
  const pool = migrationPool(restoredUrl);
  const restored = kyselyOn(async () => pool);
  try {
    return compare(counts, await countRows(restored));
  } finally {
    await restored.destroy();
  }
}

/** By table. */
async function countRows(qb: AnyDatabase): Promise<Counts> {
  const tables = sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema() order by 1`;
  const counts: Counts = new Map();
  for (const { name } of (await tables.execute(qb)).rows) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(qb);
    counts.set(name, rows[0]?.count ?? 0);
  }
  return counts;
}

export function compare(original: Counts, restored: Counts): Result {
  const different = [...original].filter(([table, count]) => restored.get(table) !== count);
  if (different.length > 0) {
    const tables = different.map(([table, count]) => `${table}: ${restored.get(table) ?? "none"} of ${count}`);
    return fail(`rows are missing after restoring a dump (${tables.join(", ")}): don't rely on it as a backup`);
  }
  const rows = [...original.values()].reduce((sum, count) => sum + count, 0);
  return ok(`a dump restored all ${rows} rows of ${original.size} tables`);
}
