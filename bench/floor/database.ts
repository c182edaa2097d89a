import { createHash } from "node:crypto";
import { Pool, types } from "pg";

// Dates stay text, as in JSON. Change numbers are safe integers.
types.setTypeParser(types.builtins.DATE, (text) => text);
types.setTypeParser(types.builtins.INT8, Number);

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.DATABASE_POOL_MAX) });
const names = new Map<string, string>();

/** Runs a statement under a name, so that Postgres parses it once a connection. */
// biome-ignore lint/suspicious/noExplicitAny: rows have the columns of the statement.
export async function rowsOf(text: string, values: unknown[]): Promise<any[]> {
  const name = names.get(text) ?? createHash("sha256").update(text).digest("base64url").slice(0, 24);
  names.set(text, name);
  return (await pool.query({ name, text, values })).rows;
}
