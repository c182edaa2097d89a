import { Kysely } from "kysely";
import type { Pool } from "pg";
import { CamelCaseColumns } from "#app/db/camel-case.ts";
import { RetryingPostgresDialect } from "#app/db/dialect.server.ts";
import { openEmbedded } from "#app/db/embedded.server.ts";
import { postgresPool } from "#app/db/pool.server.ts";
import type { Database } from "#app/db/schema.ts";
import { env } from "#app/env.server.ts";

interface OpenDatabase {
  pool: Pool;
  /** Closes what `pool.end()` leaves open. */
  close(): Promise<void>;
  /** Only of the embedded database. */
  dump?(): Promise<Blob>;
}

let opened: Promise<OpenDatabase> | undefined;

/** Later calls return the same database. Rejects with `CannotStart`. */
export function openDatabase(): Promise<OpenDatabase> {
  opened ??= env.DATABASE_URL ? openPostgres(env.DATABASE_URL) : openEmbedded(env.DATA_DIR);
  return opened;
}

async function openPostgres(url: string): Promise<OpenDatabase> {
  return { pool: postgresPool(url), async close() {} };
}

/** Not scoped to a user: only repositories, clean-ups and auth/ may use it. */
export const db = kyselyOn<Database>(async () => (await openDatabase()).pool);

export function kyselyOn<Tables>(pool: () => Promise<Pool>): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: new RetryingPostgresDialect(pool),
    plugins: [new CamelCaseColumns()],
  });
}

export async function closeDatabase(): Promise<void> {
  const open = await opened;
  await db.destroy();
  await open?.close();
}
