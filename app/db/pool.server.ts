import { createHash } from "node:crypto";
import { Client, type ClientConfig, Pool, type PoolConfig, types } from "pg";
import { isConnectionError, isStatementNameError } from "#app/db/errors.ts";
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

type Overrides = Pick<PoolConfig, "query_timeout" | "max">;

export function postgresPool(url: string, overrides: Overrides = {}): Pool {
  return createPool(poolConfig(url, overrides));
}

export function poolConfig(url: string, overrides: Overrides = {}): PoolConfig {
  return {
    connectionString: explicitTls(url),
    // Used where the server offers it, like the default of libpq.
    enableChannelBinding: new URL(url).searchParams.get("channel_binding") !== "disable",
    max: env.DATABASE_POOL_MAX,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 300,
    query_timeout: 30_000,
    keepAlive: true,
    ...overrides,
  };
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

/** Postgres keeps the plan of a named statement until the connection closes, so their number is limited. */
const MAX_NAMED_STATEMENTS = 500;
const names = new Map<string, string>();

export const queryCounter = { count: 0 };

/**
 * Names parameterized statements by a hash of their text, so that Postgres parses each once per connection; Kysely never names them.
 * Closes itself after a connection error, because the pool reuses every released client that does not look closed.
 * Stops naming, for the whole pool, once a name fails: behind a connection pooler that does not follow prepared statements,
 * another connection of the server may lack the name, or have it already.
 */
abstract class NamedStatementClient extends Client {
  abstract readonly naming: { isOn: boolean };

  override query(...args: unknown[]): never {
    queryCounter.count++;
    const result: unknown = super.query(...((this.naming.isOn ? named(args) : args) as [never]));
    if (result instanceof Promise) result.catch((error) => this.#handle(error));
    return result as never;
  }

  #handle(error: unknown): void {
    if (isStatementNameError(error)) this.#stopNaming(error as Error);
    this.#closeIfLost(error);
  }

  #stopNaming({ message }: Error): void {
    if (!this.naming.isOn) return;
    this.naming.isOn = false;
    log.warn(
      { event: "db.unnamed_statements", reason: message },
      "the connection pooler does not follow prepared statements: going on without",
    );
  }

  #closeIfLost(error: unknown): void {
    if (isConnectionError(error)) this.end().catch(() => undefined);
  }
}

function named([text, values, ...rest]: unknown[]): unknown[] {
  const isParameterized = typeof text === "string" && Array.isArray(values) && values.length > 0;
  const name = isParameterized ? statementName(text) : undefined;
  return name ? [{ name, text, values }, ...rest] : [text, values, ...rest];
}

function statementName(text: string): string | undefined {
  let name = names.get(text);
  if (!name && names.size < MAX_NAMED_STATEMENTS) {
    name = createHash("sha256").update(text).digest("base64url").slice(0, 24);
    names.set(text, name);
  }
  return name;
}
