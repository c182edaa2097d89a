import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { createDatabase, dropDatabase } from "#app/testing/template.ts";

// Before each test file, and before it loads anything of the app: a copy of the migrated database for it alone.
const template = inject("template");
const server = process.env.TEST_DATABASE_URL;
const folder = await mkdtemp(join(tmpdir(), "doable-test-"));
if (server) process.env.DATABASE_URL = await createDatabase(server, template);
else await cp(template, folder, { recursive: true });
Object.assign(process.env, { DATA_DIR: folder, BETTER_AUTH_SECRET: "only-for-tests-only-for-tests-only", LOG_LEVEL: "silent" });

afterAll(async () => {
  const { closeDatabase } = await import("#app/db/database.server.ts");
  await closeDatabase();
  if (server && process.env.DATABASE_URL) await dropDatabase(server, process.env.DATABASE_URL);
  await rm(folder, { recursive: true });
});
