import { call, newPerson, submit } from "../support/api.ts";
import { startServer } from "../support/server.ts";
import { test as base, expect } from "../support/test.ts";

const METRICS_TOKEN = "only-for-tests-only-for-tests";

const test = base.extend({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern.
    async ({}, use) => {
      const server = await startServer({ METRICS_TOKEN });
      await use(server);
      await server.dispose();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

test.describe.configure({ mode: "default" });

base("without METRICS_TOKEN there are no metrics", async ({ server }) => {
  for (const token of [undefined, "", "undefined", METRICS_TOKEN]) {
    expect((await call(server, "/metrics", { ...(token !== undefined && { token }) })).status).toBe(404);
  }
});

test("metrics are for whoever has the token", async ({ server }) => {
  for (const token of [undefined, "", "wrong", `${METRICS_TOKEN}x`]) {
    const answer = await call(server, "/metrics", { ...(token !== undefined && { token }) });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("WWW-Authenticate")).toBe('Bearer realm="metrics"');
    expect(await answer.text()).not.toContain("doable_");
  }
  const answer = await call(server, "/metrics", { token: METRICS_TOKEN });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Content-Type")).toMatch(/^text\/plain; version=/);
});

test("metrics count requests by route pattern, tokens and sign-ins by outcome, and the pool's connections", async ({ server }) => {
  const person = await newPerson(server);
  const headers = { "X-Forwarded-For": person.address };
  await call(server, `/api/${person.id}/tasks`, { token: person.token });
  await call(server, `/api/me/tasks/${crypto.randomUUID()}`, { method: "DELETE", token: person.token });
  await call(server, "/api/me", { token: "garbage" });
  await call(server, "/nothing/at/all");
  await submit(
    server,
    "/login",
    [
      ["email", person.account.email],
      ["password", "wrong"],
    ],
    headers,
  );
  await submit(
    server,
    "/login",
    [
      ["email", person.account.email],
      ["password", person.account.password],
    ],
    headers,
  );
  const text = await (await call(server, "/metrics", { token: METRICS_TOKEN })).text();
  for (const series of [
    /^doable_http_request_duration_seconds_count\{route="\/?api\/:userId\/tasks",method="GET",status="200"\} [1-9]/m,
    /^doable_http_request_duration_seconds_count\{route="\/?api\/:userId\/tasks\/:taskId",method="DELETE",status="404"\} [1-9]/m,
    /^doable_http_request_duration_seconds_count\{route="\/?\*",method="GET",status="404"\} [1-9]/m,
    /^doable_http_request_duration_seconds_bucket\{le="0.1",route="\/?login",method="POST",status="\d+"\} \d/m,
    /^doable_token_verification_duration_seconds_count\{outcome="ok"\} [1-9]/m,
    /^doable_token_verification_duration_seconds_count\{outcome="malformed"\} [1-9]/m,
    /^doable_sign_ins_total\{outcome="ok"\} [1-9]/m,
    /^doable_sign_ins_total\{outcome="invalid_email_or_password"\} [1-9]/m,
    /^doable_db_pool_connections\{state="total"\} [1-9]/m,
    /^doable_db_pool_connections\{state="idle"\} \d/m,
    /^doable_db_pool_connections\{state="waiting"\} \d/m,
    /^process_cpu_seconds_total /m,
  ]) {
    expect(text).toMatch(series);
  }
  for (const personal of [person.id, person.account.email, "nothing/at/all"]) expect(text).not.toContain(personal);
});
