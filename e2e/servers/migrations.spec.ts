import { Client } from "pg";
import { emptyData, queryData } from "../support/data.ts";
import { hasPgBouncer, startPgBouncer } from "../support/pgbouncer.ts";
import { refusalOf } from "../support/refusal.ts";
import { launch, startServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

// A process starts and stops several times in one test.
test.describe.configure({ timeout: 120_000 });

/** Kysely's lock, which every version of Doable takes to migrate. */
const LOCK = "3853314791062309107";

test("on a database that a newer version has migrated, the server starts only if the migrations are compatible", async () => {
  await using first = await startServer();
  await first.stop();
  await queryData(first.env, "insert into kysely_migration (name, timestamp) values ('2999-01-01T00-00-newer', '2999-01-01')");
  expect(await refusalOf(first.env)).toBe(
    "Doable can't start: a newer version of Doable has changed the database (2999-01-01T00-00-newer): start that version, or a later one",
  );
  await queryData(first.env, "insert into schema_compatibility (name) values ('2999-01-01T00-00-newer')");
  const server = await first.restart();
  expect(server.log.filter((line) => line.includes("db.newer_schema"))).toHaveLength(1);
});

test.describe("on a Postgres", () => {
  test.skip(!process.env.TEST_DATABASE_URL, "needs a Postgres");

  test("a process that waits for another one's migrations says so after two seconds", async () => {
    const data = await emptyData();
    const holder = new Client(data.env.DATABASE_URL);
    await holder.connect();
    await holder.query(`select pg_advisory_lock(${LOCK})`);
    const launched = launch(data);
    const waiters = `
      select 1 from pg_locks where database = (select oid from pg_database where datname = current_database())
      and locktype = 'advisory' and not granted and clock_timestamp() - waitstart > '2.5 seconds'`;
    await expect.poll(async () => (await holder.query(waiters)).rowCount, { timeout: 60_000 }).toBe(1);
    await holder.end();
    await using server = await launched;
    const said = server.log.filter((line) => line.includes("waiting for another process that is migrating the database"));
    expect(said).toHaveLength(1);
  });

  test("pending migrations are refused through a pooler in transaction mode, and run through one in session mode", async () => {
    test.skip(!hasPgBouncer(), "There is no PgBouncer here.");
    const data = await emptyData();
    const direct = data.env.DATABASE_URL ?? "";
    await using pooler = await startPgBouncer(direct);
    await using sessions = await startPgBouncer(direct, { mode: "session" });
    const behind = { ...data.env, DATABASE_URL: pooler.url };
    const advice = "leads to a connection pooler, through which migrations can't run: set DATABASE_MIGRATION_URL to the direct URL";
    expect(await refusalOf(behind)).toContain(`DATABASE_URL ${advice}`);
    expect(await refusalOf({ ...behind, DATABASE_MIGRATION_URL: pooler.url })).toContain(`DATABASE_MIGRATION_URL ${advice}`);
    expect(await queryData(data.env, "select to_regclass('kysely_migration') as tables")).toEqual([{ tables: null }]);

    await using server = await launch(data, { DATABASE_URL: pooler.url, DATABASE_MIGRATION_URL: sessions.url });
    // With nothing to migrate the pooler is enough.
    await server.restart({ DATABASE_MIGRATION_URL: "" });
  });
});
