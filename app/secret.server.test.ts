import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { env } from "#app/env.server.ts";

// Before anything of the app is loaded: as on a fresh machine, where nothing is set.
vi.hoisted(() => {
  vi.stubEnv("BETTER_AUTH_SECRET", "");
  vi.stubEnv("DATABASE_URL", "");
});
afterAll(() => vi.unstubAllEnvs());

test("without a secret one is made, which nobody else may read, and which the next start finds again", async () => {
  const { secret } = await import("#app/secret.server.ts");
  const file = join(env.DATA_DIR, "secret");
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(readFileSync(file, "utf8")).toBe(secret);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  vi.resetModules();
  expect((await import("#app/secret.server.ts")).secret).toBe(secret);
});
