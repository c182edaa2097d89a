import { type SqlBool, sql } from "kysely";
import { db } from "#app/db/database.server.ts";
import { deleteRows } from "#app/db/old-rows.server.ts";

const WINDOW = sql`interval '15 minutes'`;
/** When the next try is allowed: after ten in the window, one a minute. */
const NEXT_TRY = sql<Date>`
  least(counted.tried_at[1] + interval '1 minute', coalesce(counted.tried_at[10] + ${WINDOW}, '-infinity'))
`;

/**
 * Counts a try before its password is verified, so that concurrent ones can't exceed the limit. Returns 0, or the seconds to wait
 * if the limit is reached: the try is not counted then.
 */
export async function takePasswordTry(key: string): Promise<number> {
  const { rows } = await sql`
    insert into password_try as counted (key, tried_at) values (${key}, array[now()])
    on conflict (key) do update set tried_at = (array[now()] || counted.tried_at)[1:10] where ${NEXT_TRY} <= now()
    returning 1
  `.execute(db);
  return rows.length > 0 ? 0 : secondsToNextTry(key);
}

async function secondsToNextTry(key: string): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    select ceil(extract(epoch from ${NEXT_TRY} - now()))::int as seconds from password_try as counted where key = ${key}
  `.execute(db);
  return Math.max(1, rows[0]?.seconds ?? 1);
}

/** Takes back the latest try. */
export async function returnPasswordTry(key: string): Promise<void> {
  await sql`
    with others as (
      update password_try set tried_at = tried_at[2:] where key = ${key} and cardinality(tried_at) > 1
    )
    delete from password_try where key = ${key} and cardinality(tried_at) <= 1
  `.execute(db);
}

export async function forgetPasswordTries(key: string): Promise<void> {
  await sql`delete from password_try where key = ${key}`.execute(db);
}

export async function deleteOldPasswordTries(): Promise<void> {
  await deleteRows("password_try", sql<SqlBool>`tried_at[1] < now() - ${WINDOW}`);
}
