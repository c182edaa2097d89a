import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Pool } from "pg";
import { singleConnectionPool } from "#app/db/pool.server.ts";

/** Two processes on one PGlite folder would silently lose rows. */
export class DataDirectoryInUse extends Error {}

/**
 * Opens PGlite in `<directory>/postgres`, through the same driver as any Postgres.
 * Locks `<directory>/lock` until `close`. Rejects with `DataDirectoryInUse`.
 */
export async function openEmbedded(directory: string): Promise<{ pool: Pool; close(): Promise<void> }> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const unlock = lock(directory);
  // Imported here, so that PGlite is not loaded when DATABASE_URL is set.
  const [{ PGlite }, { createPgConfig }, { btree_gin }, { unaccent }] = await Promise.all([
    import("@electric-sql/pglite"),
    import("@electric-sql/pglite/node-postgres"),
    import("@electric-sql/pglite/contrib/btree_gin"),
    import("@electric-sql/pglite/contrib/unaccent"),
  ]);
  const pglite = await PGlite.create(join(directory, "postgres"), { extensions: { btree_gin, unaccent } });
  const pool = singleConnectionPool(createPgConfig(pglite));
  async function close() {
    await pglite.close();
    unlock();
  }
  return { pool, close };
}

/**
 * Locks by an open SQLite transaction: the operating system releases that lock when the process ends, even by SIGKILL.
 * A pid file would stay.
 */
function lock(directory: string): () => void {
  const holder = new DatabaseSync(join(directory, "lock"), { timeout: 0 });
  try {
    holder.exec("begin exclusive");
  } catch {
    holder.close();
    throw new DataDirectoryInUse(`another process is using ${directory}: stop it first, or set DATA_DIR to another folder`);
  }
  return () => holder.close();
}
