import { sql } from "kysely";
import { expect, test } from "vitest";
import { db } from "#app/db/database.server.ts";
import { isMigrated, migrate } from "#app/db/migrator.server.ts";
import { readiness } from "#app/http/readiness.server.ts";

test("migrations do not run twice, even when several processes migrate at once", async () => {
  expect(await isMigrated()).toBe(true);
  expect(await Promise.all([migrate(), migrate()])).toEqual([[], []]);
  expect(await migrate()).toEqual([]);
});

test("pending migrations make the process unready, and run in order", async () => {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  expect(await isMigrated()).toBe(false);
  expect(await readiness()).toMatchObject({ state: "migrations pending" });
  expect(await migrate()).toEqual(rows.map(({ name }) => name));
  expect(await readiness()).toEqual({ state: "ready", isReadOnly: false });
});
