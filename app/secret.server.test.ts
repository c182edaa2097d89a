import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { env } from "#app/env.server.ts";

// Hoisted above the imports: a fresh machine without any variable set.
vi.hoisted(() => {
  vi.stubEnv("BETTER_AUTH_SECRET", "");
  vi.stubEnv("DATABASE_URL", "");
});
afterAll(() => vi.unstubAllEnvs());

test("without a secret, one is generated, readable only by the owner, and reused at the next start", async () => {
  const { secret } = await import("#app/secret.server.ts");
  const file = join(env.DATA_DIR, "secret");
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(readFileSync(file, "utf8")).toBe(secret);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  vi.resetModules();
  expect((await import("#app/secret.server.ts")).secret).toBe(secret);
});
