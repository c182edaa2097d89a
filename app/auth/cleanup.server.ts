import { sql } from "kysely";
import { db } from "#app/db/database.server.ts";

/** Ends sessions whose time is up, and counts of tries that are long past: Better Auth leaves both where they are. */
export async function cleanUpSessions(): Promise<void> {
  await sql`delete from session where expires_at < now()`.execute(db);
  await sql`delete from rate_limit where last_request < extract(epoch from now() - interval '1 day') * 1000`.execute(db);
}
