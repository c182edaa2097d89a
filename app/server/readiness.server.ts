import { isMigrated } from "#app/db/migrator.server.ts";

/** Whether requests should be sent here: the database answers, and its schema is this version's. */
export function readiness(): Promise<"ready" | "migrations pending" | "database unreachable"> {
  return isMigrated().then(
    (migrated) => (migrated ? "ready" : "migrations pending"),
    () => "database unreachable",
  );
}
