import { isMigrated } from "#app/db/migrator.server.ts";

type Readiness = "ready" | "migrations pending" | "database unreachable";

let pending: Promise<Readiness> | undefined;

export function readiness(): Promise<Readiness> {
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
