import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  PostgresDriver,
  type QueryResult,
  SelectQueryNode,
  type TransactionSettings,
} from "kysely";
import type { Pool } from "pg";
import { isAway } from "#app/db/unavailable.ts";

/** Postgres through the given pool; a read that meets a connection gone stale is tried again, once on a new one at the latest. */
export class ReliablePostgresDialect extends PostgresDialect {
  readonly #pool: () => Promise<Pool>;

  constructor(pool: () => Promise<Pool>) {
    super({ pool });
    this.#pool = pool;
  }

  override createDriver(): Driver {
    return new ReliableDriver(new PostgresDriver({ pool: this.#pool }), this.#pool);
  }
}

class ReliableDriver implements Driver {
  readonly #driver: Driver;
  readonly #pool: () => Promise<Pool>;

  constructor(driver: Driver, pool: () => Promise<Pool>) {
    this.#driver = driver;
    this.#pool = pool;
  }

  init(): Promise<void> {
    return this.#driver.init();
  }

  async acquireConnection(): Promise<ReliableConnection> {
    const pool = await this.#pool();
    const replace = async (stale: DatabaseConnection) => {
      await this.#driver.releaseConnection(stale);
      return this.#driver.acquireConnection();
    };
    return new ReliableConnection(await this.#driver.acquireConnection(), pool, replace);
  }

  async beginTransaction(connection: ReliableConnection, settings: TransactionSettings): Promise<void> {
    connection.inTransaction = true;
    await this.#driver.beginTransaction(connection.current, settings);
  }

  async commitTransaction(connection: ReliableConnection): Promise<void> {
    await this.#driver.commitTransaction(connection.current);
    connection.inTransaction = false;
  }

  async rollbackTransaction(connection: ReliableConnection): Promise<void> {
    await this.#driver.rollbackTransaction(connection.current);
    connection.inTransaction = false;
  }

  async releaseConnection(connection: ReliableConnection): Promise<void> {
    if (connection.isHeld) await this.#driver.releaseConnection(connection.current);
  }

  destroy(): Promise<void> {
    return this.#driver.destroy();
  }
}

class ReliableConnection implements DatabaseConnection {
  current: DatabaseConnection;
  inTransaction = false;
  /** Not while, and not after, a stale connection has been given back and no other is to be had. */
  isHeld = true;
  readonly #pool: Pool;
  readonly #replace: (stale: DatabaseConnection) => Promise<DatabaseConnection>;

  constructor(current: DatabaseConnection, pool: Pool, replace: (stale: DatabaseConnection) => Promise<DatabaseConnection>) {
    this.current = current;
    this.#pool = pool;
    this.#replace = replace;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // A server that was restarted has ended every idle connection too: after those comes a new one.
    for (let retries = this.#pool.idleCount + 1; ; retries--) {
      try {
        return await this.current.executeQuery<R>(query);
      } catch (error) {
        if (retries === 0 || this.inTransaction || !isRead(query) || !isStale(error)) throw error;
        this.isHeld = false;
        this.current = await this.#replace(this.current);
        this.isHeld = true;
      }
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.current.streamQuery<R>(query, chunkSize);
  }
}

/** A select may still write through its `with`, so one that has any is not retried. */
function isRead({ query }: CompiledQuery): boolean {
  return SelectQueryNode.is(query) && query.with === undefined;
}

/** A time-out is no sign of a stale connection: on another one the caller would wait as long again. */
function isStale(error: unknown): boolean {
  return isAway(error) && !(error as Error).message.startsWith("Query read timeout");
}
