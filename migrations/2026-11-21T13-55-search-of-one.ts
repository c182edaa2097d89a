import { type Kysely, sql } from "kysely";

/**
 * Every word in the index begins with a mark of its user: the index keeps words in order, so whoever looks for a word, or for all
 * that begin alike, reads past nobody else's. Two users may share a mark; that a row is one's own is still asked of the row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Letters only, or the parser would take some marks for numbers.
  await sql`
    create function search_mark(user_id uuid) returns text language sql immutable parallel safe
    as $$ select translate(right(user_id::text, 8), '0123456789', 'ghijklmnop') $$
  `.execute(db);
  await sql`
    create function marked_search(user_id uuid, words tsvector) returns tsvector language sql immutable parallel safe as $$
      select coalesce(string_agg(
        quote_literal(search_mark(user_id) || lexeme)
          || ':' || (select string_agg(place || weight, ',') from unnest(positions, weights) at (place, weight)),
        ' '
      ), '')::tsvector
      -- A word has 2,046 bytes at the most.
      from unnest(words) where octet_length(lexeme) <= 2000
    $$
  `.execute(db);
  await sql`
    create function marked_query(user_id uuid, words text) returns tsquery language sql immutable parallel safe as $$
      select regexp_replace(to_tsquery('simple'::regconfig, words)::text, '''([^'']+)''', '''' || search_mark(user_id) || '\\1''', 'g')::tsquery
    $$
  `.execute(db);
  await sql`alter table task drop column search`.execute(db);
  await sql`
    alter table task add column search tsvector
    generated always as (marked_search(user_id, task_search(title, labels, notes))) stored
  `.execute(db);
  await sql`create index task_search_idx on task using gin (user_id, search) where deleted_at is null`.execute(db);
}
