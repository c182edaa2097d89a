import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import { ensureSigningKey, requireSecret } from "#app/auth/signing-key.server.ts";
import { CannotStart } from "#app/cannot-start.ts";
import { db } from "#app/db/database.server.ts";
import { restoreAdvice } from "#app/db/embedded.server.ts";
import { isDatabaseError, isUnavailable, isWriteRefused } from "#app/db/errors.ts";
import { migrate } from "#app/db/migrator.server.ts";
import { env } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";

/** Milliseconds to wait for a database that starts together with us. */
const DATABASE_TIMEOUT = 30_000;
const RETRY_DELAY = 1_000;

interface StartupOptions {
  /** For a secret other than the one that the database was used with. The caller then creates a signing key. */
  acceptsNewSecret?: boolean;
}

/** Rejects with `CannotStart` for every fault that an operator can mend. */
export async function startup({ acceptsNewSecret = false }: StartupOptions = {}): Promise<void> {
  try {
    await retryUntilAvailable(requireUsableDatabase);
    if (!acceptsNewSecret) await retryUntilAvailable(requireSecret);
    // Retried separately: DATABASE_MIGRATION_URL may name another host, which becomes available at another time.
    for (const name of await retryUntilAvailable(migrate)) log.info({ event: "db.migrated", migration: name }, `migrated ${name}`);
    if (!acceptsNewSecret) await retryUntilAvailable(requireSigningKey);
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

/** Rejects with errors that waiting may fix; the others are a wrong password, an unknown database, an invalid certificate. */
async function requireUsableDatabase(): Promise<void> {
  await sql`select 1`.execute(db).catch((error: Error) => {
    throw error instanceof CannotStart || isUnavailable(error) ? error : unusable(error);
  });
}

async function requireSigningKey(): Promise<void> {
  await ensureSigningKey().catch((error) => {
    // A database that only reads has the key that was active before.
    if (!isWriteRefused(error)) throw error;
  });
}

/** `undefined`: the error is a bug, so its stack is needed. */
function refusalOf(error: unknown): CannotStart | undefined {
  if (isDatabaseError(error)) return unusable(error);
  const isOfSystem = error instanceof Error && "syscall" in error;
  return isOfSystem ? new CannotStart(error.message) : undefined;
}

function unusable({ message }: Error): CannotStart {
  const advice = env.DATABASE_URL ? "" : `. If it is damaged, ${restoreAdvice(env.DATA_DIR)}`;
  return new CannotStart(`the database can't be used: ${message}${advice}`);
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
