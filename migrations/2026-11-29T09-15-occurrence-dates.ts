import { type Kysely, sql } from "kysely";

/** The day that the rule gave an occurrence, where its due date was moved; and the occurrence whose completion created it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table task add column occurrence_date date, add column previous_id uuid`.execute(db);
  await sql`insert into schema_compatibility (name) values ('2026-11-29T09-15-occurrence-dates')`.execute(db);
}
