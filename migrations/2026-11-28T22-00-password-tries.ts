import { type Kysely, sql } from "kysely";

/**
 * `key` is a hash of the account's address, or of the address and a browser that has signed in to it; `tried_at` has the times
 * of the latest tries, newest first.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table password_try (key text primary key, tried_at timestamptz[] not null)`.execute(db);
}
