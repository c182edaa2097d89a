import { type Kysely, sql } from "kysely";

/** A subtask has the list of its parent, and a due date may have a time zone without a time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await moveSubtasks(db);
  const { rows } = await sql<{ name: string }>`
    select conname as name from pg_constraint
    where conrelid = 'task'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%due_timezone%'
  `.execute(db);
  for (const { name } of rows) await sql`alter table task drop constraint ${sql.id(name)}`.execute(db);
  await sql`
    alter table task
      add constraint task_due_timezone_check check (due_timezone is null or due_date is not null),
      add constraint task_due_at_check check ((due_at is not null) = (due_time is not null and due_timezone is not null))
  `.execute(db);
}

/** A change like any other, so that readers of changes are told. A task in the trash may be below a subtask. */
async function moveSubtasks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create temporary table misplaced as
    with recursive placed as (
      select user_id, id, list_id, list_id as right_list_id from task where parent_id is null
      union all
      select task.user_id, task.id, task.list_id, placed.right_list_id
      from task join placed on task.user_id = placed.user_id and task.parent_id = placed.id
    )
    select user_id, id, right_list_id from placed where list_id is distinct from right_list_id
  `.execute(db);
  await sql`
    insert into change_sequence (user_id, last_value) select distinct user_id, 1 from misplaced
    on conflict (user_id) do update set last_value = change_sequence.last_value + 1
  `.execute(db);
  await sql`
    update task set list_id = right_list_id, updated_at = now(), version = version + 1, change_seq = last_value
    from misplaced join change_sequence on change_sequence.user_id = misplaced.user_id
    where task.user_id = misplaced.user_id and task.id = misplaced.id
  `.execute(db);
  await sql`drop table misplaced`.execute(db);
}
