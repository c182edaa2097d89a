import { type Kysely, sql } from "kysely";

/** Null: every token of the user is valid until it expires. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table "user" add column tokens_valid_from timestamptz`.execute(db);
}
