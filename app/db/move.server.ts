import { isDeepStrictEqual } from "node:util";
import type { ClientBase } from "pg";
import { compareTables, type Table, tablesOf } from "#app/db/compare-tables.ts";

/** In bytes of JSON. A row alone may be larger. */
const BATCH_BYTES = 8 * 1024 * 1024;
const MAX_BATCH_ROWS = 1_000;

/** The rows can't be moved, for a reason that fits in one line. Then the target is as it was. */
export class CannotMove extends Error {}

/**
 * Copies every row of one database into another one with the same schema and no rows, in one transaction, and compares both.
 * Returns the numbers of rows by table. Rejects with `CannotMove`. Nothing else may write to the source.
 */
export async function moveRows(source: ClientBase, target: ClientBase, batchBytes = BATCH_BYTES): Promise<Map<string, number>> {
  await source.query("begin isolation level repeatable read read only");
  await target.query("begin");
  try {
    const tables = await tablesOf(source);
    if (!isDeepStrictEqual(tables, await tablesOf(target))) throw new CannotMove("the two databases have different tables or columns");
    await requireEmpty(target, tables);
    const moved = new Map<string, number>();
    await withoutChecks(target, tables, async () => {
      for (const table of tables) moved.set(table.name, await copyTable(source, target, table, batchBytes));
    });
    const different = await compareTables(source, target, tables);
    if (different.length > 0) throw new CannotMove(`the copy differs from the original in ${different.join(", ")}`);
    await target.query("commit");
    return moved;
  } catch (error) {
    // Of a lost connection, the first error tells more.
    await target.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    await source.query("rollback");
  }
}

/** Locks the tables, so that no server writes to them meanwhile. */
async function requireEmpty(target: ClientBase, tables: Table[]): Promise<void> {
  await target.query(`lock table ${tables.map(({ name }) => name).join(", ")} in access exclusive mode`);
  const filled: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await target.query(`select from ${name} limit 1`);
    if (rowCount) filled.push(name);
  }
  if (filled.length > 0) throw new CannotMove(`the new database has rows already (${filled.join(", ")}): name an empty one`);
}

/** Without triggers, which would count and write rows again, and with foreign keys checked at the end: rows come in any order. */
async function withoutChecks(target: ClientBase, tables: Table[], work: () => Promise<void>): Promise<void> {
  const { rows: keys } = await target.query(`
    select conrelid::regclass::text as table_name, quote_ident(conname) as name from pg_constraint
    where contype = 'f' and connamespace = current_schema()::regnamespace and not condeferrable
  `);
  for (const { name } of tables) await target.query(`alter table ${name} disable trigger user`);
  for (const { table_name, name } of keys)
    await target.query(`alter table ${table_name} alter constraint ${name} deferrable initially deferred`);
  await work();
  await target.query("set constraints all immediate");
  for (const { table_name, name } of keys) await target.query(`alter table ${table_name} alter constraint ${name} not deferrable`);
  for (const { name } of tables) await target.query(`alter table ${name} enable trigger user`);
}

/** As JSON text, which Postgres writes and reads without loss for the types that our tables have. Returns the number of rows. */
async function copyTable(source: ClientBase, target: ClientBase, { name, columns }: Table, batchBytes: number): Promise<number> {
  const rows = `select to_json(picked)::text as row from (select ${columns} from ${name}) picked`;
  const { rows: sizes } = await source.query(`select coalesce(max(octet_length(row)), 1) as longest from (${rows}) texts`);
  const count = Math.max(1, Math.min(MAX_BATCH_ROWS, Math.floor(batchBytes / Number(sizes[0]?.longest))));
  await source.query(`declare moved no scroll cursor for ${rows}`);
  let moved = 0;
  for (;;) {
    const { rows: batch } = await source.query<{ row: string }>(`fetch ${count} from moved`);
    if (batch.length === 0) break;
    moved += batch.length;
    const json = `[${batch.map(({ row }) => row).join(",")}]`;
    await target.query(`insert into ${name} (${columns}) select ${columns} from json_populate_recordset(null::${name}, $1::json)`, [json]);
  }
  await source.query("close moved");
  return moved;
}
