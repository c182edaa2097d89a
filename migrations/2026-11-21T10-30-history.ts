import { type Kysely, sql } from "kysely";

/** What a task was before each change: its history, and what undo goes back to. Written by the database, so that no change can forget it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table task_revision (
      user_id uuid not null,
      task_id uuid not null,
      version integer not null,
      task jsonb not null,
      -- Of the change that put another version in this one's place.
      change_seq bigint not null,
      replaced_at timestamptz(3) not null default now(),
      primary key (user_id, task_id, version),
      foreign key (user_id, task_id) references task (user_id, id) on delete cascade
    )
  `.execute(db);
  await sql`create index task_revision_change_seq_idx on task_revision (user_id, change_seq)`.execute(db);
  await sql`create index task_revision_replaced_at_idx on task_revision (replaced_at)`.execute(db);
  await sql`
    create function keep_task_revision() returns trigger language plpgsql as $$
    begin
      insert into task_revision (user_id, task_id, version, task, change_seq)
      values (old.user_id, old.id, old.version, to_jsonb(old), new.change_seq);
      return null;
    end $$
  `.execute(db);
  await sql`
    create trigger task_revision after update on task
    for each row when (old.version <> new.version) execute function keep_task_revision()
  `.execute(db);
  // What is gone for good is told to readers of changes by its tombstone.
  await sql`
    create table tombstone (
      user_id uuid not null references "user" (id) on delete cascade,
      kind text not null check (kind in ('task', 'list')),
      id uuid not null,
      change_seq bigint not null,
      deleted_at timestamptz(3) not null default now(),
      primary key (user_id, kind, id)
    )
  `.execute(db);
  await sql`create index tombstone_change_seq_idx on tombstone (user_id, change_seq)`.execute(db);
  // The instant of a due time that has a zone of its own: time zones are worked out in one place, and that is not SQL.
  await sql`alter table task add column due_at timestamptz(3), add check ((due_at is null) = (due_timezone is null))`.execute(db);
  await sql`create index task_due_idx on task (user_id, due_date) where deleted_at is null and status = 'open' and due_date is not null`.execute(
    db,
  );
  await sql`create index task_completed_idx on task (user_id, completed_at) where deleted_at is null and status = 'done'`.execute(db);
  await sql`create index task_deleted_idx on task (user_id, deleted_at) where deleted_at is not null`.execute(db);
  await sql`create index list_change_seq_idx on list (user_id, change_seq)`.execute(db);
  await sql`
    alter table "user"
      add column week_start integer not null default 1,
      add column clock text not null default '24',
      add column theme text not null default 'system'
  `.execute(db);
}
