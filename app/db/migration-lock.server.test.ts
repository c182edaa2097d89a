import { PostgresAdapter, sql } from "kysely";
import { expect, onTestFinished, test, vi } from "vitest";
import { CannotStart } from "#app/cannot-start.ts";
import { db, kyselyOn } from "#app/db/database.server.ts";
import { MigrationLockAdapter } from "#app/db/migration-lock.server.ts";
import { migrate } from "#app/db/migrator.server.ts";
import { postgresPool } from "#app/db/pool.server.ts";
import { env } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";

// A lock needs two connections.
const onPostgres = test.skipIf(!env.DATABASE_URL);

/** The lock of a process with an earlier version. Released at the end of the test. */
async function holdLock(): Promise<void> {
  const other = kyselyOn<unknown>(async () => postgresPool(env.DATABASE_URL ?? ""));
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const { promise: held, resolve: hold } = Promise.withResolvers<void>();
  const holding = other.connection().execute(async (connection) => {
    await new PostgresAdapter().acquireMigrationLock(connection, {} as never);
    hold();
    await finished;
  });
  onTestFinished(async () => {
    finish();
    await holding;
    await other.destroy();
  });
  await held;
}

/** And releases it. */
function acquire(untilNotice: number, atMost: number): Promise<void> {
  const adapter = new MigrationLockAdapter({ untilNotice, atMost });
  return db.connection().execute(async (connection) => {
    await adapter.acquireMigrationLock(connection);
    await adapter.releaseMigrationLock(connection, {} as never);
  });
}

/** How often a process has said that it waits. A slow statement is a warning too. */
function spyOnNotices(): () => number {
  const warn = vi.spyOn(log, "warn");
  onTestFinished(() => warn.mockRestore());
  return () => warn.mock.calls.filter(([fields]) => (fields as { event?: unknown }).event === "db.migration_waiting").length;
}

onPostgres("a process that waits for the migration lock says so, and gives up in the end", async () => {
  const notices = spyOnNotices();
  await holdLock();
  const error = await acquire(50, 300).catch((reason) => reason);
  expect(error).toBeInstanceOf(CannotStart);
  expect(error.message).toMatch(/^another connection has held the migration lock for 0\.3 s/);
  expect(notices()).toBe(1);
});

onPostgres("a process that gets the migration lock at once says nothing", async () => {
  const notices = spyOnNotices();
  await acquire(50, 300);
  await sql`select pg_sleep(0.1)`.execute(db);
  expect(notices()).toBe(0);
});

onPostgres("a process without pending migrations does not wait for one that migrates", async () => {
  await holdLock();
  expect(await migrate()).toEqual([]);
});
