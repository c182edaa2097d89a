import { type Kysely, sql } from "kysely";

/** Few tasks are due at an instant, and they have an order of their own among the others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index task_due_at_idx on task (user_id, due_at) where deleted_at is null and status = 'open' and due_at is not null`.execute(
    db,
  );
}
