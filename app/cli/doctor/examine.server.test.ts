import { sql } from "kysely";
import { Client } from "pg";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureSigningKey } from "#app/auth/signing-key.server.ts";
import { examine } from "#app/cli/doctor/examine.server.ts";
import { db, openDatabase } from "#app/db/database.server.ts";
import { omitStartupParameters } from "#app/db/pool.server.ts";
import { env } from "#app/env.server.ts";
import { createTestUser } from "#app/testing/users.ts";

const onPostgres = test.skipIf(!env.DATABASE_URL);

beforeAll(async () => {
  await ensureSigningKey();
  await createTestUser();
});

async function findings(restore = false): Promise<Record<string, string>> {
  const found: [string, string][] = [];
  for await (const { check, state, text } of examine({ restore })) found.push([check, `${state} ${text}`]);
  return Object.fromEntries(found);
}

test("a database that is well passes every check, and its dump can be restored", async () => {
  const tables = await db.introspection.getTables();
  expect(await findings(true)).toEqual({
    database: expect.stringMatching(
      env.DATABASE_URL ? /^ok Postgres \d+\.\d+ on \S+, over a direct connection$/ : /^ok embedded Postgres 18\.\d+ in /,
    ),
    migrations: "ok all have run",
    secret: "ok BETTER_AUTH_SECRET decrypts the signing key",
    ...(env.DATABASE_URL && { "time-outs": "ok statements end after 30s, idle transactions after 1min" }),
    writes: "ok the database takes them",
    clock: "ok the database's clock differs by less than a second",
    restore: expect.stringMatching(new RegExp(`^ok a dump restored all \\d\\d rows of ${tables.length + 2} tables$`)),
    disk: expect.stringMatching(/^\w+ \d+\.\d GB are free in \//),
  });
  expect((await sql`select from verification`.execute(db)).rows).toEqual([]);
});

test("migrations that have not run, and those of a newer version, are named", async () => {
  const { rows } = await sql<{ name: string; timestamp: string }>`
    delete from kysely_migration where name = (select max(name) from kysely_migration) returning name, timestamp
  `.execute(db);
  expect((await findings()).migrations).toBe(`warn 1 have not run (the first is ${rows[0]?.name}): the next start runs them`);
  await sql`insert into kysely_migration values (${rows[0]?.name}, ${rows[0]?.timestamp}), ('2099-01-01', '')`.execute(db);
  expect((await findings()).migrations).toMatch(/^fail a newer version of Doable has changed the database \(2099-01-01\): start that/);
  await sql`insert into schema_compatibility values ('2099-01-01')`.execute(db);
  expect((await findings()).migrations).toBe("ok all have run, and 1 of a newer version that this one is compatible with");
  await sql`delete from kysely_migration where name = '2099-01-01'`.execute(db);
});

test("a secret that does not decrypt the signing key is reported, with both ways out", async () => {
  const { rows } = await sql<{ privateKey: string }>`select private_key from jwks`.execute(db);
  await sql`update jwks set private_key = '"00"'`.execute(db);
  expect((await findings()).secret).toMatch(/^fail BETTER_AUTH_SECRET is not the secret .* Bring the old secret back, or run/);
  await sql`update jwks set private_key = ${rows[0]?.privateKey}`.execute(db);
});

test("a database that only reads is reported", async () => {
  // The next statement gets the same connection.
  await sql`set default_transaction_read_only = on`.execute(db);
  expect((await findings()).writes).toMatch(/^fail cannot execute INSERT in a read-only transaction: free some space, or make/);
  await sql`set default_transaction_read_only = off`.execute(db);
});

onPostgres("missing time-outs are reported, with the statements that set them for the role", async () => {
  const { pool } = await openDatabase();
  const { statement_timeout, idle_in_transaction_session_timeout } = pool.options;
  onTestFinished(() => void Object.assign(pool.options, { statement_timeout, idle_in_transaction_session_timeout }));
  omitStartupParameters(pool);
  const other = new Client(env.DATABASE_URL);
  await other.connect();
  onTestFinished(() => other.end());
  const endConnections = () =>
    other.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
  await endConnections();
  const { user } = other;
  expect((await findings())["time-outs"]).toBe(
    `warn the pooler does not pass them on: alter role ${user} set statement_timeout = '30s'; alter role ${user} set idle_in_transaction_session_timeout = '60s';`,
  );
  await other.query(`alter database ${other.database} set statement_timeout = '10s'`);
  await endConnections();
  expect((await findings())["time-outs"]).toBe(
    `warn the pooler does not pass them on: alter role ${user} set idle_in_transaction_session_timeout = '60s';`,
  );
});
