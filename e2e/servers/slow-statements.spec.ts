import { expect, test } from "@playwright/test";
import { Client } from "pg";
import { call, newPerson, newTask, problemOf } from "../support/api.ts";
import { hasPgBouncer, startPgBouncer } from "../support/pgbouncer.ts";
import { skipWithout } from "../support/programs.ts";
import { startServer } from "../support/server.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";

test.skip(!process.env.TEST_DATABASE_URL, "another connection locks a table");

// A server starts twice in one test.
test.describe.configure({ timeout: 120_000 });

/** Locks the tasks. */
async function lockTasks(url: string) {
  const client = new Client(url);
  await client.connect();
  await client.query("begin; lock table task in access exclusive mode");
  // Not pg_stat_activity: within a transaction it shows the same each time.
  const waiting = "select from pg_locks where relation = 'task'::regclass and not granted";
  return {
    waiting: async () => (await client.query(waiting)).rowCount,
    [Symbol.asyncDispose]: () => client.end(),
  };
}

for (const kind of ["a direct connection", "a pooler", "a pooler with TLS"]) {
  test(`a statement that takes too long is ended in the database too, over ${kind}`, async () => {
    const isPooled = kind.includes("pooler");
    test.skip(isPooled && !hasPgBouncer(), "needs a PgBouncer");
    const tls = kind.includes("TLS");
    if (tls) skipWithout("openssl");
    await using first = await startServer();
    const direct = first.env.DATABASE_URL ?? "";
    await using pooler = isPooled ? await startPgBouncer(direct, { poolSize: 3, tls }) : undefined;
    const server = await first.restart({
      DATABASE_URL: pooler?.url ?? direct,
      DATABASE_MIGRATION_URL: direct,
      DATABASE_STATEMENT_TIMEOUT: "1",
    });
    const { token, cookie } = await newPerson(server);
    const { id } = await newTask(server, token);
    {
      await using lock = await lockTasks(direct);
      const requests = [
        call(server, "/api/me/tasks", { token }),
        call(server, `/api/me/tasks/${id}`, { token, method: "PATCH", json: { title: "Pay rent" } }),
      ];
      for (const answer of await Promise.all(requests)) await problemOf(answer, 503, "unavailable");
      expect((await call(server, "/tasks", { headers: { Cookie: cookie } })).status).toBe(503);
      await expect.poll(lock.waiting).toBe(0);
    }
    expect((await call(server, `/api/me/tasks/${id}`, { token })).headers.get("ETag")).toBe('"1"');
  });
}

test("a busy database leaves the server ready, one that is away does not", async () => {
  await using first = await startServer();
  const direct = first.env.DATABASE_URL ?? "";
  await using proxy = await startTcpProxy(direct);
  const server = await first.restart({ DATABASE_URL: proxy.url, DATABASE_POOL_MAX: "2" });
  const readiness = async () => {
    const answer = await call(server, "/readyz");
    return [answer.status, await answer.text()];
  };
  const people = [await newPerson(server), await newPerson(server)];
  expect(await readiness()).toEqual([200, "ready\n"]);
  const requests = [];
  {
    await using lock = await lockTasks(direct);
    for (const { token } of people) requests.push(call(server, "/api/me/tasks", { token }));
    await expect.poll(lock.waiting).toBe(2);
    expect(await readiness()).toEqual([200, "ready\ndatabase: busy\n"]);
  }
  for (const answer of await Promise.all(requests)) expect(answer.status).toBe(200);
  expect(await readiness()).toEqual([200, "ready\n"]);
  proxy.cut();
  expect(await readiness()).toEqual([503, "database unreachable\n"]);
});

test("while the reads of one user take long, other users are served", async () => {
  await using server = await startServer();
  const [slow, other] = [await newPerson(server), await newPerson(server)];
  for (const { token } of [slow, other]) await newTask(server, token);
  const client = new Client(server.env.DATABASE_URL);
  await client.connect();
  await client.query(`
    alter table task rename to task_rows;
    create view task as select * from task_rows where user_id <> '${slow.id}' or pg_advisory_xact_lock_shared(1) is not null;
    select pg_advisory_lock(1)`);
  const refused: Response[] = [];
  const reads = Array.from({ length: 20 }, async () => {
    const answer = await call(server, "/api/me/tasks", { token: slow.token });
    if (answer.status !== 200) refused.push(answer);
  });
  const began = performance.now();
  for (let times = 0; times < 5; times++) {
    expect((await call(server, "/api/me/tasks", { token: other.token })).status).toBe(200);
    expect((await call(server, "/tasks", { headers: { Cookie: other.cookie } })).status).toBe(200);
    await newTask(server, other.token);
  }
  expect(performance.now() - began).toBeLessThan(5_000);
  // Two of them run, and the others do not wait for ever.
  await expect.poll(() => refused.length, { timeout: 20_000 }).toBe(18);
  for (const answer of refused) await problemOf(answer, 503, "unavailable");
  await client.end();
  await Promise.all(reads);
  expect(refused).toHaveLength(18);
});
