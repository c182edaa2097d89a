import { type Kysely, sql } from "kysely";

/** The answers to requests that came with an Idempotency-Key, written in the transaction of what the request did. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table kept_answer (
      user_id uuid not null references "user" (id) on delete cascade,
      key text not null,
      request_hash bytea not null,
      status smallint not null,
      headers jsonb not null,
      body bytea not null,
      created_at timestamptz(3) not null default now(),
      primary key (user_id, key)
    )
  `.execute(db);
  await sql`create index kept_answer_created_at_idx on kept_answer (created_at)`.execute(db);
}
