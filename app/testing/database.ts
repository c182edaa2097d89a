import { cp, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import { createDatabase, databaseName } from "#app/testing/template.ts";

// Runs before each test file, before the file imports anything of the app. The files of a project without isolation share a
// worker with its modules, so also the connection: the first file copies the template, and the others use that copy.
if (process.env.HAS_TEST_DATABASE === undefined) {
  const server = process.env.TEST_DATABASE_URL;
  const template = inject("template");
  const folder = await mkdtemp(join(inject("workersFolder"), "worker-"));
  if (server) {
    const copied = databaseName(template);
    process.env.DATABASE_URL = await createDatabase(server, `${copied}_${crypto.randomUUID().slice(0, 8)}`, copied);
  } else await cp(template, folder, { recursive: true });
  Object.assign(process.env, { DATA_DIR: folder, BETTER_AUTH_SECRET: "only-for-tests-only-for-tests-only", LOG_LEVEL: "silent" });
  process.env.HAS_TEST_DATABASE = "yes";
}
