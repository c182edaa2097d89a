import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import { ensureSigningKey } from "#app/auth/key-set.server.ts";
import { db } from "#app/db/database.server.ts";
import { DataDirectoryInUse } from "#app/db/embedded.server.ts";
import { migrate } from "#app/db/migrator.server.ts";
import { isUnavailable } from "#app/db/unavailable.ts";
import { log } from "#app/log.server.ts";

/** How long a database may take to come up with us. */
const PATIENCE = 30_000;

/** The process can't start, for a reason that one line tells. */
export class CannotStart extends Error {}

/** Everything that must be true before the first request: a database that answers, its schema, a signing key. */
export async function startup(): Promise<void> {
  await onceReached(requireUsable);
  // It may stand behind another address than requests do, which comes up by itself.
  for (const name of await onceReached(migrate)) log.info({ event: "db.migrated", migration: name }, `migrated ${name}`);
  await ensureSigningKey();
}

/** A wrong password, an unknown database, a certificate that does not verify: waiting would not help. */
async function requireUsable(): Promise<void> {
  await sql`select 1`.execute(db).catch((error: Error) => {
    if (error instanceof DataDirectoryInUse) throw new CannotStart(error.message);
    throw isUnavailable(error) ? error : new CannotStart(`the database can't be used: ${error.message}`);
  });
}

/** What the work comes to, tried again for as long as the database may take. */
async function onceReached<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      const reason = (error as Error).message;
      if (Date.now() > deadline) throw new CannotStart(`the database has not answered for ${PATIENCE / 1000} s: ${reason}`);
      log.warn({ event: "db.unavailable", reason }, "waiting for the database");
      await delay(1_000);
    }
  }
}

/** The end of a process that can't do its work: one line where that tells all, else the whole error. */
export function exitWith(error: unknown): never {
  if (error instanceof CannotStart) log.fatal({ event: "server.cannot_start" }, `Doable can't start: ${error.message}`);
  else log.fatal({ event: "server.cannot_start", err: error }, "Doable can't start");
  process.exit(1);
}
