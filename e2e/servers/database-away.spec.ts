import { expect, test } from "@playwright/test";
import { Client } from "pg";
import { call, exchangeKey, makeAccessKey, newPerson, newTask, problemOf, submit } from "../support/api.ts";
import { freePort, run, startServer } from "../support/server.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";
import { anyAddress } from "../support/test.ts";

test.skip(!process.env.TEST_DATABASE_URL, "the embedded database lives in the server and is never away");

// The server starts twice in one test.
test.describe.configure({ timeout: 120_000 });

test("the server waits for a database that is down at the start", async () => {
  await using server = await startServer();
  await using proxy = await startTcpProxy(server.env.DATABASE_URL ?? "");
  proxy.cut();
  const restarting = server.restart({ DATABASE_URL: proxy.url });
  await expect.poll(() => proxy.refused).toBeGreaterThan(1);
  proxy.join();
  const restarted = await restarting;
  const waited = restarted.log.map((line) => JSON.parse(line)).filter(({ event }) => event === "db.unavailable");
  expect(waited.length).toBeGreaterThan(0);
  for (const line of waited)
    expect(line).toMatchObject({ level: "warn", msg: "waiting for the database", reason: expect.stringMatching(/./) });
});

test("after 30 seconds without a database the start fails with one line", async () => {
  const env = { DATABASE_URL: `postgres://127.0.0.1:${await freePort()}/doable`, BETTER_AUTH_SECRET: crypto.randomUUID() };
  const { code, output } = await run("build/server/index.js", { ...env, PORT: String(await freePort()) });
  expect(code).toBe(1);
  expect(output.at(-1)).toMatch(/Doable can't start: the database has not answered for 30 s: .*ECONNREFUSED/);
  expect(output.filter((line) => !line.includes("waiting for the database"))).toHaveLength(1);
});

test("while the database is down every route responds with 503; afterwards sessions are still valid", async () => {
  await using first = await startServer();
  await using proxy = await startTcpProxy(first.env.DATABASE_URL ?? "");
  const server = await first.restart({ DATABASE_URL: proxy.url });
  const person = await newPerson(server);
  const { token, cookie } = person;
  const key = await makeAccessKey(server, person, "Nightly", ["tasks:read"]);
  const { id } = await newTask(server, token);

  proxy.cut();
  for (const [path, request] of [
    ["/api/me", {}],
    ["/api/me/tasks", {}],
    [`/api/me/tasks/${id}`, {}],
    ["/api/me/tasks", { json: { title: "Pay rent" } }],
    [`/api/me/tasks/${id}`, { method: "PATCH", json: { priority: 1 } }],
    [`/api/me/tasks/${id}`, { method: "DELETE" }],
  ] as const) {
    const answer = await call(server, path, { token, ...request });
    await problemOf(answer, 503, "unavailable");
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
  }
  await problemOf(await exchangeKey(server, key), 503, "unavailable");
  await problemOf(await call(server, "/.well-known/jwks.json"), 503, "unavailable");
  for (const path of ["/tasks", "/settings/access-keys", "/login"]) {
    const page = await call(server, path, { headers: { Cookie: cookie } });
    expect(page.status, path).toBe(503);
    expect(page.headers.getSetCookie(), path).toEqual([]);
    expect(Number(page.headers.get("Retry-After")), path).toBeGreaterThan(0);
    expect(await page.text()).toContain("Doable can&#x27;t answer right now");
  }
  const { email, password } = person.account;
  const form: [string, string][] = [
    ["email", email],
    ["password", password],
  ];
  expect((await submit(server, "/login", form, { "X-Forwarded-For": anyAddress() })).status).toBe(503);
  expect(
    (
      await submit(
        server,
        "/tasks",
        [
          ["intent", "add"],
          ["title", "Pay rent"],
        ],
        { Cookie: cookie },
      )
    ).status,
  ).toBe(503);
  const ready = await call(server, "/readyz");
  expect(ready.status).toBe(503);
  expect(await ready.text()).toBe("database unreachable\n");
  expect((await call(server, "/healthz")).status).toBe(200);
  expect((await call(server, "/login")).status).toBe(200);

  proxy.join();
  await expect.poll(async () => (await call(server, "/readyz")).status).toBe(200);
  expect((await call(server, "/tasks", { headers: { Cookie: cookie } })).status).toBe(200);
  expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toMatchObject([{ id, version: 1 }]);
  expect((await exchangeKey(server, key)).status).toBe(200);
  expect(server.process.exitCode).toBeNull();
});

test("idle connections that were lost cause no error for reads", async () => {
  await using first = await startServer();
  await using proxy = await startTcpProxy(first.env.DATABASE_URL ?? "");
  const server = await first.restart({ DATABASE_URL: proxy.url });
  const { token, cookie } = await newPerson(server);
  for (let time = 1; time <= 5; time++) {
    proxy.cut();
    proxy.join();
    expect((await call(server, "/api/me/tasks", { token })).status).toBe(200);
    proxy.cut();
    proxy.join();
    expect((await call(server, "/tasks", { headers: { Cookie: cookie } })).status).toBe(200);
  }
});

test("a page whose query fails after the session was read shows the 503 page", async () => {
  await using first = await startServer();
  await using proxy = await startTcpProxy(first.env.DATABASE_URL ?? "");
  const server = await first.restart({ DATABASE_URL: proxy.url });
  const { cookie } = await newPerson(server);
  const lock = new Client(first.env.DATABASE_URL);
  await lock.connect();
  for (const path of ["/today", "/today.data"]) {
    await lock.query("begin; lock table task in access exclusive mode");
    const asked = call(server, path, { headers: { Cookie: cookie } });
    const waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    await expect.poll(async () => (await lock.query(waiting)).rowCount).toBeGreaterThan(0);
    proxy.cut();
    const page = await asked;
    expect(page.status, path).toBe(503);
    if (path === "/today") expect(Number(page.headers.get("Retry-After"))).toBeGreaterThan(0);
    await lock.query("rollback");
    proxy.join();
    await expect.poll(async () => (await call(server, "/readyz")).status).toBe(200);
  }
  await lock.end();
});

test("only migrations use DATABASE_MIGRATION_URL", async () => {
  await using first = await startServer();
  await using proxy = await startTcpProxy(first.env.DATABASE_URL ?? "");
  const server = await first.restart({ DATABASE_MIGRATION_URL: proxy.url });
  expect(proxy.passed).toBeGreaterThan(0);
  await expect.poll(() => proxy.open()).toBe(0);
  proxy.cut();
  const { token, cookie } = await newPerson(server);
  await newTask(server, token);
  for (const path of ["/api/me/tasks", "/readyz"]) expect((await call(server, path, { token })).status, path).toBe(200);
  expect((await call(server, "/today", { headers: { Cookie: cookie } })).status).toBe(200);
  expect(proxy.refused).toBe(0);
});
