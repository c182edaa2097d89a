import { call, newPerson, newTask, problemOf } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

test.use({ serverEnv: { API_READS_PER_MINUTE: "5", API_WRITES_PER_MINUTE: "3" } });

test.describe.configure({ mode: "default" });

test("every response has rate-limit headers, and the sixth read with a limit of five is rejected", async ({ server }) => {
  const { token } = await newPerson(server);
  for (const left of [4, 3, 2, 1, 0]) {
    const answer = await call(server, "/api/me", { token });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("RateLimit-Policy")).toBe('"reads";q=5;w=60');
    expect(answer.headers.get("RateLimit")).toMatch(new RegExp(`^"reads";r=${left};t=\\d+$`));
  }
  const refused = await call(server, "/api/me", { token });
  await problemOf(refused, 429, "rate_limited");
  expect(refused.headers.get("RateLimit")).toMatch(/^"reads";r=0;t=\d+$/);
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect(Number(refused.headers.get("Retry-After"))).toBeLessThanOrEqual(60);
});

test("reads and writes are counted separately", async ({ server }) => {
  const { token } = await newPerson(server);
  for (let time = 1; time <= 3; time++) await newTask(server, token);
  const refused = await call(server, "/api/me/tasks", { token, json: { title: "One too many" } });
  await problemOf(refused, 429, "rate_limited");
  expect(refused.headers.get("RateLimit-Policy")).toBe('"writes";q=3;w=60');
  expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toHaveLength(3);
});

test("each user has a separate limit, regardless of the address", async ({ server }) => {
  const busy = await newPerson(server);
  const other = await newPerson(server);
  for (let time = 1; time <= 5; time++)
    await call(server, "/api/me", { token: busy.token, headers: { "X-Forwarded-For": `10.0.0.${time}` } });
  await problemOf(await call(server, "/api/me", { token: busy.token }), 429, "rate_limited");
  expect((await call(server, "/api/me", { token: other.token })).status).toBe(200);
});

test("rejected requests count, and have rate-limit headers", async ({ server }) => {
  const { token } = await newPerson(server);
  for (const left of [2, 1, 0]) {
    const answer = await call(server, "/api/me/tasks", { token, json: {} });
    await problemOf(answer, 422, "invalid_fields");
    expect(answer.headers.get("RateLimit")).toMatch(new RegExp(`^"writes";r=${left};t=\\d+$`));
  }
  await problemOf(await call(server, "/api/me/tasks", { token, json: {} }), 429, "rate_limited");
});

test("a 304 does not count, nor does its header say so", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token);
  for (let time = 1; time <= 8; time++) {
    const answer = await call(server, `/api/me/tasks/${id}`, { token, headers: { "If-None-Match": '"1"' } });
    expect(answer.status).toBe(304);
    expect(answer.headers.get("RateLimit")).toMatch(/^"reads";r=5;t=\d+$/);
  }
});

test("at the limit a 304 is still free, and anything else is refused", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token);
  const path = `/api/me/tasks/${id}`;
  const list = (await call(server, "/api/me/tasks", { token })).headers.get("ETag") ?? "";
  for (let time = 1; time <= 4; time++) await call(server, path, { token });
  for (const [address, tag] of [
    [path, '"1"'],
    ["/api/me/tasks", list],
  ] as const) {
    for (let time = 1; time <= 8; time++) {
      const free = await call(server, address, { token, headers: { "If-None-Match": tag } });
      expect([free.status, free.headers.get("RateLimit")]).toEqual([304, expect.stringMatching(/^"reads";r=0;t=\d+$/)]);
    }
  }
  for (const headers of [{}, { "If-None-Match": '"2"' }, { "If-None-Match": "x" }] as Record<string, string>[])
    await problemOf(await call(server, path, { token, headers }), 429, "rate_limited");
  await problemOf(await call(server, "/api/me/export", { token, headers: { "If-None-Match": '"1"' } }), 429, "rate_limited");
  // Two of five attempts are left; the others turned out to be no 304.
  await problemOf(await call(server, path, { token, headers: { "If-None-Match": '"2"' } }), 429, "rate_limited");
  await problemOf(await call(server, path, { token, headers: { "If-None-Match": '"2"' } }), 429, "rate_limited");
  await problemOf(await call(server, path, { token, headers: { "If-None-Match": '"1"' } }), 429, "rate_limited");
});

test("GET /api/me returns the limits", async ({ server }) => {
  const { token } = await newPerson(server);
  const me = await (await call(server, "/api/me", { token })).json();
  expect(me.limits).toMatchObject({ reads_per_minute: 5, writes_per_minute: 3 });
});

test("a batch counts as one write", async ({ server }) => {
  const { token } = await newPerson(server);
  const operations = Array(5).fill({ op: "create", task: { title: "x" } });
  const first = await call(server, "/api/me/tasks/batch", { token, json: { operations } });
  expect(first.headers.get("RateLimit")).toMatch(/r=2;/);
  for (let time = 0; time < 2; time++)
    expect((await call(server, "/api/me/tasks/batch", { token, json: { operations } })).status).toBe(200);
  await problemOf(await call(server, "/api/me/tasks/batch", { token, json: { operations } }), 429, "rate_limited");
});
