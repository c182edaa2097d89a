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
import { isUnavailable } from "#app/db/unavailable.ts";

/** Postgres through the given pool; a read that meets a connection gone stale is tried once more on another. */
export class ReliablePostgresDialect extends PostgresDialect {
  readonly #pool: () => Promise<Pool>;

  constructor(pool: () => Promise<Pool>) {
    super({ pool });
    this.#pool = pool;
  }

  override createDriver(): Driver {
    return new ReliableDriver(new PostgresDriver({ pool: this.#pool }));
  }
}

class ReliableDriver implements Driver {
  readonly #driver: Driver;

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  init(): Promise<void> {
    return this.#driver.init();
  }

  async acquireConnection(): Promise<ReliableConnection> {
    return new ReliableConnection(await this.#driver.acquireConnection(), async (stale) => {
      await this.#driver.releaseConnection(stale);
      return this.#driver.acquireConnection();
    });
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

  releaseConnection(connection: ReliableConnection): Promise<void> {
    return this.#driver.releaseConnection(connection.current);
  }

  destroy(): Promise<void> {
    return this.#driver.destroy();
  }
}

class ReliableConnection implements DatabaseConnection {
  current: DatabaseConnection;
  inTransaction = false;
  readonly #replace: (stale: DatabaseConnection) => Promise<DatabaseConnection>;

  constructor(current: DatabaseConnection, replace: (stale: DatabaseConnection) => Promise<DatabaseConnection>) {
    this.current = current;
    this.#replace = replace;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.current.executeQuery<R>(query);
    } catch (error) {
      if (this.inTransaction || !isRead(query) || !isUnavailable(error)) throw error;
      this.current = await this.#replace(this.current);
      return this.current.executeQuery<R>(query);
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
