import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { isOutOfConnections } from "#app/db/errors.ts";
import { poolConfig } from "#app/db/pool.server.ts";
import { env } from "#app/env.server.ts";

/** Milliseconds. */
const CONNECTION_TIMEOUT = 2_000;
const STATEMENT_TIMEOUT = 1_000;

/**
 * Whether the database can be reached over a new connection: a pool without a free connection can't tell. A connection pooler that is
 * busy itself takes the connection and lets the statement wait, so that counts as reachable.
 */
export async function isReachable(): Promise<boolean> {
  // The embedded database is in this process.
  if (!env.DATABASE_URL) return true;
  const { connectionString, enableChannelBinding } = poolConfig(env.DATABASE_URL);
  const client = new Client({ connectionString, enableChannelBinding, connectionTimeoutMillis: CONNECTION_TIMEOUT });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const statement = client.query("select 1");
    await Promise.race([statement, delay(STATEMENT_TIMEOUT)]);
    statement.catch(() => undefined);
    return true;
  } catch (error) {
    return isOutOfConnections(error);
  } finally {
    client.end().catch(() => undefined);
  }
}
