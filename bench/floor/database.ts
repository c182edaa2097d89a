import { createHash } from "node:crypto";
import { Pool, types } from "pg";

// Days stay text, as they are in JSON; a change number is small enough for a number.
types.setTypeParser(types.builtins.DATE, (text) => text);
types.setTypeParser(types.builtins.INT8, Number);

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.DATABASE_POOL_MAX) });
const names = new Map<string, string>();

/** Runs a named statement: Postgres parses it once a connection. */
// biome-ignore lint/suspicious/noExplicitAny: a row is whatever the statement selects.
export async function rowsOf(text: string, values: unknown[]): Promise<any[]> {
  const name = names.get(text) ?? createHash("sha256").update(text).digest("base64url").slice(0, 24);
  names.set(text, name);
  return (await pool.query({ name, text, values })).rows;
}
