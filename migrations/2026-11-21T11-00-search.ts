import { type Kysely, sql } from "kysely";

/** Full text over title, labels and notes, in that order of weight, found through one index that begins with the user. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // A uuid beside a tsvector in one GIN index.
  await sql`create extension if not exists btree_gin`.execute(db);
  // "simple" stems nothing: tasks are in any language. What joins words, as in addresses, parts them here.
  await sql`
    create function task_search(title text, labels text[], notes text) returns tsvector
    language sql immutable parallel safe as $$
      select setweight(to_tsvector('simple'::regconfig, translate(title, '@./:_-', '      ')), 'A')
          || setweight(to_tsvector('simple'::regconfig, translate(array_to_string(labels, ' '), '@./:_-', '      ')), 'B')
          || setweight(to_tsvector('simple'::regconfig, translate(notes, '@./:_-', '      ')), 'C')
    $$
  `.execute(db);
  await sql`alter table task add column search tsvector generated always as (task_search(title, labels, notes)) stored`.execute(db);
  await sql`create index task_search_idx on task using gin (user_id, search) where deleted_at is null`.execute(db);
}
