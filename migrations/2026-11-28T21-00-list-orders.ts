import { type Kysely, sql } from "kysely";

/** Pages sorted by due date (times without a zone, and instants) or by time of creation are read in the order of an index. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index task_due_order_idx on task (
      user_id, status, coalesce(due_date, 'infinity'), coalesce(due_time, '24:00'), (- priority), rank, id
    ) where deleted_at is null and due_at is null
  `.execute(db);
  await sql`drop index task_due_at_idx`.execute(db);
  await sql`
    create index task_due_at_idx on task (user_id, status, due_at, (- priority), rank, id) where deleted_at is null and due_at is not null
  `.execute(db);
  await sql`create index task_created_idx on task (user_id, created_at, id) where deleted_at is null`.execute(db);
}
