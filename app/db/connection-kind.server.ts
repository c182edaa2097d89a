import { sql } from "kysely";
import type { Pool } from "pg";
import { kyselyOn } from "#app/db/database.server.ts";
import { postgresPool } from "#app/db/pool.server.ts";
import { isBehindPooler } from "#app/db/pooler.server.ts";

export type ConnectionKind = "direct" | "session" | "transaction" | "statement";

/** A direct connection to the server, or a connection pooler in one of its modes. */
export async function connectionKind(url: string): Promise<ConnectionKind> {
  // The check for a pooler needs two connections.
  const pool = postgresPool(url, 2);
  const kysely = kyselyOn<unknown>(async () => pool);
  try {
    // From here on the pool connects without the parameters that a pooler refuses.
    await sql`select 1`.execute(kysely);
    if (!(await allowsTransactions(pool))) return "statement";
    if (await isBehindPooler(pool)) return "transaction";
    return (await hasServersProcessId(pool)) ? "direct" : "session";
  } finally {
    await kysely.destroy();
  }
}

async function allowsTransactions(pool: Pool): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("rollback");
    client.release();
    return true;
  } catch {
    client.release(true);
    return false;
  }
}

/** A pooler, like the proxies of some providers, gives out process ids of its own, to find what a cancellation is for. */
async function hasServersProcessId(pool: Pool): Promise<boolean> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query("select pg_backend_pid() as pid");
    return rows[0].pid === (client as unknown as { processID: number }).processID;
  } finally {
    client.release();
  }
}
