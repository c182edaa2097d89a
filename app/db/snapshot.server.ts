import type { Transaction } from "kysely";
import { db } from "#app/db/database.server.ts";
import type { Database } from "#app/db/schema.ts";

/** Runs reads that all see the database as it was at the first of them. */
export function inSnapshot<T>(work: (qb: Transaction<Database>) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(work);
}
