import { isMigrated } from "#app/db/migrator.server.ts";

type Readiness = "ready" | "migrations pending" | "database unreachable";

let asking: Promise<Readiness> | undefined;

/** Whether requests should be sent here: the database answers, and its schema is this version's. Whoever asks meanwhile gets the same answer. */
export function readiness(): Promise<Readiness> {
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  return asking;
}

function ask(): Promise<Readiness> {
  return isMigrated().then(
    (migrated) => (migrated ? "ready" : "migrations pending"),
    () => "database unreachable",
  );
}
