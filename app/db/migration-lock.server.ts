import { type Kysely, PostgresAdapter, sql } from "kysely";
import { CannotStart } from "#app/cannot-start.ts";
import { isLockTimeout } from "#app/db/errors.ts";
import { log } from "#app/log.server.ts";

/** Kysely's own lock, so that processes of earlier versions wait for us and we for them. */
const LOCK_ID = "3853314791062309107";

/** Milliseconds. */
const WAIT = { untilNotice: 2_000, atMost: 60_000 };

/** Waits for the migration lock in sight of the operator, and not for an hour as Kysely does. */
export class MigrationLockAdapter extends PostgresAdapter {
  readonly #wait: typeof WAIT;

  constructor(wait = WAIT) {
    super();
    this.#wait = wait;
  }

  /** Rejects with `CannotStart`. */
  // biome-ignore lint/suspicious/noExplicitAny: Kysely's own signature.
  override async acquireMigrationLock(db: Kysely<any>): Promise<void> {
    const { untilNotice, atMost } = this.#wait;
    const notice = setTimeout(
      () => log.warn({ event: "db.migration_waiting" }, "waiting for another process that is migrating the database"),
      untilNotice,
    );
    try {
      await sql`
        with wait as (select set_config('lock_timeout', ${sql.lit(String(atMost))}, true) as value)
        select pg_advisory_lock(${sql.lit(LOCK_ID)}::bigint) from wait
      `.execute(db);
    } catch (error) {
      throw isLockTimeout(error) ? new CannotStart(heldFor(atMost)) : error;
    } finally {
      clearTimeout(notice);
    }
  }
}

function heldFor(milliseconds: number): string {
  const holder = `select pid from pg_locks where locktype = 'advisory' and granted`;
  return `another connection has held the migration lock for ${milliseconds / 1000} s: start again when that migration has ended, or end the connection ("${holder}")`;
}
