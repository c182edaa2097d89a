import { createHash } from "node:crypto";
import { Client, type ClientConfig, Pool, type PoolConfig, types } from "pg";
import { isAway } from "#app/db/unavailable.ts";
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
const otherInstant = types.getTypeParser(TIMESTAMPTZ);

/** As most servers write it, which JavaScript reads by itself; pg's own parser reads the rest. */
function instant(text: string): Date {
  return IN_UTC.test(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : otherInstant(text);
}

function asText(text: string): string {
  return text;
}

type Changes = Pick<PoolConfig, "query_timeout">;

/** The pool for any Postgres. */
export function postgresPool(url: string, changes: Changes = {}): Pool {
  return guarded(poolConfig(url, changes));
}

/** Every time-out is finite unless `changes` says otherwise. */
export function poolConfig(url: string, changes: Changes = {}): PoolConfig {
  return {
    connectionString: explicitTls(url),
    // Where the server offers it. libpq's default, too, is to prefer it.
    enableChannelBinding: new URL(url).searchParams.get("channel_binding") !== "disable",
    max: env.DATABASE_POOL_MAX,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 300,
    query_timeout: 30_000,
    keepAlive: true,
    ...changes,
  };
}

/** To pg these modes all mean verify-full already; it warns unless the URL says so. */
function explicitTls(connectionString: string): string {
  const url = new URL(connectionString);
  const alias = ["prefer", "require", "verify-ca"].includes(url.searchParams.get("sslmode") ?? "");
  if (alias && !url.searchParams.has("uselibpqcompat")) url.searchParams.set("sslmode", "verify-full");
  return url.href;
}

/** The same driver on a connection that is given: the embedded database has one. */
export function singleConnectionPool(connection: PoolConfig): Pool {
  return guarded({ ...connection, max: 1, idleTimeoutMillis: 0, connectionTimeoutMillis: 10_000 });
}

function guarded(config: PoolConfig): Pool {
  const pool = new Pool({ ...config, types: parsers, Client: LastingClient } as PoolConfig);
  // Without a listener, an idle connection that the server closes would end the process.
  pool.on("error", (error) =>
    log.warn({ event: "db.idle_connection_lost", reason: error.message }, "an idle database connection was lost"),
  );
  // The pool listens to idle connections only. One lost while it is in use fails its query, and would then end the process as well.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** Postgres keeps a named statement's plan for as long as the connection lives, so their number has a bound. */
const MAX_NAMED_STATEMENTS = 500;
const names = new Map<string, string>();

/** What this process has asked of its database so far. */
export const sent = { statements: 0 };

/**
 * Names each parameterised statement by its text, so that Postgres parses it once a connection: Kysely itself never does.
 * Ends itself once it has lost its server: the pool hands out again whatever doesn't look ended when it is given back.
 */
class LastingClient extends Client {
  override query(...args: unknown[]): never {
    sent.statements++;
    const result: unknown = super.query(...(named(args) as [never]));
    if (result instanceof Promise) result.catch((error) => this.#endIfLost(error));
    return result as never;
  }

  #endIfLost(error: unknown): void {
    if (isAway(error)) this.end().catch(() => undefined);
  }
}

function named([text, values, ...rest]: unknown[]): unknown[] {
  const isParameterised = typeof text === "string" && Array.isArray(values) && values.length > 0;
  const name = isParameterised ? statementName(text) : undefined;
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
