import { type Kysely, sql } from "kysely";

/** What readers of changes need: each user's rows in the order of their changes, and how far tombstones have been swept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Every tombstone of the user up to this change number may be gone: who stands before it can't be told all that went.
  await sql`alter table change_sequence add column swept_to bigint not null default 0`.execute(db);
  // One change may have thousands of rows, and a page ends in the middle of it: hence the id.
  for (const table of ["task", "list"]) {
    await sql`drop index ${sql.ref(`${table}_change_seq_idx`)}`.execute(db);
    await sql`create index ${sql.ref(`${table}_change_idx`)} on ${sql.table(table)} (user_id, change_seq, id)`.execute(db);
  }
  await sql`drop index tombstone_change_seq_idx`.execute(db);
  await sql`create index tombstone_change_idx on tombstone (user_id, kind, change_seq, id)`.execute(db);
  await sql`create index tombstone_deleted_at_idx on tombstone (deleted_at)`.execute(db);
  await sql`create index task_trashed_idx on task (deleted_at) where deleted_at is not null`.execute(db);
}
