import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { sql } from "kysely";
import { Client } from "pg";
import { expect, test, vi } from "vitest";
import { db, kyselyOn, openDatabase } from "#app/db/database.server.ts";
import { isUnavailable } from "#app/db/errors.ts";
import { postgresPool } from "#app/db/pool.server.ts";
import type { Database } from "#app/db/schema.ts";
import { env } from "#app/env.server.ts";
import { createTestUser } from "#app/testing/users.ts";

/** The connection of the embedded database can't be ended from outside. */
const onPostgres = test.skipIf(!env.DATABASE_URL);

async function endConnections(): Promise<number> {
  const client = new Client(env.DATABASE_URL);
  await client.connect();
  const { rowCount } = await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  await client.end();
  return rowCount ?? 0;
}

async function endConnectionsDuring(text: string): Promise<void> {
  const client = new Client(env.DATABASE_URL);
  await client.connect();
  const isRunning = "select 1 from pg_stat_activity where query like $1 and pid <> pg_backend_pid() and state = 'active'";
  await vi.waitFor(async () => expect((await client.query(isRunning, [`%${text}%`])).rowCount).toBe(1), { interval: 5 });
  await client.end();
  await endConnections();
}

onPostgres("a read on a connection that was ended while idle succeeds", async () => {
  const { id } = await createTestUser();
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: 5 }, () => db.selectFrom("user").select("id").where("id", "=", id).execute()));
    expect(await endConnections()).toBeGreaterThan(0);
    expect(await db.selectFrom("user").select("id").where("id", "=", id).execute()).toEqual([{ id }]);
  }
});

onPostgres("a read whose connection is ended while it runs is repeated, and succeeds", async () => {
  const read = db.selectNoFrom(sql<number>`1 + length(pg_sleep(0.3)::text)`.as("slow_read")).executeTakeFirst();
  await endConnectionsDuring("slow_read");
  expect(await read).toEqual({ slowRead: 1 });
});

onPostgres("a write whose connection is ended while it runs fails, and is not repeated", async () => {
  const { id } = await createTestUser();
  const write = db
    .updateTable("user")
    .set({ name: sql`name || ' again' || pg_sleep(0.3)::text /* slow_write */` })
    .where("id", "=", id)
    .execute();
  const outcome = expect(write).rejects.toMatchObject({ code: "57P01" });
  await endConnectionsDuring("slow_write");
  await outcome;
  expect(await db.selectFrom("user").select("name").where("id", "=", id).execute()).toEqual([{ name: "Test user" }]);
});

onPostgres("a select whose with clause writes is not repeated", async () => {
  const { id } = await createTestUser();
  const read = db
    .with("renamed", (qb) =>
      qb.updateTable("user").set({ name: sql`name || pg_sleep(0.3)::text /* slow_with */` }).where("id", "=", id).returning("id"),
    )
    .selectFrom("renamed")
    .selectAll()
    .execute();
  const outcome = expect(read).rejects.toMatchObject({ code: "57P01" });
  await endConnectionsDuring("slow_with");
  await outcome;
});

onPostgres("a read inside a transaction is not repeated: the transaction is rolled back", async () => {
  const transaction = db.transaction().execute(async (trx) => {
    await trx.selectNoFrom(sql<number>`length(pg_sleep(0.3)::text)`.as("slow_trx")).execute();
  });
  const outcome = expect(transaction).rejects.toSatisfy(isUnavailable);
  await endConnectionsDuring("slow_trx");
  await outcome;
  expect(await db.selectNoFrom(sql<number>`1`.as("one")).execute()).toEqual([{ one: 1 }]);
});

onPostgres("replaced connections do not leak", async () => {
  const { pool } = await openDatabase();
  for (let round = 0; round < 8; round++) {
    await endConnections();
    await db.selectNoFrom(sql<number>`1`.as("one")).execute();
  }
  expect(pool.totalCount).toBeLessThanOrEqual(env.DATABASE_POOL_MAX);
  expect(pool.idleCount).toBe(pool.totalCount);
});

test("a statement with parameters is prepared once per connection, under a name", async () => {
  const { id } = await createTestUser();
  await db.connection().execute(async (connection) => {
    const find = () => connection.selectFrom("user").select("email").where("id", "=", id).where("name", "!=", "named").execute();
    for (let times = 0; times < 3; times++) await find();
    const { rows } = await sql<{ statement: string }>`
      select statement from pg_prepared_statements where statement like 'select "email" from "user" where "id" = $1 and "name" != $2%'
    `.execute(connection);
    expect(rows).toHaveLength(1);
  });
});

test("a date is text, and a bigint is a number or, beyond safe integers, an error", async () => {
  const { rows } =
    await sql`select date '2026-12-01' as day, 9007199254740991::bigint as big, count(*) as many from "user" where false`.execute(db);
  expect(rows).toEqual([{ day: "2026-12-01", big: Number.MAX_SAFE_INTEGER, many: 0 }]);
  await expect(sql`select 9007199254740992::bigint as big`.execute(db)).rejects.toThrow(RangeError);
  expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
});

test("keys inside JSON are not renamed", async () => {
  const { rows } = await sql`select '{"snake_key": {"other_key": 1}}'::jsonb as some_json`.execute(db);
  expect(rows).toEqual([{ someJson: { snake_key: { other_key: 1 } } }]);
});

onPostgres("reads fail as unavailable while the database is unreachable, and succeed once it is back", async () => {
  const { port, hostname } = new URL(env.DATABASE_URL ?? "");
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(Number(port || 5432), hostname);
    for (const socket of [client, server]) sockets.add(socket.on("error", () => undefined).on("close", () => client.destroy()));
    client.pipe(server).pipe(client);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = proxy.address() as AddressInfo;
  const through = kyselyOn<Database>(async () => pool);
  const url = Object.assign(new URL(env.DATABASE_URL ?? ""), { host: `127.0.0.1:${address.port}` });
  const pool = postgresPool(url.href);
  const read = () => through.selectNoFrom(sql<number>`1`.as("one")).executeTakeFirst();
  expect(await read()).toEqual({ one: 1 });
  const closed = new Promise((resolve) => proxy.close(resolve));
  const pending = through.selectNoFrom(sql`pg_sleep(10)::text`.as("slow_away")).execute();
  const outcome = expect(pending).rejects.toSatisfy(isUnavailable);
  await vi.waitFor(() => expect(pool.idleCount).toBe(0));
  for (const socket of sockets) socket.destroy();
  await outcome;
  await closed;
  await expect(read()).rejects.toSatisfy(isUnavailable);
  await new Promise<void>((resolve) => proxy.listen(address.port, "127.0.0.1", resolve));
  expect(await read()).toEqual({ one: 1 });
  await through.destroy();
  for (const socket of sockets) socket.destroy();
  proxy.close();
});
