import { promises as fs } from "node:fs";
import path from "node:path";
import type { Kysely } from "kysely";
import { FileMigrationProvider, Migrator } from "kysely/migration";
import { db, kyselyOn } from "#app/db/database.server.ts";
import { migrationPool } from "#app/db/pool.server.ts";
import { env } from "#app/env.server.ts";

/**
 * Runs pending migrations in one transaction, under a lock that other processes wait for. Returns the names of those that ran.
 * Without a `url`, on the embedded database.
 */
export async function migrate(url = env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL): Promise<string[]> {
  const migrationDb = url ? kyselyOn<unknown>(async () => migrationPool(url)) : undefined;
  try {
    const { error, results } = await migratorOn(migrationDb ?? db).migrateToLatest();
    if (error) throw error;
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await migrationDb?.destroy();
  }
}

/** Rejects when the database can't be reached. */
export async function isMigrated(): Promise<boolean> {
  const migrations = await migratorOn(db).getMigrations();
  return migrations.every((migration) => migration.executedAt !== undefined);
}

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own signature: a migrator has no table types.
function migratorOn(kysely: Kysely<any>): Migrator {
  const migrationFolder = path.join(process.cwd(), "migrations");
  return new Migrator({ db: kysely, provider: new FileMigrationProvider({ fs, path, migrationFolder }) });
}
