import { existsSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { fail, ok, type Result, reasonOf, warn } from "#app/cli/doctor/result.ts";
import { type ConnectionKind, connectionKind } from "#app/db/connection-kind.server.ts";
import { db } from "#app/db/database.server.ts";
import { env } from "#app/env.server.ts";

/** The oldest that the tests run on. */
const OLDEST = { name: "15", number: 150_000 };

export async function checkDatabase(): Promise<Result> {
  return env.DATABASE_URL ? checkPostgres(env.DATABASE_URL) : checkEmbedded(env.DATA_DIR);
}

async function checkPostgres(url: string): Promise<Result> {
  const { host } = new URL(url);
  const kind = await kindOf("DATABASE_URL", url);
  const migrationKind = env.DATABASE_MIGRATION_URL ? await kindOf("DATABASE_MIGRATION_URL", env.DATABASE_MIGRATION_URL) : undefined;
  const { version, number, encoding } = await serverOf();
  const name = `Postgres ${version} on ${host}`;
  if (number < OLDEST.number) return fail(`${name} is too old: use version ${OLDEST.name} or later`);
  if (encoding !== "UTF8") return fail(`${name} has the encoding ${encoding}: create the database with UTF8`);
  return routeResult(name, kind, migrationKind);
}

async function kindOf(variable: string, url: string): Promise<ConnectionKind> {
  try {
    return await connectionKind(url);
  } catch (error) {
    throw new Error(`${new URL(url).host} can't be used (${reasonOf(error)}): start it, or correct ${variable}`);
  }
}

export function routeResult(server: string, kind: ConnectionKind, migrationKind: ConnectionKind | undefined): Result {
  if (kind === "direct") return ok(`${server}, over a direct connection`);
  const name = `${server}, over a connection pooler in ${kind} mode`;
  if (kind === "statement") return fail(`${name}, which has no transactions: set its mode to transaction`);
  if (kind === "session") return ok(name);
  if (migrationKind === undefined) return warn(`${name}, where migrations can't run: set DATABASE_MIGRATION_URL to the direct URL`);
  if (migrationKind === "direct" || migrationKind === "session") return ok(`${name}, and directly for migrations`);
  return fail(`${name}: DATABASE_MIGRATION_URL must be the direct URL, but leads to a pooler too`);
}

async function checkEmbedded(folder: string): Promise<Result> {
  // Opening it would create it.
  if (!existsSync(join(folder, "postgres", "PG_VERSION"))) return fail(`there is no database in ${folder} yet: npm start creates one`);
  return ok(`embedded Postgres ${(await serverOf()).version} in ${folder}`);
}

async function serverOf() {
  const statement = sql<{ version: string; number: number; encoding: string }>`
    select split_part(current_setting('server_version'), ' ', 1) as version, current_setting('server_version_num')::int as number,
      current_setting('server_encoding') as encoding
  `;
  const { rows } = await statement.execute(db);
  return rows[0] ?? { version: "", number: 0, encoding: "" };
}
