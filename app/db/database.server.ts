import { Kysely } from "kysely";
import type { Pool } from "pg";
import { CamelCaseColumns } from "#app/db/camel-case.ts";
import { ReliablePostgresDialect } from "#app/db/dialect.server.ts";
import { openEmbedded } from "#app/db/embedded.server.ts";
import { postgresPool } from "#app/db/pool.server.ts";
import type { Database } from "#app/db/schema.ts";
import { env } from "#app/env.server.ts";

interface OpenDatabase {
  pool: Pool;
  /** Ends what `pool.end()` leaves open. */
  close(): Promise<void>;
}

let opened: Promise<OpenDatabase> | undefined;

/** Opens the embedded database, or the pool for DATABASE_URL, once. Rejects with `DataDirectoryInUse`. */
export function openDatabase(): Promise<OpenDatabase> {
  opened ??= env.DATABASE_URL ? openPostgres(env.DATABASE_URL) : openEmbedded(env.DATA_DIR);
  return opened;
}

async function openPostgres(url: string): Promise<OpenDatabase> {
  return { pool: postgresPool(url), async close() {} };
}

/** Unscoped: only the repositories and auth/ may start a statement from it. */
export const db = kyselyOn<Database>(async () => (await openDatabase()).pool);

export function kyselyOn<Tables>(pool: () => Promise<Pool>): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: new ReliablePostgresDialect(pool),
    plugins: [new CamelCaseColumns()],
  });
}

export async function closeDatabase(): Promise<void> {
  const open = await opened;
  await db.destroy();
  await open?.close();
}
