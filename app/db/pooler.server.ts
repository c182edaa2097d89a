import type { Pool, PoolClient } from "pg";

const ROUNDS = 10;

/**
 * Whether a connection pooler runs the statements of one connection on several connections of the server, as PgBouncer does in transaction
 * mode. There is no statement that tells. So two connections take turns in asking which one they have: a pooler hands out the one
 * that was returned last, or the next one, unless other clients are in the way ten times.
 */
export async function isBehindPooler(pool: Pool): Promise<boolean> {
  const clients = await Promise.all([pool.connect(), pool.connect()]);
  try {
    return await areShared(clients);
  } finally {
    for (const client of clients) client.release();
  }
}

async function areShared([one, other]: [PoolClient, PoolClient]): Promise<boolean> {
  const [pid, otherPid] = [await pidOf(one), await pidOf(other)];
  if (pid === otherPid) return true;
  for (let round = 0; round < ROUNDS; round++) {
    // Not in simple turns: of two connections handed out in rotation, each client would always get the same one.
    if ((await pidOf(other)) !== otherPid || (await pidOf(one)) !== pid) return true;
  }
  return false;
}

async function pidOf(client: PoolClient): Promise<number> {
  const { rows } = await client.query("select pg_backend_pid() as pid");
  return rows[0].pid;
}
