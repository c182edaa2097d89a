import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Pool } from "pg";
import { singleConnectionPool } from "#app/db/pool.server.ts";

/** Another process has the folder: two on one PGlite folder would lose rows without a word. */
export class DataDirectoryInUse extends Error {}

/**
 * PGlite in `<directory>/postgres`, through the same driver as any Postgres.
 * Holds `<directory>/lock` until `close`.
 */
export async function openEmbedded(directory: string): Promise<{ pool: Pool; close(): Promise<void> }> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const unlock = lock(directory);
  // Loaded here and not above: with a Postgres elsewhere, nothing of it is ever in memory.
  const [{ PGlite }, { createPgConfig }, { btree_gin }] = await Promise.all([
    import("@electric-sql/pglite"),
    import("@electric-sql/pglite/node-postgres"),
    import("@electric-sql/pglite/contrib/btree_gin"),
  ]);
  const pglite = await PGlite.create(join(directory, "postgres"), { extensions: { btree_gin } });
  const pool = singleConnectionPool(createPgConfig(pglite));
  async function close() {
    await pglite.close();
    unlock();
  }
  return { pool, close };
}

/**
 * Takes the lock by holding a SQLite transaction open: a lock of the operating system's,
 * which goes when the process goes, however it goes. A pid file would outlive a SIGKILL.
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
