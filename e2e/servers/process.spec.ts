import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { call, newPerson, newTask } from "../support/api.ts";
import { freePort, run, startServer } from "../support/server.ts";
import { bearer, expect, test } from "../support/test.ts";

// A process starts and stops several times in one test.
test.describe.configure({ timeout: 120_000 });

const PROGRAM = "build/server/index.js";

test("on a signal the server finishes running requests, accepts no new ones and exits with 0", async () => {
  await using server = await startServer();
  const { token } = await newPerson(server);
  const headers = { ...bearer(token), "Content-Type": "application/json", Expect: "100-continue", "Transfer-Encoding": "chunked" };
  const slow = request(`${server.url}/api/me/tasks`, { method: "POST", headers });
  const answered: Promise<[IncomingMessage]> = once(slow, "response") as never;
  slow.flushHeaders();
  await once(slow, "continue");
  slow.write('{"title": ');

  server.process.kill("SIGTERM");
  // It takes new connections for two seconds more, in which proxies see that it is not ready.
  const isTaken = () => call(server, "/healthz", { headers: { Connection: "close" } }).then(Boolean, () => false);
  await expect.poll(isTaken).toBe(false);
  expect(server.process.exitCode).toBeNull();
  slow.end('"Pay rent"}');
  const [response] = await answered;
  expect(response.statusCode).toBe(201);
  const task = JSON.parse(await text(response));
  await expect.poll(() => server.process.exitCode).toBe(0);

  const restarted = await server.restart();
  expect((await call(restarted, `/api/me/tasks/${task.id}`, { token })).status).toBe(200);
});

test("on a signal the server waits at most ten seconds for endless requests, and exits with 0", async () => {
  await using server = await startServer();
  const { token } = await newPerson(server);
  const headers = { ...bearer(token), "Content-Type": "application/json", Expect: "100-continue", "Transfer-Encoding": "chunked" };
  const endless = request(`${server.url}/api/me/tasks`, { method: "POST", headers });
  const cut = once(endless, "error");
  endless.flushHeaders();
  await once(endless, "continue");
  endless.write('{"title": ');
  const began = performance.now();
  server.process.kill("SIGTERM");
  await cut;
  await expect.poll(() => server.process.exitCode, { timeout: 20_000 }).toBe(0);
  const seconds = (performance.now() - began) / 1000;
  expect(seconds).toBeGreaterThan(9.5);
  expect(seconds).toBeLessThan(14);
});

test("a second process on the same data fails with one line, and the first continues", async ({ server }) => {
  test.skip(server.env.DATABASE_URL !== undefined, "any number of processes may use a Postgres");
  const { code, output } = await run(PROGRAM, { ...server.env, PORT: String(await freePort()) });
  expect(code).toBe(1);
  expect(output).toHaveLength(1);
  expect(output[0]).toContain(`another process is using ${server.env.DATA_DIR}`);
  const { token } = await newPerson(server);
  expect((await newTask(server, token)).version).toBe(1);
});

test("a port in use is reported in one line", async ({ server }) => {
  await using other = await startServer();
  await other.stop();
  const { code, output } = await run(PROGRAM, { ...other.env, PORT: server.env.PORT ?? "" });
  expect(code).toBe(1);
  expect(output).toHaveLength(1);
  expect(output[0]).toContain(`${server.env.PORT}`);
  expect(output[0]).not.toContain("    at ");
});

test("with DATABASE_URL and no secret the server does not start", async () => {
  const { code, output } = await run(PROGRAM, { DATABASE_URL: "postgres://127.0.0.1:1/doable" });
  expect(code).toBe(1);
  expect(output).toEqual([
    "Doable can't start, its environment is wrong:",
    expect.stringMatching(/^ {2}BETTER_AUTH_SECRET is required when DATABASE_URL is set/),
    "See .env.example.",
  ]);
});

test("with a short secret the server does not start, and does not show it", async () => {
  const { code, output } = await run(PROGRAM, { DATABASE_URL: "postgres://127.0.0.1:1/doable", BETTER_AUTH_SECRET: "hunter2" });
  expect(code).toBe(1);
  expect(output).toEqual([
    "Doable can't start, its environment is wrong:",
    "  BETTER_AUTH_SECRET must have at least 32 characters",
    "See .env.example.",
  ]);
});

test("every invalid variable is reported at once", async () => {
  const { code, output } = await run(PROGRAM, {
    PORT: "http",
    DATABASE_URL: "mysql://127.0.0.1/doable",
    DATABASE_MIGRATION_URL: "127.0.0.1",
    DATABASE_POOL_MAX: "0",
    DATABASE_STATEMENT_TIMEOUT: "0",
    BETTER_AUTH_SECRET: "short",
    BETTER_AUTH_URL: "https://doable.example/app",
    BETTER_AUTH_JWKS_URL: "file:///etc/passwd",
    JWT_ALGORITHM: "HS256",
    JWT_ROTATION_DAYS: "-1",
    JWT_GRACE_DAYS: "a week",
    API_READS_PER_MINUTE: "1.5",
    API_WRITES_PER_MINUTE: "",
    REDIS_URL: "127.0.0.1:6379",
    CORS_ORIGINS: "*",
    TRUST_PROXY: "true",
    METRICS_TOKEN: "x",
    LOG_LEVEL: "loud",
  });
  expect(code).toBe(1);
  expect(output[0]).toBe("Doable can't start, its environment is wrong:");
  expect(output.at(-1)).toBe("See .env.example.");
  expect(
    output
      .slice(1, -1)
      .map((line) => line.trim().split(" ", 1)[0])
      .sort(),
  ).toEqual([
    "API_READS_PER_MINUTE",
    "BETTER_AUTH_JWKS_URL",
    "BETTER_AUTH_SECRET",
    "BETTER_AUTH_URL",
    "CORS_ORIGINS",
    "DATABASE_MIGRATION_URL",
    "DATABASE_POOL_MAX",
    "DATABASE_STATEMENT_TIMEOUT",
    "DATABASE_URL",
    "JWT_ALGORITHM",
    "JWT_GRACE_DAYS",
    "JWT_ROTATION_DAYS",
    "LOG_LEVEL",
    "METRICS_TOKEN",
    "PORT",
    "REDIS_URL",
    "TRUST_PROXY",
  ]);
});
