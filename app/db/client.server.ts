import { createHash } from "node:crypto";
import { Client, type ClientConfig } from "pg";
import { cancelStatement } from "#app/db/cancel.server.ts";
import { isConnectionError, isStatementNameError } from "#app/db/errors.ts";
import { log, millisecondsSince } from "#app/log.server.ts";

/** Milliseconds before `query_timeout` at which the client cancels a statement. Its connection is closed if that does not end it. */
export const CANCEL_TIMEOUT = 5_000;

/** Milliseconds. */
const SLOW_STATEMENT = 200;
const MAX_LOGGED_SQL = 200;

/** Postgres keeps the plan of a named statement until the connection closes, so their number is limited. */
const MAX_NAMED_STATEMENTS = 500;
const names = new Map<string, string>();

export const queryCounter = { count: 0 };

/**
 * Names parameterized statements by a hash of their text, so that Postgres parses each once per connection; Kysely never names them.
 * Closes itself after a connection error, because the pool reuses every released client that does not look closed.
 * Stops naming, for the whole pool, once a name fails: behind a connection pooler that does not follow prepared statements,
 * another connection of the server may lack the name, or have it already.
 * Cancels a statement that takes too long: pg itself only stops waiting, and the server would go on.
 */
export abstract class NamedStatementClient extends Client {
  abstract readonly naming: { isOn: boolean };
  readonly #cancelAfter: number | undefined;

  constructor(config: ClientConfig = {}) {
    super(config);
    this.#cancelAfter = config.query_timeout && config.query_timeout - CANCEL_TIMEOUT;
  }

  override query(...args: unknown[]): never {
    queryCounter.count++;
    const began = performance.now();
    const result: unknown = super.query(...((this.naming.isOn ? named(args) : args) as [never]));
    if (!(result instanceof Promise)) return result as never;
    result.catch((error) => this.#handle(error)).then(() => logIfSlow(args, began));
    return (this.#cancelAfter ? this.#cancelling(result, this.#cancelAfter) : result) as never;
  }

  async #cancelling<T>(result: Promise<T>, milliseconds: number): Promise<T> {
    let cancelled: Promise<void> | undefined;
    const timer = setTimeout(() => {
      cancelled = cancelStatement(this);
    }, milliseconds);
    try {
      return await result;
    } finally {
      clearTimeout(timer);
      // A request that arrives late would cancel the connection's next statement.
      await cancelled;
    }
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

/** Without its values, which are the user's. */
function logIfSlow([text, values]: unknown[], began: number): void {
  const ms = millisecondsSince(began);
  if (ms <= SLOW_STATEMENT || typeof text !== "string") return;
  const sql = text.replace(/\s+/g, " ").slice(0, MAX_LOGGED_SQL);
  const statement = Array.isArray(values) ? statementName(text) : undefined;
  log.warn({ event: "db.slow_statement", statement, sql, ms }, "a statement was slow");
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
