import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { call, cookieOf, newPerson, newTask } from "../support/api.ts";
import { newAccount } from "../support/people.ts";
import { hasPgBouncer, startPgBouncer } from "../support/pgbouncer.ts";
import { startServer } from "../support/server.ts";
import { anyAddress } from "../support/test.ts";

test.skip(!process.env.TEST_DATABASE_URL || !hasPgBouncer(), "needs a Postgres and a PgBouncer");

// A server starts twice in one test.
test.describe.configure({ timeout: 120_000 });

test("behind a pooler without prepared statements every request is answered, and the log says so once", async () => {
  await using first = await startServer({ DATABASE_POOL_MAX: "5" });
  const direct = first.env.DATABASE_URL ?? "";
  await using pooler = await startPgBouncer(direct);
  const server = await first.restart({ DATABASE_URL: pooler.url, DATABASE_MIGRATION_URL: direct });
  const people = await Promise.all(Array.from({ length: 4 }, () => newPerson(server)));
  const statuses = await Promise.all(
    Array.from({ length: 120 }, async (_, index) => {
      const { token, cookie } = people[index % people.length] as (typeof people)[number];
      const key = { "Idempotency-Key": randomUUID() };
      switch (index % 6) {
        case 0:
          return (await call(server, "/api/me/tasks", { token, json: { title: "Pay rent" } })).status;
        case 1:
          return (await call(server, "/api/me/tasks", { token, json: { title: "Once" }, headers: key })).status;
        case 2:
          return (await call(server, "/api/me/tasks?limit=5", { token })).status;
        case 3:
          return (await call(server, "/tasks", { headers: { Cookie: cookie } })).status;
        case 4:
          return (await call(server, "/api/me/export", { token })).status;
        default:
          return (await call(server, "/api/auth/get-session", { headers: { Cookie: cookie, "X-Forwarded-For": anyAddress() } })).status;
      }
    }),
  );
  expect(statuses.filter((status) => status >= 300)).toEqual([]);
  const warnings = server.log.filter((line) => line.includes("db.unnamed_statements"));
  expect(warnings).toHaveLength(1);
  expect(server.log.filter((line) => line.includes(".fault"))).toEqual([]);
});

test("what an account does first behind such a pooler is done once", async () => {
  await using first = await startServer();
  const direct = first.env.DATABASE_URL ?? "";
  const { token } = await newPerson(first);
  await using pooler = await startPgBouncer(direct, { poolSize: 1 });
  // Two processes that name their statements alike share one connection of the server.
  await using other = await startServer({ DATABASE_URL: direct, BETTER_AUTH_SECRET: first.env.BETTER_AUTH_SECRET ?? "" });
  const behind = { DATABASE_URL: pooler.url, DATABASE_MIGRATION_URL: direct };
  const [one, two] = [await first.restart(behind), await other.restart(behind)];
  const json = { operations: [{ op: "create", task: { title: "Milk" } }] };
  for (const server of [one, two, one, two]) {
    const headers = { "Idempotency-Key": randomUUID(), Authorization: `Bearer ${token}` };
    const { status } = await call(server, "/api/me/tasks/batch", { json, headers });
    // The token names the server that issued it.
    expect([200, 401]).toContain(status);
    const account = newAccount();
    const signedUp = await call(server, "/api/auth/sign-up/email", {
      json: account,
      headers: { Origin: server.env.BETTER_AUTH_URL ?? "", "X-Forwarded-For": anyAddress() },
    });
    expect(signedUp.status).toBe(200);
    expect((await call(server, "/tasks", { headers: { Cookie: cookieOf(signedUp) } })).status).toBe(200);
  }
  await newTask(one, token, { title: "Bread" });
  const { items } = await (await call(one, "/api/me/tasks", { token })).json();
  expect(items.map(({ title }: { title: string }) => title).sort()).toEqual(["Bread", "Milk", "Milk"]);
});
