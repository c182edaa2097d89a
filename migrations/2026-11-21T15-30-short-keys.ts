import { type Kysely, sql } from "kysely";

/** A row of an index has room for some 2,700 bytes, and twenty labels may need more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index task_label_idx`.execute(db);
  await sql`create index task_label_idx on task (user_id) where deleted_at is null and status = 'open' and labels <> '{}'`.execute(db);
}
