import { call, newPerson, submit } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

const METRICS_TOKEN = "only-for-tests-only-for-tests";

test.use({ serverEnv: { METRICS_TOKEN } });

test.describe.configure({ mode: "default" });

test("metrics require the metrics token", async ({ server }) => {
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
    /^doable_http_request_duration_seconds_count\{route="\/api\/:userId\/tasks",method="GET",status="200"\} [1-9]/m,
    /^doable_http_request_duration_seconds_count\{route="\/api\/:userId\/tasks\/:taskId",method="DELETE",status="404"\} [1-9]/m,
    /^doable_http_request_duration_seconds_count\{route="\/\*",method="GET",status="404"\} [1-9]/m,
    /^doable_http_request_duration_seconds_bucket\{le="0.1",route="\/login",method="POST",status="\d+"\} \d/m,
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
