import { type Kysely, sql } from "kysely";

/**
 * Every row of a user has the user's id in front of its primary key: a distributed Postgres can place
 * rows by user, and no statement can name a row without naming whose it is.
 * Times have the milliseconds that a client sees, so that what is compared is what was sent.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The last change number of each user. Whoever takes the next one holds the row until it commits,
  // so numbers become visible in their order, and a reader that follows them misses nothing.
  await sql`
    create table change_sequence (
      user_id uuid primary key references "user" (id) on delete cascade,
      last_value bigint not null
    )
  `.execute(db);
  await sql`
    create table list (
      user_id uuid not null references "user" (id) on delete cascade,
      id uuid not null,
      name text not null,
      color text,
      rank text collate "C" not null,
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(),
      version integer not null default 1,
      change_seq bigint not null,
      primary key (user_id, id)
    )
  `.execute(db);
  await sql`
    create table task (
      user_id uuid not null references "user" (id) on delete cascade,
      id uuid not null,
      list_id uuid,
      parent_id uuid,
      title text not null check (char_length(title) between 1 and 500),
      notes text not null default '' check (char_length(notes) <= 20000),
      status text not null default 'open' check (status in ('open', 'done')),
      priority smallint not null default 0 check (priority between 0 and 3),
      labels text[] not null default '{}',
      due_date date,
      due_time time(0),
      due_timezone text,
      start_date date,
      rrule text,
      recurrence_anchor text check (recurrence_anchor in ('due', 'completion')),
      series_id uuid,
      rank text collate "C" not null,
      external_id text check (char_length(external_id) <= 200),
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(),
      completed_at timestamptz(3),
      deleted_at timestamptz(3),
      version integer not null default 1,
      change_seq bigint not null,
      primary key (user_id, id),
      foreign key (user_id, list_id) references list (user_id, id) on delete set null (list_id),
      foreign key (user_id, parent_id) references task (user_id, id) on delete cascade,
      check ((status = 'done') = (completed_at is not null)),
      check (due_time is null or due_date is not null),
      check (due_timezone is null or due_time is not null),
      check (start_date is null or due_date is null or start_date <= due_date),
      check ((rrule is null) = (recurrence_anchor is null)),
      check (rrule is null or due_date is not null)
    )
  `.execute(db);
  await sql`create index task_rank_idx on task (user_id, rank, id) where deleted_at is null`.execute(db);
  await sql`create index task_status_rank_idx on task (user_id, status, rank, id) where deleted_at is null`.execute(db);
  await sql`create index task_change_seq_idx on task (user_id, change_seq)`.execute(db);
  await sql`create index task_parent_idx on task (user_id, parent_id) where parent_id is not null`.execute(db);
  await sql`create index task_list_idx on task (user_id, list_id) where list_id is not null`.execute(db);
  await sql`
    create unique index task_external_id_idx on task (user_id, external_id)
    where deleted_at is null and external_id is not null
  `.execute(db);
}
