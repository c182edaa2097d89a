import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { PGlite } from "@electric-sql/pglite";
import type { Pool } from "pg";
import { CannotStart } from "#app/cannot-start.ts";
import { singleConnectionPool } from "#app/db/pool.server.ts";

export class FolderInUse extends CannotStart {}

/** SQLite's result code when another connection has the lock. */
const SQLITE_BUSY = 5;

interface EmbeddedDatabase {
  pool: Pool;
  /** Its files in one archive. */
  dump(): Promise<Blob>;
  /** Closes what `pool.end()` leaves open. */
  close(): Promise<void>;
}

/**
 * Opens PGlite in `<directory>/postgres`, through the same driver as any Postgres.
 * Locks `<directory>/lock` until `close`. Rejects with `CannotStart`.
 */
export async function openEmbedded(directory: string): Promise<EmbeddedDatabase> {
  const data = join(directory, "postgres");
  const unlock = lockFolder(directory);
  const isNew = usingFolder(directory, () => isEmpty(data));
  const pglite = isNew ? await createData(data) : await openData(directory, data);
  return connect(pglite, unlock);
}

/** A database in memory, from what `dump` returned. */
export async function openDump(dump: Blob): Promise<EmbeddedDatabase> {
  return connect(await startPGlite("memory://", dump), () => undefined);
}

async function connect(pglite: PGlite, unlock: () => void): Promise<EmbeddedDatabase> {
  const { createPgConfig } = await import("@electric-sql/pglite/node-postgres");
  return {
    pool: singleConnectionPool(createPgConfig(pglite)),
    dump: () => pglite.dumpDataDir("none"),
    async close() {
      await pglite.close();
      unlock();
    },
  };
}

/** Creates the folder if there is none. Returns how to unlock it. Throws `CannotStart`; if another process has locked it, `FolderInUse`. */
export function lockFolder(directory: string): () => void {
  return usingFolder(directory, () => lock(directory));
}

/** The way out when the data of the embedded database is damaged. */
export function restoreAdvice(directory: string): string {
  return `restore ${directory} from a backup, or move it away to start without data`;
}

function usingFolder<T>(directory: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    const fault = `the folder ${directory} can't be used (${(error as Error).message})`;
    throw new CannotStart(`${fault}: make it a folder that this process can write to, or set DATA_DIR to another one`);
  }
}

/**
 * Two processes on one PGlite folder would silently lose rows. Locks by an open SQLite transaction: the operating system releases
 * that lock when the process ends, even by SIGKILL. A pid file would stay.
 */
function lock(directory: string): () => void {
  makeFolder(directory);
  const file = join(directory, "lock");
  try {
    const holder = new DatabaseSync(file, { timeout: 0 });
    holder.exec("begin exclusive");
    return () => holder.close();
  } catch (error) {
    if (error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY)
      throw new FolderInUse(`another process is using ${directory}: stop it first, or set DATA_DIR to another folder`);
    throw new Error(`${file}: ${reasonOf(error)}`);
  }
}

/** With its parents, but not by the option `recursive`: below /proc that never returns. */
export function makeFolder(directory: string): void {
  if (existsSync(directory)) return;
  makeFolder(dirname(directory));
  mkdirSync(directory, { mode: 0o700 });
}

/** Whether there is no database yet. Deletes what a process has left that was killed while it created one. */
function isEmpty(data: string): boolean {
  if (existsSync(markerOf(data))) rmSync(data, { recursive: true, force: true });
  if (!existsSync(data)) return true;
  accessSync(data, constants.W_OK);
  return readdirSync(data).length === 0;
}

/** A file that exists while the database is being created. */
function markerOf(data: string): string {
  return `${data}.unfinished`;
}

async function createData(data: string): Promise<PGlite> {
  try {
    writeFileSync(markerOf(data), "");
    const pglite = await startPGlite(data);
    rmSync(markerOf(data));
    return pglite;
  } catch (error) {
    throw new CannotStart(`a database can't be created in ${data}: ${reasonOf(error)}`);
  }
}

async function openData(directory: string, data: string): Promise<PGlite> {
  try {
    // Without it PGlite would create a new database over this one.
    accessSync(join(data, "PG_VERSION"));
    return await startPGlite(data);
  } catch (error) {
    throw new CannotStart(`the database in ${data} is damaged (${reasonOf(error)}): ${restoreAdvice(directory)}`);
  }
}

async function startPGlite(folder: string, loadDataDir?: Blob): Promise<PGlite> {
  // Imported here, so that PGlite is not loaded when DATABASE_URL is set.
  const [{ PGlite }, { btree_gin }, { unaccent }] = await Promise.all([
    import("@electric-sql/pglite"),
    import("@electric-sql/pglite/contrib/btree_gin"),
    import("@electric-sql/pglite/contrib/unaccent"),
  ]);
  return PGlite.create(folder, { extensions: { btree_gin, unaccent }, ...(loadDataDir && { loadDataDir }) });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
