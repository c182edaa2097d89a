import { sql } from "kysely";
import { expect, test } from "vitest";
import { db } from "#app/db/database.server.ts";
import { isMigrated, migrate } from "#app/db/migrator.server.ts";
import { readiness } from "#app/server/readiness.server.ts";

test("what has been migrated is not migrated again, by however many at once", async () => {
  expect(await isMigrated()).toBe(true);
  expect(await Promise.all([migrate(), migrate()])).toEqual([[], []]);
  expect(await migrate()).toEqual([]);
});

test("a migration that has not run makes the process unready, and runs", async () => {
  const { rows } = await sql<{ name: string }>`select max(name) as name from kysely_migration`.execute(db);
  const name = rows[0]?.name ?? "";
  await db.schema.dropTable("task").execute();
  await db.schema.dropTable("list").execute();
  await db.schema.dropTable("change_sequence").execute();
  await sql`delete from kysely_migration where name = ${name}`.execute(db);
  expect(await isMigrated()).toBe(false);
  expect(await readiness()).toBe("migrations pending");
  expect(await migrate()).toEqual([name]);
  expect(await readiness()).toBe("ready");
});
