import { type Kysely, sql } from "kysely";

/** A file that somebody has sent and not yet agreed to take in: one a user, for an hour. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table held_file (
      user_id uuid primary key references "user" (id) on delete cascade,
      -- So that what is agreed to is what was shown, and not what another tab has sent since.
      id uuid not null,
      name text not null,
      content bytea not null,
      held_at timestamptz(3) not null default now()
    )
  `.execute(db);
  await sql`create index held_file_held_at_idx on held_file (held_at)`.execute(db);
}
