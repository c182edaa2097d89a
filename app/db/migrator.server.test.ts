import { sql } from "kysely";
import { expect, test } from "vitest";
import { db } from "#app/db/database.server.ts";
import { isMigrated, migrate } from "#app/db/migrator.server.ts";
import { readiness } from "#app/http/readiness.server.ts";

test("what has been migrated is not migrated again, by however many at once", async () => {
  expect(await isMigrated()).toBe(true);
  expect(await Promise.all([migrate(), migrate()])).toEqual([[], []]);
  expect(await migrate()).toEqual([]);
});

test("migrations that have not run make the process unready, and run in their order", async () => {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  expect(await isMigrated()).toBe(false);
  expect(await readiness()).toBe("migrations pending");
  expect(await migrate()).toEqual(rows.map(({ name }) => name));
  expect(await readiness()).toBe("ready");
});
