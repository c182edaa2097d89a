import { type Kysely, sql } from "kysely";

/**
 * One row for each change: its time, and who made it. Written by triggers, so that only a change that wrote something has a row, and in the
 * transaction of what it wrote. The writer names the origin in the setting `doable.origin`; without it (background jobs, and versions
 * of Doable that don't know it), there is no row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table change_log (
      user_id uuid not null references "user" (id) on delete cascade,
      change_seq bigint not null,
      at timestamptz(3) not null default now(),
      -- {"type": "session"}, or {"type": "key", "id": "…", "name": "…"} with the name that the key had.
      origin jsonb not null,
      primary key (user_id, change_seq)
    )
  `.execute(db);
  await sql`create index change_log_at_idx on change_log (at)`.execute(db);
  await createTriggers(db);
  await sql`
    alter table undone_change
      add column undone_by bigint,
      -- Whether what was undone was itself an undo.
      add column is_redo boolean not null default false
  `.execute(db);
  await sql`create index undone_change_undone_by_idx on undone_change (user_id, undone_by)`.execute(db);
  await createRemovedTasks(db);
  // The change that wrote a version that has been replaced since. Of tasks, only the first version is looked for.
  await sql`
    create index task_revision_created_idx on task_revision (user_id, ((task->>'change_seq')::bigint)) where version = 1
  `.execute(db);
  await sql`create index list_revision_written_idx on list_revision (user_id, ((list->>'change_seq')::bigint))`.execute(db);
  await sql`insert into schema_compatibility (name) values ('2026-11-29T09-00-change-log')`.execute(db);
}

/** Tasks that an undo has purged, for as long as it can be undone. */
async function createRemovedTasks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table removed_task (
      user_id uuid not null references "user" (id) on delete cascade,
      task_id uuid not null,
      task jsonb not null,
      -- Of the undo.
      change_seq bigint not null,
      removed_at timestamptz(3) not null default now(),
      primary key (user_id, task_id)
    )
  `.execute(db);
  await sql`create index removed_task_change_idx on removed_task (user_id, change_seq)`.execute(db);
  await sql`create index removed_task_removed_at_idx on removed_task (removed_at)`.execute(db);
}

async function createTriggers(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
  await sql`
    create function log_change() returns trigger language plpgsql set search_path = ${sql.id(rows[0]?.schema ?? "public")}, pg_temp as $$
    declare
      origin jsonb := nullif(current_setting('doable.origin', true), '')::jsonb;
    begin
      if origin is null then
        return null;
      end if;
      if origin->>'type' = 'key' then
        origin := origin || jsonb_build_object('name', (
          select name from apikey where reference_id = new.user_id and id::text = origin->>'id'
        ));
      end if;
      insert into change_log (user_id, change_seq, origin) values (new.user_id, new.change_seq, origin) on conflict do nothing;
      return null;
    end $$
  `.execute(db);
  for (const table of ["task", "list"]) {
    await sql`
      create trigger ${sql.ref(`${table}_insert_log`)} after insert on ${sql.table(table)} for each row execute function log_change()
    `.execute(db);
    await sql`
      create trigger ${sql.ref(`${table}_update_log`)} after update on ${sql.table(table)}
      for each row when (old.change_seq <> new.change_seq) execute function log_change()
    `.execute(db);
  }
  await sql`
    create trigger tombstone_log after insert or update on tombstone for each row execute function log_change()
  `.execute(db);
}
