import { type Kysely, type RawBuilder, sql } from "kysely";

/**
 * Counts each user's tasks, lists and text for the quotas: by triggers, so that every write is counted, and in the row that every
 * write of the user locks anyway.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
  const searchPath = sql`${sql.id(rows[0]?.schema ?? "public")}, pg_temp`;
  await sql`
    alter table change_sequence
      add column task_count integer not null default 0,
      add column list_count integer not null default 0,
      add column text_bytes bigint not null default 0
  `.execute(db);
  // Until the triggers exist, nothing may be written.
  await sql`lock table task, list in share row exclusive mode`.execute(db);
  await sql`
    insert into change_sequence (user_id, last_value, task_count, text_bytes)
    select user_id, 0, count(*), sum(octet_length(title) + octet_length(notes)) from task group by user_id
    on conflict (user_id) do update set task_count = excluded.task_count, text_bytes = excluded.text_bytes
  `.execute(db);
  await sql`
    insert into change_sequence (user_id, last_value, list_count) select user_id, 0, count(*) from list group by user_id
    on conflict (user_id) do update set list_count = excluded.list_count
  `.execute(db);
  const task = sql`task_count = task_count + sign * counted.row_count, text_bytes = text_bytes + sign * counted.bytes`;
  await createCounter(db, "task", sql`sum(octet_length(title) + octet_length(notes)) as bytes`, task, searchPath);
  await createCounter(db, "list", sql`0 as bytes`, sql`list_count = list_count + sign * counted.row_count`, searchPath);
  await createTextCounter(db, searchPath);
}

/** Once for each statement, as an import inserts thousands of rows. */
async function createCounter(
  db: Kysely<unknown>,
  table: string,
  bytes: RawBuilder<unknown>,
  changes: RawBuilder<unknown>,
  searchPath: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    create function ${sql.ref(`count_${table}s`)}() returns trigger language plpgsql set search_path = ${searchPath} as $$
    declare
      sign integer := case tg_op when 'DELETE' then -1 else 1 end;
    begin
      update change_sequence set ${changes}
      from (select user_id, count(*) as row_count, ${bytes} from changed group by user_id) counted
      where change_sequence.user_id = counted.user_id;
      return null;
    end $$
  `.execute(db);
  for (const [event, rows] of [
    ["insert", "new"],
    ["delete", "old"],
  ] as const)
    await sql`
      create trigger ${sql.ref(`${table}_${event}_count`)} after ${sql.raw(event)} on ${sql.table(table)}
      referencing ${sql.raw(rows)} table as changed for each statement execute function ${sql.ref(`count_${table}s`)}()
    `.execute(db);
}

/** For each row, because most updates leave the text as it is: a trigger of the statement could not tell. */
async function createTextCounter(db: Kysely<unknown>, searchPath: RawBuilder<unknown>): Promise<void> {
  const bytesOf = (row: string) => sql.raw(`octet_length(${row}.title) + octet_length(${row}.notes)`);
  await sql`
    create function count_text() returns trigger language plpgsql set search_path = ${searchPath} as $$
    begin
      update change_sequence set text_bytes = text_bytes + ${bytesOf("new")} - (${bytesOf("old")}) where user_id = new.user_id;
      return null;
    end $$
  `.execute(db);
  await sql`
    create trigger task_update_count after update of title, notes on task
    for each row when (${bytesOf("old")} <> ${bytesOf("new")}) execute function count_text()
  `.execute(db);
}
