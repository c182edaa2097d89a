import { afterAll, expect, test, vi } from "vitest";
import { poolConfig } from "#app/db/pool.server.ts";

// Hoisted above the imports: they differ from the defaults.
vi.hoisted(() => {
  vi.stubEnv("DATABASE_POOL_MAX", "3");
  vi.stubEnv("DATABASE_STATEMENT_TIMEOUT", "2");
});
afterAll(() => vi.unstubAllEnvs());

function sslMode(query: string): string | null {
  return new URL(poolConfig(`postgres://db.example/doable${query}`).connectionString ?? "").searchParams.get("sslmode");
}

test("every time-out of the pool is finite, and its size is DATABASE_POOL_MAX", () => {
  expect(poolConfig("postgres://db.example/doable")).toEqual({
    connectionString: "postgres://db.example/doable",
    enableChannelBinding: true,
    max: 3,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 300,
    statement_timeout: 2_000,
    query_timeout: 8_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
  });
});

test("a URL that asks for TLS gets the certificate verified too, and TLS is not added to others", () => {
  for (const mode of ["prefer", "require", "verify-ca", "verify-full"]) expect(sslMode(`?sslmode=${mode}`), mode).toBe("verify-full");
  for (const mode of ["disable", "no-verify"]) expect(sslMode(`?sslmode=${mode}`), mode).toBe(mode);
  expect(sslMode("")).toBeNull();
});

test("with uselibpqcompat the modes keep libpq's own meaning", () => {
  for (const mode of ["prefer", "require", "verify-ca"]) expect(sslMode(`?uselibpqcompat=true&sslmode=${mode}`), mode).toBe(mode);
});

test("the other parts of the URL are kept", () => {
  const { connectionString } = poolConfig("postgres://robin:p%40ss@db.example:6432/doable?application_name=x&sslmode=require");
  expect(connectionString).toBe("postgres://robin:p%40ss@db.example:6432/doable?application_name=x&sslmode=verify-full");
});

test("channel binding is enabled unless the URL disables it", () => {
  for (const [query, isBound] of [
    ["", true],
    ["?channel_binding=prefer", true],
    ["?channel_binding=require", true],
    ["?channel_binding=disable", false],
  ] as const)
    expect(poolConfig(`postgres://db.example/doable${query}`).enableChannelBinding, query).toBe(isBound);
});
