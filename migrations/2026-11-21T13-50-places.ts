import { type Kysely, sql } from "kysely";

/** Each page reads what it shows through an index that begins with the user and ends with the page's order, however much else there is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // A list or the Inbox: what is open by hand, what is done by when. A task is in one of the two.
  await sql`
    create index task_open_place_idx on task (user_id, list_id, rank, id)
    where deleted_at is null and status = 'open' and parent_id is null
  `.execute(db);
  await sql`
    create index task_done_place_idx on task (user_id, list_id, updated_at, id)
    where deleted_at is null and status = 'done' and parent_id is null
  `.execute(db);
  // Smaller than the places' two, and so preferred to them for what it can't put in order. A list that goes looks through its user's tasks instead.
  await sql`drop index task_list_idx`.execute(db);
  await sql`create index task_updated_idx on task (user_id, updated_at, id) where deleted_at is null`.execute(db);
  await sql`create index task_series_idx on task (user_id, series_id) where series_id is not null`.execute(db);
  await sql`
    create index task_label_idx on task (user_id) include (labels) where deleted_at is null and status = 'open' and labels <> '{}'
  `.execute(db);
}
