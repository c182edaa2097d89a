import type { Pool } from "pg";
import { isBehindPooler } from "#app/db/pooler.server.ts";

export type ConnectionKind = "direct" | "session" | "transaction" | "statement";

/** What is between us and the server: nothing, or a connection pooler in this mode. `pool` needs two connections. */
export async function connectionKind(pool: Pool): Promise<ConnectionKind> {
  if (!(await allowsTransactions(pool))) return "statement";
  if (await isBehindPooler(pool)) return "transaction";
  const client = await pool.connect();
  try {
    const { rows } = await client.query("select pg_backend_pid() as pid");
    // A pooler, and some providers' proxies, give out process ids of their own, in order to find what a cancellation is for.
    return rows[0].pid === (client as unknown as { processID: number }).processID ? "direct" : "session";
  } finally {
    client.release();
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
