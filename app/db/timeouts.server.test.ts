import { type Kysely, sql } from "kysely";
import { Client, type Pool } from "pg";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { kyselyOn } from "#app/db/database.server.ts";
import { migrationPool, omitStartupParameters, postgresPool } from "#app/db/pool.server.ts";
import { env } from "#app/env.server.ts";

// Hoisted above the imports: the shortest.
vi.hoisted(() => vi.stubEnv("DATABASE_STATEMENT_TIMEOUT", "1"));
afterAll(() => vi.unstubAllEnvs());

/** The embedded database has no time-outs. */
const onPostgres = test.skipIf(!env.DATABASE_URL);

const url = env.DATABASE_URL ?? "";

function open(pool: Pool): Kysely<unknown> {
  const opened = kyselyOn<unknown>(async () => pool);
  onTestFinished(() => opened.destroy());
  return opened;
}

async function valueIn(db: Kysely<unknown>, expression: string): Promise<unknown> {
  return (await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(db)).rows[0]?.value;
}

/** How many statements with that text run in the database. */
async function running(text: string): Promise<number | null> {
  const client = new Client(url);
  await client.connect();
  const { rowCount } = await client.query(
    "select from pg_stat_activity where query like $1 and state = 'active' and pid <> pg_backend_pid()",
    [`%${text}%`],
  );
  await client.end();
  return rowCount;
}

onPostgres("the server ends a statement that takes too long, and a transaction that does nothing", async () => {
  const db = open(postgresPool(url));
  await expect(sql`select pg_sleep(30)`.execute(db)).rejects.toMatchObject({ code: "57014", message: /statement timeout/ });
  expect(await valueIn(db, "current_setting('idle_in_transaction_session_timeout')")).toBe("1min");
});

onPostgres("where the server has no time-outs, the client cancels the statement", async () => {
  const pool = postgresPool(url);
  omitStartupParameters(pool);
  const db = open(pool);
  const connection = await valueIn(db, "pg_backend_pid()");
  await expect(sql`select pg_sleep(30) /* cancelled */`.execute(db)).rejects.toMatchObject({ code: "57014", message: /user request/ });
  expect(await running("/* cancelled */")).toBe(0);
  const transaction = db.transaction().execute(async (trx) => {
    await sql`create table half_done ()`.execute(trx);
    await sql`select pg_sleep(30)`.execute(trx);
  });
  await expect(transaction).rejects.toMatchObject({ code: "57014" });
  // The connection is as good as new.
  expect(await valueIn(db, "pg_backend_pid()")).toBe(connection);
  expect(await valueIn(db, "to_regclass('half_done')")).toBeNull();
});

onPostgres("a migration has no time-out, not even one of the database or the role", async () => {
  const database = sql.ref(new URL(url).pathname.slice(1));
  const owner = open(migrationPool(url));
  await sql`alter database ${database} set statement_timeout = '7s'`.execute(owner);
  await sql`alter database ${database} set idle_in_transaction_session_timeout = '7s'`.execute(owner);
  const db = open(migrationPool(url));
  for (const name of ["statement_timeout", "idle_in_transaction_session_timeout"])
    expect(await valueIn(db, `current_setting('${name}')`)).toBe("0");
});
