import { type Kysely, sql } from "kysely";

/**
 * Names of migrations that leave the schema usable by versions of Doable that don't have them. Such a version starts on this database
 * if every migration that it does not have is named here. A migration adds its own name.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table schema_compatibility (name text primary key)`.execute(db);
  await sql`insert into schema_compatibility (name) values ('2026-11-28T22-30-schema-compatibility')`.execute(db);
}
