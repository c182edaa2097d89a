import { type ClientBase, type ClientConfig, Pool, type PoolConfig, types } from "pg";
import { CANCEL_TIMEOUT, NamedStatementClient } from "#app/db/client.server.ts";
import { env } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

const parsers = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (oid === INT8) return safeInteger;
    if (oid === DATE) return asText;
    if (oid === TIMESTAMPTZ) return instant;
    return types.getTypeParser(oid, format as "text");
  },
} as ClientConfig["types"];

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number`);
  return value;
}

const IN_UTC = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/;
const parseOtherZone = types.getTypeParser(TIMESTAMPTZ);

/** Most servers write UTC, which `Date` parses fastest; pg parses the rest. */
function instant(text: string): Date {
  return IN_UTC.test(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : parseOtherZone(text);
}

function asText(text: string): string {
  return text;
}

/** Milliseconds after which the server ends a transaction without statements. An import computes for some seconds in one. */
const IDLE_IN_TRANSACTION_TIMEOUT = 60_000;
/** Milliseconds after the server's own time-out until the client cancels a statement: behind a connection pooler only the client may do it. */
const CANCEL_DELAY = 1_000;

export function postgresPool(url: string, max = env.DATABASE_POOL_MAX): Pool {
  return createPool({ ...poolConfig(url), max });
}

/** Building an index on a large table may take long: no time-out, not even one that the role has. */
export function migrationPool(url: string): Pool {
  const { statement_timeout: _statement, idle_in_transaction_session_timeout: _idle, query_timeout: _query, ...config } = poolConfig(url);
  const onConnect = (client: ClientBase) => client.query("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0");
  return createPool({ ...config, onConnect });
}

export function poolConfig(url: string): PoolConfig {
  const statementTimeout = env.DATABASE_STATEMENT_TIMEOUT * 1000;
  return {
    connectionString: explicitTls(url),
    // Used where the server offers it, like the default of libpq.
    enableChannelBinding: new URL(url).searchParams.get("channel_binding") !== "disable",
    max: env.DATABASE_POOL_MAX,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 300,
    statement_timeout: statementTimeout,
    query_timeout: statementTimeout + CANCEL_DELAY + CANCEL_TIMEOUT,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT,
    keepAlive: true,
  };
}

/**
 * For a connection pooler that refuses startup parameters: from now on the pool connects without them. Time-outs of the role
 * apply there, if its operator has set them.
 */
export function omitStartupParameters({ options }: Pool): void {
  if (options.statement_timeout === undefined) return;
  delete options.statement_timeout;
  delete options.idle_in_transaction_session_timeout;
  log.info({ event: "db.pooler" }, "a connection pooler refuses time-outs: set them for the role, as docs/operations.md says");
}

/** pg treats these modes as verify-full and warns; naming verify-full avoids the warning. */
function explicitTls(connectionString: string): string {
  const url = new URL(connectionString);
  const alias = ["prefer", "require", "verify-ca"].includes(url.searchParams.get("sslmode") ?? "");
  if (alias && !url.searchParams.has("uselibpqcompat")) url.searchParams.set("sslmode", "verify-full");
  return url.href;
}

export function singleConnectionPool(connection: PoolConfig): Pool {
  return createPool({ ...connection, max: 1, idleTimeoutMillis: 0, connectionTimeoutMillis: 10_000 });
}

function createPool(config: PoolConfig): Pool {
  const naming = { isOn: true };
  class PoolClient extends NamedStatementClient {
    override readonly naming = naming;
  }
  const pool = new Pool({ ...config, types: parsers, Client: PoolClient } as PoolConfig);
  // Without a listener, an error event on an idle connection would end the process.
  pool.on("error", (error) =>
    log.warn({ event: "db.idle_connection_lost", reason: error.message }, "an idle database connection was lost"),
  );
  // The pool listens to idle connections only. A connection in use reports its error through its query, and emits an event too.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
