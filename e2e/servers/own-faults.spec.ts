import { expect, test } from "@playwright/test";
import { Client } from "pg";
import { call, exchangeKey, makeAccessKey, newPerson, newTask, problemOf, submit } from "../support/api.ts";
import { newAccount } from "../support/people.ts";
import { type DoableServer, startServer } from "../support/server.ts";
import { anyAddress } from "../support/test.ts";

test.skip(!process.env.TEST_DATABASE_URL, "another connection makes the tables unreadable");

// A server starts twice in one test.
test.describe.configure({ timeout: 120_000 });

/** Runs a statement on the server's database. */
async function execute({ env }: DoableServer, statement: string, options = ""): Promise<void> {
  const client = new Client({ connectionString: env.DATABASE_URL, options });
  await client.connect();
  await client.query(statement);
  await client.end();
}

test("no request is told 401 or 500 while a table can't be read: it is told to come again", async () => {
  await using server = await startServer();
  const person = await newPerson(server);
  const { account, cookie, token } = person;
  const key = await makeAccessKey(server, person, "Nightly", ["tasks:read"]);
  const origin = { Origin: server.env.BETTER_AUTH_URL ?? "" };
  const requests: [name: string, send: () => Promise<Response>, tables: string[]][] = [
    ["get-session", () => call(server, "/api/auth/get-session", { headers: { Cookie: cookie, ...from() } }), ["session"]],
    ["token", () => call(server, "/api/auth/token", { headers: { Cookie: cookie, ...from() } }), ["session", "jwks"]],
    [
      "sign-in",
      () => call(server, "/api/auth/sign-in/email", { json: account, headers: { ...origin, ...from() } }),
      ["session", "user", "account", "password_try"],
    ],
    [
      "sign-up",
      () => call(server, "/api/auth/sign-up/email", { json: newAccount(), headers: { ...origin, ...from() } }),
      ["session", "user", "account"],
    ],
    ["key", () => exchangeKey(server, key), ["user", "jwks", "apikey"]],
    ["API", () => call(server, "/api/me", { token }), ["user"]],
    ["key set", () => call(server, "/.well-known/jwks.json"), ["jwks"]],
    ["own key set", () => call(server, "/api/auth/jwks", { headers: from() }), ["jwks"]],
    ["page", () => call(server, "/tasks", { headers: { Cookie: cookie } }), ["session", "task"]],
    [
      "log-in",
      () =>
        submit(
          server,
          "/login",
          [
            ["email", account.email],
            ["password", account.password],
          ],
          from(),
        ),
      ["session", "user", "account", "password_try"],
    ],
  ];
  for (const table of ["session", "user", "account", "password_try", "jwks", "apikey", "task"]) {
    await execute(server, `alter table "${table}" rename to away`);
    for (const [name, send] of requests.filter(([, , tables]) => tables.includes(table))) {
      const answer = await send();
      expect([name, table, answer.status]).toEqual([name, table, 503]);
      expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    await execute(server, `alter table away rename to "${table}"`);
  }
  for (const [name, send] of requests) expect([name, (await send()).status < 400]).toEqual([name, true]);
});

/** An address that no rate limit has counted yet. */
function from(): Record<string, string> {
  return { "X-Forwarded-For": anyAddress() };
}

test("a database that only reads is read, says that writes fail, and refuses no caller", async () => {
  await using first = await startServer({ METRICS_TOKEN: "for-the-test-only" });
  const person = await newPerson(first);
  const { token, cookie } = person;
  const key = await makeAccessKey(first, person, "Nightly", ["tasks:read"]);
  const { id } = await newTask(first, token);
  const database = new URL(first.env.DATABASE_URL ?? "").pathname.slice(1);
  expect(await readiness(first)).toEqual([200, "ready\n"]);
  expect(await writesFailing(first)).toBe("0");

  await execute(first, `alter database ${database} set default_transaction_read_only = on`);
  // Also found by a server that starts meanwhile.
  const server = await first.restart();
  expect(await readiness(server)).toEqual([200, "ready\nwrites: failing\n"]);
  expect(await writesFailing(server)).toBe("1");
  const write = await call(server, "/api/me/tasks", { token, json: { title: "Pay rent" } });
  await problemOf(write, 503, "unavailable");
  expect(Number(write.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect((await call(server, `/api/me/tasks/${id}`, { token })).status).toBe(200);
  expect((await exchangeKey(server, key)).status).toBe(200);
  await executeWriting(server, "update session set expires_at = now() + interval '1 day'");
  expect((await call(server, "/tasks", { headers: { Cookie: cookie } })).status).toBe(200);
  const lines = server.log.filter((line) => line.includes("db.writes_failing"));
  expect(lines).toHaveLength(1);

  await executeWriting(server, `alter database ${database} reset default_transaction_read_only`);
  await executeWriting(
    server,
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  await expect.poll(() => readiness(server)).toEqual([200, "ready\n"]);
  expect((await call(server, "/api/me/tasks", { token, json: { title: "Pay rent" } })).status).toBe(201);
  expect(await writesFailing(server)).toBe("0");
  expect(server.log.filter((line) => line.includes("db.writes_working"))).toHaveLength(1);
});

function executeWriting(server: DoableServer, statement: string): Promise<void> {
  return execute(server, statement, "-c default_transaction_read_only=off");
}

async function readiness(server: DoableServer): Promise<[number, string]> {
  const answer = await call(server, "/readyz");
  return [answer.status, await answer.text()];
}

async function writesFailing(server: DoableServer): Promise<string | undefined> {
  const answer = await call(server, "/metrics", { headers: { Authorization: `Bearer ${server.env.METRICS_TOKEN}` } });
  return /^doable_db_writes_failing (\d)$/m.exec(await answer.text())?.[1];
}

for (const code of ["53100", "53200", "53400", "58030"]) {
  test(`a write that the database refuses with ${code} is told to come again`, async () => {
    await using server = await startServer();
    const { token } = await newPerson(server);
    await execute(
      server,
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no room' using errcode = '${code}'; end $$;
       create trigger refuse before insert on task for each row execute function refuse()`,
    );
    await problemOf(await call(server, "/api/me/tasks", { token, json: { title: "Pay rent" } }), 503, "unavailable");
    expect(await readiness(server)).toEqual([200, code === "53100" ? "ready\nwrites: failing\n" : "ready\n"]);
    await execute(server, "drop trigger refuse on task");
    await newTask(server, token);
    expect(await readiness(server)).toEqual([200, "ready\n"]);
  });
}
