import { type Kysely, sql } from "kysely";

/** The language that capture reads beside English, and the order of day, month and year in numbers; null: not chosen. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table "user"
      add column capture_language text not null default 'en',
      add column date_order text
  `.execute(db);
  await sql`insert into schema_compatibility (name) values ('2026-11-29T10-00-capture-language')`.execute(db);
}
