import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import { db } from "#app/db/database.server.ts";
import { isUnavailable } from "#app/db/errors.ts";
import { isMigrated } from "#app/db/migrator.server.ts";
import { isReachable } from "#app/db/reachable.server.ts";
import { areWritesFailing, noteReadOnly } from "#app/db/write-health.server.ts";

interface Readiness {
  state: "ready" | "stopping" | "migrations pending" | "database unreachable";
  /** Whether writes fail, of a database that is ready for reads. */
  isReadOnly: boolean;
  /** Whether the database can be reached, but gave no answer in time. */
  isBusy: boolean;
}

/** Milliseconds for the pool to answer. Those who ask often wait no longer than one second. */
const BUSY_AFTER = 500;

const UNREACHABLE: Readiness = { state: "database unreachable", isReadOnly: false, isBusy: false };

/** Concurrent calls share these. */
let pending: Promise<Readiness> | undefined;
let pendingCheck: Promise<Readiness> | undefined;
/** Servers listen only after migrating. */
let latest: Readiness = { state: "ready", isReadOnly: false, isBusy: false };
let stopping = false;

/** From now on the process is not ready. */
export function announceStop(): void {
  stopping = true;
}

export function isStopping(): boolean {
  return stopping;
}

/** Checks that the process is not stopping, that the database can be reached and that its schema is of this version. */
export function readiness(): Promise<Readiness> {
  if (stopping) return Promise.resolve({ state: "stopping", isReadOnly: false, isBusy: false });
  pending ??= inTime().finally(() => {
    pending = undefined;
  });
  return pending;
}

/** Where the pool does not answer in time, a connection of its own tells a busy database from one that is away. */
async function inTime(): Promise<Readiness> {
  try {
    const answer = await Promise.race([check(), delay(BUSY_AFTER)]);
    if (answer) return answer;
  } catch (error) {
    if (!isUnavailable(error)) return UNREACHABLE;
  }
  return (await isReachable()) ? { ...latest, isBusy: true } : UNREACHABLE;
}

/** Waits for a connection of the pool, so at most one of them runs. */
function check(): Promise<Readiness> {
  pendingCheck ??= checkDatabase().finally(() => {
    pendingCheck = undefined;
  });
  return pendingCheck;
}

async function checkDatabase(): Promise<Readiness> {
  if (await isMigrated()) {
    await checkWrites();
    latest = { state: "ready", isReadOnly: areWritesFailing(), isBusy: false };
  } else latest = { state: "migrations pending", isReadOnly: false, isBusy: false };
  return latest;
}

/** A standby, or a database that an operator made read-only, is found without a write. */
async function checkWrites(): Promise<void> {
  const readOnly = sql<{ readOnly: boolean }>`
    select pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' as read_only
  `;
  const { rows } = await readOnly.execute(db);
  noteReadOnly(rows[0]?.readOnly === true);
}
