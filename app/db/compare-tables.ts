import type { ClientBase } from "pg";

export interface Table {
  /** Quoted where needed. */
  name: string;
  /** The same, with commas between them. Without generated ones. */
  columns: string;
}

/** Migrations fill them. */
const OF_MIGRATIONS = ["kysely_migration", "kysely_migration_lock", "schema_compatibility"];

export async function tablesOf(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `
    select quote_ident(table_name) as name, string_agg(quote_ident(column_name), ', ' order by column_name collate "C") as columns
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = current_schema() and table_type = 'BASE TABLE' and is_generated = 'NEVER' and table_name <> all($1)
    group by table_name order by table_name collate "C"
    `,
    [OF_MIGRATIONS],
  );
  return rows;
}

/** The names of the tables whose number of rows or whose content differs. Both clients must be in a transaction. */
export async function compareTables(one: ClientBase, other: ClientBase, tables: Table[]): Promise<string[]> {
  for (const client of [one, other]) await client.query(SAME_TEXTS);
  const different: string[] = [];
  for (const table of tables) {
    const [digest, otherDigest] = [await digestOf(one, table), await digestOf(other, table)];
    if (digest !== otherDigest) different.push(table.name);
  }
  return different;
}

/** Settings on which the text of a value depends. */
const SAME_TEXTS = `
  select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, YMD', true), set_config('intervalstyle', 'iso_8601', true),
    set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true)
`;

/** The sum of a hash of each row, in any order. */
async function digestOf(client: ClientBase, { name, columns }: Table): Promise<string> {
  const hash = "('x' || left(md5(picked::text), 15))::bit(60)::bigint";
  const { rows } = await client.query<{ digest: string }>(
    `select count(*) || ' ' || coalesce(sum(${hash}), 0) as digest from (select ${columns} from ${name}) picked`,
  );
  return rows[0]?.digest ?? "";
}
