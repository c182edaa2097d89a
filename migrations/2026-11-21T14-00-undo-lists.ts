import { type Kysely, sql } from "kysely";

/** What a list was before each change, as with tasks, and which changes were taken back: so that a list comes back too, and once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // It outlives its list: what was removed is found here.
  await sql`
    create table list_revision (
      user_id uuid not null references "user" (id) on delete cascade,
      list_id uuid not null,
      version integer not null,
      list jsonb not null,
      -- Of the change that put another version in this one's place, or none.
      change_seq bigint not null,
      replaced_at timestamptz(3) not null default now(),
      primary key (user_id, list_id, version)
    )
  `.execute(db);
  await sql`create index list_revision_change_seq_idx on list_revision (user_id, change_seq)`.execute(db);
  await sql`create index list_revision_replaced_at_idx on list_revision (replaced_at)`.execute(db);
  await sql`
    create function keep_list_revision() returns trigger language plpgsql as $$
    begin
      insert into list_revision (user_id, list_id, version, list, change_seq)
      values (old.user_id, old.id, old.version, to_jsonb(old), new.change_seq);
      return null;
    end $$
  `.execute(db);
  await sql`
    create trigger list_revision after update on list
    for each row when (old.version <> new.version) execute function keep_list_revision()
  `.execute(db);
  await sql`
    create table undone_change (
      user_id uuid not null references "user" (id) on delete cascade,
      change_seq bigint not null,
      undone_at timestamptz(3) not null default now(),
      primary key (user_id, change_seq)
    )
  `.execute(db);
  await sql`create index undone_change_undone_at_idx on undone_change (undone_at)`.execute(db);
}
