import { type RawBuilder, type SqlBool, sql } from "kysely";
import { db } from "#app/db/database.server.ts";

/** Rows per statement: few, so that it holds its locks for a short time. */
export const BATCH = 500;
const MAX_BATCHES = 40;

type Age = { days: number } | { hours: number };

export async function inBatches(deleteBatch: () => Promise<number>): Promise<void> {
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    if ((await deleteBatch()) < BATCH) return;
  }
}

export async function deleteOldRows(table: string, column: string, age: Age): Promise<void> {
  await deleteRows(table, olderThan(column, age));
}

/** Deletes the rows of every user. Skips rows that another process has locked. */
export async function deleteRows(table: string, condition: RawBuilder<SqlBool>): Promise<void> {
  const found = sql`select ctid from ${sql.table(table)} where ${condition} limit ${BATCH} for update skip locked`;
  await inBatches(async () => {
    const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ctid = any(array(${found}))`.execute(db);
    return Number(numAffectedRows ?? 0);
  });
}

export function olderThan(column: string, age: Age): RawBuilder<SqlBool> {
  const { days, hours } = { days: 0, hours: 0, ...age };
  return sql<SqlBool>`${sql.ref(column)} < now() - make_interval(days => ${days}, hours => ${hours})`;
}
