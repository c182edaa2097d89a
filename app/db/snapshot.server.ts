import type { Transaction } from "kysely";
import { db } from "#app/db/database.server.ts";
import { queuesByKey } from "#app/db/queue.ts";
import type { Database } from "#app/db/schema.ts";

/** Each holds a connection for as long as it reads, which may be long: one user has one at a time, so that others find connections too. */
const snapshots = queuesByKey({ atOnce: 1, mostWaiting: 60 });

/** Runs reads for the user that all see the database as it was at the first of them. */
export function inSnapshot<T>(userId: string, work: (qb: Transaction<Database>) => Promise<T>): Promise<T> {
  return snapshots.run(userId, () => db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(work));
}
