import { sql } from "kysely";
import { db } from "#app/db/database.server.ts";

const USER_TABLES = [
  "task",
  "list",
  "task_revision",
  "list_revision",
  "tombstone",
  "change_sequence",
  "undone_change",
  "change_log",
  "removed_task",
  "held_file",
  "label",
];

/** Every row that a user has in these tables, as text, to compare byte for byte. */
export async function rowsOf(userId: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (const table of USER_TABLES) {
    const read = sql`select ${table} as table_name, to_jsonb(a)::text as row from ${sql.table(table)} a where user_id = ${userId} order by 2`;
    rows.push(...(await read.execute(db)).rows);
  }
  return rows;
}

/** Adds the name of each method that is read from the repository to `names`. */
export function recordMethods<T extends object>(names: Set<string | symbol>, repository: T): T {
  return new Proxy(repository, {
    get(target, name) {
      names.add(name);
      return Reflect.get(target, name);
    },
  });
}
