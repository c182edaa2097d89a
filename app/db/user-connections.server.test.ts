import { sql } from "kysely";
import { Client } from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { openDatabase } from "#app/db/database.server.ts";
import { inSnapshot, readsOf, writesOf } from "#app/db/user-connections.server.ts";
import { env } from "#app/env.server.ts";

const LOCK = 7_301_946;

/** Holds an advisory lock that others wait for, and counts how many do. */
async function lockedDatabase() {
  const client = new Client(env.DATABASE_URL);
  await client.connect();
  onTestFinished(() => client.end());
  await client.query("select pg_advisory_lock($1)", [LOCK]);
  const waiters = "select from pg_locks where locktype = 'advisory' and not granted and objid = $1";
  return {
    waiting: async () => (await client.query(waiters, [LOCK])).rowCount,
    unlock: () => client.query("select pg_advisory_unlock($1)", [LOCK]),
  };
}

/** Needs several connections. */
const onPostgres = test.skipIf(!env.DATABASE_URL);

onPostgres("two reads, two writes and one snapshot among them are all that a user has running, so other users are served", async () => {
  const { waiting, unlock } = await lockedDatabase();
  const slow = sql`select pg_advisory_xact_lock_shared(${LOCK})`;
  const [user, other] = [crypto.randomUUID(), crypto.randomUUID()];
  const work = [
    inSnapshot(user, (qb) => slow.execute(qb)),
    inSnapshot(user, (qb) => slow.execute(qb)),
    ...Array.from({ length: 10 }, () => slow.execute(readsOf(user))),
    ...Array.from({ length: 10 }, () => slow.execute(writesOf(user))),
    ...Array.from({ length: 3 }, () =>
      writesOf(user)
        .transaction()
        .execute((trx) => slow.execute(trx)),
    ),
  ];
  await vi.waitFor(async () => expect(await waiting()).toBe(4), { interval: 5 });
  const one = sql<{ one: number }>`select 1 as one`;
  for (const connections of [readsOf, writesOf]) expect((await one.execute(connections(other))).rows).toEqual([{ one: 1 }]);
  expect(await waiting()).toBe(4);
  expect((await openDatabase()).pool.waitingCount).toBe(0);
  await unlock();
  await Promise.all(work);
});

test("a user's read goes before most of those that another user asked for earlier", async () => {
  const [user, other] = [crypto.randomUUID(), crypto.randomUUID()];
  const done: string[] = [];
  const read = async (userId: string) => {
    await sql`select count(*) from generate_series(1, 20000)`.execute(readsOf(userId));
    done.push(userId);
  };
  await Promise.all([...Array.from({ length: 40 }, () => read(user)), read(other)]);
  expect(done.indexOf(other)).toBeLessThan(20);
});
