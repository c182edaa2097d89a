import { afterAll, expect, test, vi } from "vitest";
import { poolConfig } from "#app/db/pool.server.ts";

// Before anything of the app is loaded: another number than the default.
vi.hoisted(() => vi.stubEnv("DATABASE_POOL_MAX", "3"));
afterAll(() => vi.unstubAllEnvs());

function sslMode(query: string): string | null {
  return new URL(poolConfig(`postgres://db.example/doable${query}`).connectionString ?? "").searchParams.get("sslmode");
}

test("a connection is waited for, kept idle and used for a while and no longer, and there are as many as the environment says", () => {
  expect(poolConfig("postgres://db.example/doable")).toEqual({
    connectionString: "postgres://db.example/doable",
    enableChannelBinding: true,
    max: 3,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 300,
    query_timeout: 30_000,
    keepAlive: true,
  });
});

test("a migration may take as long as it takes, and has every other limit", () => {
  const url = "postgres://db.example/doable";
  expect(poolConfig(url, { query_timeout: 0 })).toEqual({ ...poolConfig(url), query_timeout: 0 });
});

test("whatever asks for TLS gets the certificate verified as well, and nothing asks for it by itself", () => {
  for (const mode of ["prefer", "require", "verify-ca", "verify-full"]) expect(sslMode(`?sslmode=${mode}`), mode).toBe("verify-full");
  for (const mode of ["disable", "no-verify"]) expect(sslMode(`?sslmode=${mode}`), mode).toBe(mode);
  expect(sslMode("")).toBeNull();
});

test("with uselibpqcompat the modes keep libpq's own meaning", () => {
  for (const mode of ["prefer", "require", "verify-ca"]) expect(sslMode(`?uselibpqcompat=true&sslmode=${mode}`), mode).toBe(mode);
});

test("nothing else of the URL is lost", () => {
  const { connectionString } = poolConfig("postgres://robin:p%40ss@db.example:6432/doable?application_name=x&sslmode=require");
  expect(connectionString).toBe("postgres://robin:p%40ss@db.example:6432/doable?application_name=x&sslmode=verify-full");
});

test("channels are bound where the server offers it, unless the URL says otherwise", () => {
  for (const [query, isBound] of [
    ["", true],
    ["?channel_binding=prefer", true],
    ["?channel_binding=require", true],
    ["?channel_binding=disable", false],
  ] as const)
    expect(poolConfig(`postgres://db.example/doable${query}`).enableChannelBinding, query).toBe(isBound);
});
