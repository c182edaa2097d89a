import { sql } from "kysely";
import { expect, test } from "vitest";
import { cleanUpSessions } from "#app/auth/cleanup.server.ts";
import { db } from "#app/db/database.server.ts";
import { signUpTestUser } from "#app/testing/users.ts";

test("a sweep ends the sessions whose time is up, and no other", async () => {
  const [past, going] = [await signUpTestUser(), await signUpTestUser()];
  await sql`update session set expires_at = now() - interval '1 second' where user_id = ${past.user.id}`.execute(db);
  await cleanUpSessions();
  const ids = [past.user.id, going.user.id];
  const { rows } = await sql`select user_id from session where user_id = any(${ids}::uuid[])`.execute(db);
  expect(rows).toEqual([{ userId: going.user.id }]);
});

test("a sweep forgets tries of the day before yesterday, and remembers those that still count", async () => {
  const [old, recent] = [crypto.randomUUID(), crypto.randomUUID()];
  const now = Date.now();
  await sql`
    insert into rate_limit (key, count, last_request) values (${old}, 3, ${now - 25 * 60 * 60_000}), (${recent}, 3, ${now - 10_000})
  `.execute(db);
  await cleanUpSessions();
  const { rows } = await sql`select key from rate_limit where key = any(${[old, recent]}::text[])`.execute(db);
  expect(rows).toEqual([{ key: recent }]);
});
