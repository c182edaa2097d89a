import { type InsertObject, type RawBuilder, type SqlBool, sql } from "kysely";
import type { Database } from "#app/db/schema.ts";
import type { WriteContext } from "#app/db/writer.server.ts";

/** Inserts the row if the condition holds: an `insert … values` can't have one. */
export function insertWhere<Table extends "task" | "list">(
  { qb }: WriteContext,
  table: Table,
  row: InsertObject<Database, Table>,
  condition: RawBuilder<SqlBool>,
) {
  const columns = Object.keys(row) as (keyof Database[Table] & string)[];
  return qb
    .insertInto(table)
    .columns(columns)
    .expression(sql`select ${sql.join(Object.values(row))} where ${condition}`);
}
