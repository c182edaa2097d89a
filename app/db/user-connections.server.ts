import { type ConnectionProvider, Kysely, type Transaction } from "kysely";
import { db, openDatabase } from "#app/db/database.server.ts";
import { RetryingPostgresDialect } from "#app/db/dialect.server.ts";
import { repeatingUnnamed } from "#app/db/failures.ts";
import { keyedQueues } from "#app/db/queue.ts";
import type { Database } from "#app/db/schema.ts";
import { env } from "#app/env.server.ts";

// How many connections one user's work may take at once. From three on, others are left: with the default of five, two of a user read
// and two write. The second writer is there to take over as soon as the first one commits: in the database it waits for that.

const readers = keyedQueues({ maxConcurrent: env.DATABASE_POOL_MAX > 3 ? 2 : 1, maxWaiting: 200, maxWait: 10_000 });
const writers = keyedQueues({ maxConcurrent: env.DATABASE_POOL_MAX > 4 ? 2 : 1, maxWaiting: 200, maxWait: 30_000 });
/** One at a time, so that a long export leaves a connection for the same user's other reads. */
const snapshots = keyedQueues({ maxConcurrent: 1, maxWaiting: 60, maxWait: 30_000 });

/** For a user's reads. Each statement waits in line with the user's others. */
export function readsOf(userId: string): Kysely<Database> {
  return queued(userId, readers);
}

/** For a user's writes. Each statement or transaction waits in line with the user's others. */
export function writesOf(userId: string): Kysely<Database> {
  return queued(userId, writers);
}

export function inSnapshot<T>(userId: string, work: (qb: Transaction<Database>) => Promise<T>): Promise<T> {
  const transaction = readsOf(userId).transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  return snapshots.run(userId, () => repeatingUnnamed(() => transaction.execute(work)));
}

const dialect = new RetryingPostgresDialect(async () => (await openDatabase()).pool);
/** Only begins and ends transactions: the connections are those of `db`. */
const driver = dialect.createDriver();

function queued(userId: string, queues: ReturnType<typeof keyedQueues>): Kysely<Database> {
  const executor = db.getExecutor();
  const provideConnection: ConnectionProvider["provideConnection"] = (consumer, options) =>
    queues.run(userId, () => executor.provideConnection(consumer, options));
  return new Kysely<Database>({ config: { dialect }, dialect, driver, executor: executor.withConnectionProvider({ provideConnection }) });
}
