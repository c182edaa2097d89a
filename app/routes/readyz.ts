import { isMigrated } from "#app/db/migrator.server.ts";

/** Whether requests should be sent here: the database answers, and its schema is this version's. */
export async function loader() {
  const state = await isMigrated().then(
    (migrated) => (migrated ? "ready" : "migrations pending"),
    () => "database unreachable",
  );
  return new Response(`${state}\n`, {
    status: state === "ready" ? 200 : 503,
    headers: { "Content-Type": "text/plain", "Cache-Control": "no-store" },
  });
}
