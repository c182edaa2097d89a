import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import { ensureSigningKey } from "#app/auth/key-set.server.ts";
import { db } from "#app/db/database.server.ts";
import { DataDirectoryInUse } from "#app/db/embedded.server.ts";
import { isUnavailable, isWriteRefused } from "#app/db/errors.ts";
import { migrate } from "#app/db/migrator.server.ts";
import { log } from "#app/log.server.ts";

/** Milliseconds to wait for a database that starts together with us. */
const DATABASE_TIMEOUT = 30_000;
const RETRY_DELAY = 1_000;

/** The process can't start, for a reason that fits in one line. */
export class CannotStart extends Error {}

export async function startup(): Promise<void> {
  await retryUntilAvailable(requireUsableDatabase);
  // Retried separately: DATABASE_MIGRATION_URL may name another host, which becomes available at another time.
  for (const name of await retryUntilAvailable(migrate)) log.info({ event: "db.migrated", migration: name }, `migrated ${name}`);
  await ensureSigningKey().catch((error) => {
    // A database that only reads has the key that was active before.
    if (!isWriteRefused(error)) throw error;
  });
}

/** Throws `CannotStart` for errors that waiting would not fix: a wrong password, an unknown database, an invalid certificate. */
async function requireUsableDatabase(): Promise<void> {
  await sql`select 1`.execute(db).catch((error: Error) => {
    if (error instanceof DataDirectoryInUse) throw new CannotStart(error.message);
    throw isUnavailable(error) ? error : new CannotStart(`the database can't be used: ${error.message}`);
  });
}

async function retryUntilAvailable<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + DATABASE_TIMEOUT;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      const reason = (error as Error).message;
      if (Date.now() > deadline) throw new CannotStart(`the database has not answered for ${DATABASE_TIMEOUT / 1000} s: ${reason}`);
      log.warn({ event: "db.unavailable", reason }, "waiting for the database");
      await delay(RETRY_DELAY);
    }
  }
}

export function exitWith(error: unknown): never {
  if (error instanceof CannotStart) log.fatal({ event: "server.cannot_start" }, `Doable can't start: ${error.message}`);
  else log.fatal({ event: "server.cannot_start", err: error }, "Doable can't start");
  process.exit(1);
}
