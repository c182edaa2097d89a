import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { env } from "#app/env.server.ts";

// Hoisted above the imports: a fresh machine without any variable set.
vi.hoisted(() => {
  vi.stubEnv("BETTER_AUTH_SECRET", "");
  vi.stubEnv("DATABASE_URL", "");
});
afterAll(() => vi.unstubAllEnvs());

const file = join(env.DATA_DIR, "secret");

beforeEach(() => rmSync(file, { recursive: true, force: true }));

/** As in a process that has just started. */
async function start() {
  vi.resetModules();
  return import("#app/secret.server.ts");
}

test("importing the app creates no secret", async () => {
  const before = readdirSync(env.DATA_DIR);
  const { hasSecret, secret } = await start();
  await import("#app/auth/auth.server.ts");
  expect(hasSecret()).toBe(false);
  expect(() => secret()).toThrow(`there is no secret in ${file}`);
  expect(readdirSync(env.DATA_DIR)).toEqual(before);
});

test("a generated secret is readable only by the owner, and reused at the next start", async () => {
  const first = await start();
  first.createSecret();
  const secret = first.secret();
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(readFileSync(file, "utf8")).toBe(secret);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await start()).secret()).toBe(secret);
});

test("a secret that has lost a part of its content counts as gone", async () => {
  for (const text of ["", "\n", "a".repeat(31)]) {
    writeFileSync(file, text);
    expect((await start()).hasSecret()).toBe(false);
  }
  writeFileSync(file, `${"a".repeat(32)}\n`);
  expect((await start()).secret()).toBe("a".repeat(32));
});

test("a secret that can't be read is not taken for a missing one", async () => {
  mkdirSync(file);
  const { hasSecret } = await start();
  expect(() => hasSecret()).toThrow(`the secret in ${file} can't be read: EISDIR`);
});
