import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { sql } from "kysely";
import { requireReadableKey } from "#app/auth/signing-key.server.ts";
import { fail, ok, type Result, reasonOf, warn } from "#app/cli/doctor/result.ts";
import { db } from "#app/db/database.server.ts";
import { isWriteRefused } from "#app/db/errors.ts";
import { readState, requireCompatible } from "#app/db/migrator.server.ts";
import { env } from "#app/env.server.ts";
import { SECRET_SOURCE } from "#app/secret.server.ts";

export async function checkMigrations(): Promise<Result> {
  const { pending, newer } = await readState();
  await requireCompatible(newer);
  if (pending.length > 0) return warn(`${pending.length} have not run (the first is ${pending[0]}): the next start runs them`);
  return ok(newer.length > 0 ? `all have run, and ${newer.length} of a newer version that this one is compatible with` : "all have run");
}

export async function checkSecret(): Promise<Result> {
  await requireReadableKey(db);
  const { rows } = await sql`select from jwks limit 1`.execute(db);
  return ok(rows.length > 0 ? `${SECRET_SOURCE} decrypts the signing key` : "there is no signing key yet: the next start creates one");
}

export async function checkTimeouts(): Promise<Result> {
  const { rows } = await sql<{ statement: string; transaction: string; role: string }>`
    select current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as transaction,
      quote_ident(current_user) as role
  `.execute(db);
  const { statement, transaction, role } = rows[0] ?? { statement: "0", transaction: "0", role: "" };
  const missing = [
    ...(statement === "0" ? [`statement_timeout = '${env.DATABASE_STATEMENT_TIMEOUT}s'`] : []),
    ...(transaction === "0" ? ["idle_in_transaction_session_timeout = '60s'"] : []),
  ];
  if (missing.length === 0) return ok(`statements end after ${statement}, idle transactions after ${transaction}`);
  return warn(`the pooler does not pass them on: ${missing.map((setting) => `alter role ${role} set ${setting};`).join(" ")}`);
}

/** Inserts a row, and rolls it back. */
export async function checkWrites(): Promise<Result> {
  const rolledBack = new Error("rolled back");
  try {
    await db.transaction().execute(async (trx) => {
      await sql`insert into verification (identifier, value, expires_at) values ('doctor', '', now())`.execute(trx);
      throw rolledBack;
    });
  } catch (error) {
    if (isWriteRefused(error)) return fail(`${reasonOf(error)}: free some space, or make the database writable`);
    if (error !== rolledBack) throw error;
  }
  return ok("the database takes them");
}

export async function checkClock(): Promise<Result> {
  const before = Date.now();
  const { rows } = await sql<{ now: number }>`select extract(epoch from clock_timestamp())::float8 * 1000 as now`.execute(db);
  return clockResult((rows[0]?.now ?? 0) - (before + Date.now()) / 2);
}

/** From the milliseconds that the database is ahead. Tokens allow for five seconds of difference. */
export function clockResult(ahead: number): Result {
  const difference = Math.abs(ahead);
  if (difference < 1_000) return ok("the database's clock differs by less than a second");
  const direction = ahead > 0 ? "ahead" : "behind";
  const text = `the database's clock is ${(difference / 1_000).toFixed(1)} s ${direction}: synchronize both machines with NTP`;
  return difference < 5_000 ? warn(text) : fail(text);
}

/** Where the embedded database is, and the temporary files of exports. */
export async function checkDisk(): Promise<Result> {
  const folders = [tmpdir(), ...(!env.DATABASE_URL && existsSync(env.DATA_DIR) ? [env.DATA_DIR] : [])];
  const free = await Promise.all(folders.map(freeMegabytes));
  const least = Math.min(...free);
  return diskResult(folders[free.indexOf(least)] ?? "", least);
}

async function freeMegabytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.floor((bavail * bsize) / 1_000_000);
}

export function diskResult(folder: string, megabytes: number): Result {
  const text = `${(megabytes / 1_000).toFixed(1)} GB are free in ${folder}`;
  if (megabytes >= 1_000) return ok(text);
  return megabytes >= 100 ? warn(`${text}: free some more`) : fail(`${text}: free some more`);
}
