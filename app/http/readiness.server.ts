import { sql } from "kysely";
import { db } from "#app/db/database.server.ts";
import { isMigrated } from "#app/db/migrator.server.ts";
import { areWritesFailing, noteReadOnly } from "#app/db/write-health.server.ts";

interface Readiness {
  state: "ready" | "stopping" | "migrations pending" | "database unreachable";
  /** Whether writes fail, of a database that is ready for reads. */
  isReadOnly: boolean;
}

let pending: Promise<Readiness> | undefined;
let stopping = false;

/** From now on the process is not ready. */
export function announceStop(): void {
  stopping = true;
}

export function isStopping(): boolean {
  return stopping;
}

/**
 * Checks that the process is not stopping, that the database responds and that its schema is of this version.
 * Concurrent calls share one check.
 */
export function readiness(): Promise<Readiness> {
  if (stopping) return Promise.resolve({ state: "stopping", isReadOnly: false });
  pending ??= check().finally(() => {
    pending = undefined;
  });
  return pending;
}

async function check(): Promise<Readiness> {
  try {
    if (!(await isMigrated())) return { state: "migrations pending", isReadOnly: false };
    await checkWrites();
    return { state: "ready", isReadOnly: areWritesFailing() };
  } catch {
    return { state: "database unreachable", isReadOnly: false };
  }
}

/** A standby, or a database that an operator made read-only, is found without a write. */
async function checkWrites(): Promise<void> {
  const readOnly = sql<{ readOnly: boolean }>`
    select pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' as read_only
  `;
  const { rows } = await readOnly.execute(db);
  noteReadOnly(rows[0]?.readOnly === true);
}
