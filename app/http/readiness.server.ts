import { isMigrated } from "#app/db/migrator.server.ts";

type Readiness = "ready" | "stopping" | "migrations pending" | "database unreachable";

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
  if (stopping) return Promise.resolve("stopping");
  pending ??= check().finally(() => {
    pending = undefined;
  });
  return pending;
}

function check(): Promise<Readiness> {
  return isMigrated().then(
    (migrated) => (migrated ? "ready" : "migrations pending"),
    () => "database unreachable",
  );
}
