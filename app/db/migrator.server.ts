import { promises as fs } from "node:fs";
import path from "node:path";
import { type Kysely, sql } from "kysely";
import { FileMigrationProvider, type MigrationResultSet, Migrator } from "kysely/migration";
import type { Pool } from "pg";
import { CannotStart } from "#app/cannot-start.ts";
import { db, kyselyOn } from "#app/db/database.server.ts";
import { isDatabaseError, isMissingTable, isUnavailable } from "#app/db/errors.ts";
import { migrationPool, postgresPool } from "#app/db/pool.server.ts";
import { isBehindPooler } from "#app/db/pooler.server.ts";
import { env } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";

const migrationFolder = path.join(process.cwd(), "migrations");
const provider = new FileMigrationProvider({ fs, path, migrationFolder });

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own signature: a migrator has no table types.
type AnyDatabase = Kysely<any>;

/**
 * Runs pending migrations in one transaction, under a lock that other processes wait for. Returns the names of those that ran.
 * Locks nothing if none is pending. Without a `url`, on the embedded database.
 *
 * Rejects with `CannotStart` if a migration fails or can't run over this connection, or if the schema is too new for this version.
 */
export async function migrate(url = env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL): Promise<string[]> {
  if (!url) return (await hasPending(db)) ? migrateOn(db) : [];
  // The pool that migrates sets the session's time-outs, so it must not be connected to a pooler.
  const isPending = await usingPool(postgresPool(url, 2), hasPending);
  return isPending ? usingPool(migrationPool(url), migrateOn) : [];
}

/** Rejects when the database can't be reached. */
export async function isMigrated(): Promise<boolean> {
  return (await readState()).pending.length === 0;
}

async function usingPool<T>(pool: Pool, work: (kysely: AnyDatabase, pool: Pool) => Promise<T>): Promise<T> {
  const kysely = kyselyOn<unknown>(async () => pool);
  try {
    return await work(kysely, pool);
  } finally {
    await kysely.destroy();
  }
}

/** Whether there are migrations to run. `pool` needs two connections. */
async function hasPending(kysely: AnyDatabase, pool?: Pool): Promise<boolean> {
  const { pending, newer } = await readState(kysely);
  await requireCompatible(newer, kysely);
  if (pending.length === 0) return false;
  if (pool && (await isBehindPooler(pool))) throw new CannotStart(poolerRefusal());
  return true;
}

async function migrateOn(kysely: AnyDatabase): Promise<string[]> {
  const outcome = await new Migrator({ db: kysely, provider }).migrateToLatest();
  if (outcome.error !== undefined) throw failureOf(outcome);
  return (outcome.results ?? []).map(({ migrationName }) => migrationName);
}

/** The names of migrations that have not run yet, and of those that have run and that this version does not have. */
export async function readState(kysely: AnyDatabase = db): Promise<{ pending: string[]; newer: string[] }> {
  const [known, executed] = [Object.keys(await provider.getMigrations()), await namesIn("kysely_migration", kysely)];
  const missingIn = (names: string[]) => (name: string) => !names.includes(name);
  return { pending: known.filter(missingIn(executed)), newer: executed.filter(missingIn(known)) };
}

async function namesIn(table: "kysely_migration" | "schema_compatibility", kysely: AnyDatabase): Promise<string[]> {
  try {
    const { rows } = await sql<{ name: string }>`select name from ${sql.table(table)} order by name`.execute(kysely);
    return rows.map(({ name }) => name);
  } catch (error) {
    if (isMissingTable(error)) return [];
    throw error;
  }
}

export async function requireCompatible(newer: string[], kysely: AnyDatabase = db): Promise<void> {
  if (newer.length === 0) return;
  const compatible = await namesIn("schema_compatibility", kysely);
  const incompatible = newer.filter((name) => !compatible.includes(name));
  if (incompatible.length > 0) {
    const names = incompatible.join(", ");
    throw new CannotStart(`a newer version of Doable has changed the database (${names}): start that version, or a later one`);
  }
  log.warn(
    { event: "db.newer_schema", migrations: newer },
    "a newer version of Doable has migrated the database, compatibly with this one",
  );
}

function poolerRefusal(): string {
  const variable = env.DATABASE_MIGRATION_URL ? "DATABASE_MIGRATION_URL" : "DATABASE_URL";
  return `${variable} leads to a connection pooler, through which migrations can't run: set DATABASE_MIGRATION_URL to the direct URL of the database`;
}

function failureOf({ error, results }: MigrationResultSet): unknown {
  if (error instanceof CannotStart || isUnavailable(error)) return error;
  const failed = results?.find(({ status }) => status === "Error");
  // Then the database itself is at fault.
  if (!failed && isDatabaseError(error)) return error;
  return new CannotStart(`${failed ? `the migration ${failed.migrationName}` : "migrating"} failed: ${(error as Error).message}`);
}
