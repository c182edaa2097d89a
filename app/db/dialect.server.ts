import {
  type CompiledQuery,
  type DatabaseConnection,
  DeleteQueryNode,
  type Driver,
  InsertQueryNode,
  PostgresDialect,
  PostgresDriver,
  type QueryResult,
  SelectQueryNode,
  type TransactionSettings,
  UpdateQueryNode,
} from "kysely";
import type { Pool } from "pg";
import { isConnectionError, isStartupParameterError, isStatementNameError } from "#app/db/errors.ts";
import { rememberFailure } from "#app/db/failures.ts";
import { MigrationLockAdapter } from "#app/db/migration-lock.server.ts";
import { omitStartupParameters } from "#app/db/pool.server.ts";
import { noteRefusedWrite, noteWrite } from "#app/db/write-health.server.ts";

/**
 * Postgres through the given pool. Repeats a read whose connection turned out to be stale, until it runs on a new connection, and
 * outside a transaction a statement that failed for its name. Remembers the errors that it throws.
 */
export class RetryingPostgresDialect extends PostgresDialect {
  readonly #pool: () => Promise<Pool>;

  constructor(pool: () => Promise<Pool>) {
    super({ pool });
    this.#pool = pool;
  }

  override createAdapter(): MigrationLockAdapter {
    return new MigrationLockAdapter();
  }

  override createDriver(): Driver {
    return new RetryingDriver(new PostgresDriver({ pool: this.#pool }), this.#pool);
  }
}

class RetryingDriver implements Driver {
  readonly #driver: Driver;
  readonly #pool: () => Promise<Pool>;

  constructor(driver: Driver, pool: () => Promise<Pool>) {
    this.#driver = driver;
    this.#pool = pool;
  }

  init(): Promise<void> {
    return this.#driver.init();
  }

  acquireConnection(): Promise<RetryingConnection> {
    return remembering(() => this.#acquire());
  }

  async #acquire(): Promise<RetryingConnection> {
    const pool = await this.#pool();
    const replace = async (stale: DatabaseConnection) => {
      await this.#driver.releaseConnection(stale);
      return this.#driver.acquireConnection();
    };
    const connection = await this.#driver.acquireConnection().catch((error) => {
      if (!isStartupParameterError(error)) throw error;
      omitStartupParameters(pool);
      return this.#driver.acquireConnection();
    });
    return new RetryingConnection(connection, pool, replace);
  }

  async beginTransaction(connection: RetryingConnection, settings: TransactionSettings): Promise<void> {
    connection.inTransaction = true;
    await remembering(() => this.#driver.beginTransaction(connection.current, settings));
  }

  async commitTransaction(connection: RetryingConnection): Promise<void> {
    await remembering(() => this.#driver.commitTransaction(connection.current));
    connection.inTransaction = false;
  }

  async rollbackTransaction(connection: RetryingConnection): Promise<void> {
    await this.#driver.rollbackTransaction(connection.current);
    connection.inTransaction = false;
  }

  async releaseConnection(connection: RetryingConnection): Promise<void> {
    if (connection.isAcquired) await this.#driver.releaseConnection(connection.current);
  }

  destroy(): Promise<void> {
    return this.#driver.destroy();
  }
}

class RetryingConnection implements DatabaseConnection {
  current: DatabaseConnection;
  inTransaction = false;
  /** False from when a stale connection has been released until another one is acquired, which may fail. */
  isAcquired = true;
  readonly #pool: Pool;
  readonly #replace: (stale: DatabaseConnection) => Promise<DatabaseConnection>;

  constructor(current: DatabaseConnection, pool: Pool, replace: (stale: DatabaseConnection) => Promise<DatabaseConnection>) {
    this.current = current;
    this.#pool = pool;
    this.#replace = replace;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await remembering(() => this.#execute<R>(query));
    if (isWrite(query)) noteWrite();
    return result;
  }

  async #execute<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // After a restart of the server every idle connection is stale; the one after those is new.
    for (let retries = this.#pool.idleCount + 1; ; retries--) {
      try {
        return await this.current.executeQuery<R>(query);
      } catch (error) {
        if (retries === 0 || this.inTransaction) throw error;
        // It did not run, and this time it has no name.
        if (isStatementNameError(error)) continue;
        if (!isRead(query) || !isStale(error)) throw error;
        this.isAcquired = false;
        this.current = await this.#replace(this.current);
        this.isAcquired = true;
      }
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.current.streamQuery<R>(query, chunkSize);
  }
}

async function remembering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    rememberFailure(error);
    noteRefusedWrite(error);
    throw error;
  }
}

function isWrite({ query }: CompiledQuery): boolean {
  return InsertQueryNode.is(query) || UpdateQueryNode.is(query) || DeleteQueryNode.is(query);
}

/** A select with a `with` clause may write, so it is not repeated. */
function isRead({ query }: CompiledQuery): boolean {
  return SelectQueryNode.is(query) && query.with === undefined;
}

/** A time-out does not count: on another connection the caller would wait as long again. */
function isStale(error: unknown): boolean {
  return isConnectionError(error) && !(error as Error).message.startsWith("Query read timeout");
}
