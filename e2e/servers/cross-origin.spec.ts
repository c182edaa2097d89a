import { call, makeAccessKey, newPerson, newTask, problemOf } from "../support/api.ts";
import { send } from "../support/raw.ts";
import { bearer, expect, test } from "../support/test.ts";

const APP = "https://app.example";
const ELSEWHERE = "https://elsewhere.example";
const EXPOSED = "ETag, Location, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, Idempotency-Replayed";

test.use({ serverEnv: { CORS_ORIGINS: `${APP}, http://localhost:5173`, API_WRITES_PER_MINUTE: "3" } });

test.describe.configure({ mode: "default" });

/** Expects that pages of `origin` may read the response, but not with cookies. */
function expectReadable(headers: Headers, origin = APP) {
  expect(headers.get("Access-Control-Allow-Origin")).toBe(origin);
  expect(headers.get("Access-Control-Expose-Headers")).toBe(EXPOSED);
  expect(headers.get("Access-Control-Allow-Credentials")).toBeNull();
  expect(headers.get("Vary")).toContain("Origin");
}

function expectUnreadable(headers: Headers) {
  expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
}

test("a page of an allowed origin can read with a token", async ({ server }) => {
  const { token, id } = await newPerson(server);
  for (const origin of [APP, "http://localhost:5173"]) {
    for (const path of ["/api/me", "/api/me/tasks", `/api/${id}/tasks?limit=1`, "/api/me/changes"]) {
      const answer = await call(server, path, { token, headers: { Origin: origin } });
      expect(answer.status).toBe(200);
      expectReadable(answer.headers, origin);
    }
  }
});

test("a page of an allowed origin can write, and read the entity tag", async ({ server }) => {
  const { token } = await newPerson(server);
  const made = await call(server, "/api/me/tasks", { token, json: { title: "Pay rent" }, headers: { Origin: APP } });
  expect(made.status).toBe(201);
  expectReadable(made.headers);
  expect(made.headers.get("ETag")).toBe('"1"');
});

test("a page of an allowed origin can read errors: 401, 403, 404, 405, 413, 415 and 429", async ({ server }) => {
  const [{ token }, stranger] = [await newPerson(server), await newPerson(server)];
  const Origin = APP;
  const refusals: [string, number, string, Parameters<typeof call>[2]][] = [
    ["/api/me/tasks", 401, "unauthorized", {}],
    ["/api/me/tasks", 401, "unauthorized", { token: "x" }],
    [`/api/${stranger.id}/tasks`, 403, "user_mismatch", { token }],
    ["/api/me/tasks/nothing", 404, "not_found", { token }],
    ["/api/me/nothing", 404, "not_found", { token }],
    ["/api/me/changes", 405, "method_not_allowed", { token, method: "POST" }],
    ["/api/me/tasks", 415, "unsupported_media_type", { token, body: "x" }],
  ];
  for (const [path, status, code, how] of refusals) {
    const answer = await call(server, path, { ...how, headers: { Origin } });
    await problemOf(answer, status, code);
    expectReadable(answer.headers);
  }
  await call(server, "/api/me/tasks", { token, json: {} });
  const limited = await call(server, "/api/me/tasks", { token, json: {}, headers: { Origin } });
  await problemOf(limited, 429, "rate_limited");
  expectReadable(limited.headers);
  const large = await send(server, { method: "POST", path: "/api/me/tasks", headers: { Origin, "Content-Length": "2000000" } });
  expect(large.status).toBe(413);
  expect(large.headers["access-control-allow-origin"]).toBe(APP);
});

test("a page of an allowed origin can exchange an access key, and read why it was refused", async ({ server }) => {
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Page", ["tasks:read"]);
  const requested = { "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-api-key" };
  const preflight = await call(server, "/api/token", { method: "OPTIONS", headers: { Origin: APP, ...requested } });
  expect(preflight.headers.get("Access-Control-Allow-Origin")).toBe(APP);
  expect(preflight.headers.get("Access-Control-Allow-Headers")?.toLowerCase()).toContain("x-api-key");
  for (const [sent, status] of [
    [key, 200],
    ["doable_guess", 401],
  ] as const) {
    const answer = await call(server, "/api/token", { method: "POST", headers: { Origin: APP, "X-API-Key": sent } });
    expect(answer.status).toBe(status);
    expectReadable(answer.headers);
  }
  const elsewhere = await call(server, "/api/token", { method: "POST", headers: { Origin: ELSEWHERE, "X-API-Key": key } });
  expectUnreadable(elsewhere.headers);
});

test("a preflight needs no token", async ({ server }) => {
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
    const asked = "authorization,content-type,idempotency-key,if-match,if-none-match";
    const headers = { Origin: APP, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": asked };
    const answer = await call(server, "/api/me/tasks/x", { method: "OPTIONS", headers });
    expect(answer.status).toBe(204);
    expect(await answer.text()).toBe("");
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe(APP);
    expect(answer.headers.get("Access-Control-Allow-Methods")?.split(", ")).toContain(method);
    const allowed = answer.headers.get("Access-Control-Allow-Headers")?.toLowerCase().split(", ");
    expect(allowed).toEqual(expect.arrayContaining(asked.split(",")));
    expect(Number(answer.headers.get("Access-Control-Max-Age"))).toBeGreaterThan(0);
    expect(answer.headers.get("Access-Control-Allow-Credentials")).toBeNull();
    expect(answer.headers.get("Vary")).toContain("Origin");
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
  }
});

test("a page of another origin can read nothing, and its preflight fails", async ({ server }) => {
  const { token } = await newPerson(server);
  for (const Origin of [ELSEWHERE, "null", "https://app.example.elsewhere.example", "http://app.example", `${APP}:8443`]) {
    const answer = await call(server, "/api/me", { token, headers: { Origin } });
    expect(answer.status).toBe(200);
    expectUnreadable(answer.headers);
    expect(answer.headers.get("Vary")).toContain("Origin");
    const headers = { Origin, "Access-Control-Request-Method": "PATCH" };
    expectUnreadable((await call(server, "/api/me/tasks/x", { method: "OPTIONS", headers })).headers);
  }
});

test("responses have Vary: Origin, also without an Origin", async ({ server }) => {
  const { token } = await newPerson(server);
  await newTask(server, token, { notes: "x".repeat(5_000) });
  const answer = await call(server, "/api/me/tasks", { token, headers: { "Accept-Encoding": "gzip" } });
  expect(answer.headers.get("Vary")?.split(/, */)).toEqual(expect.arrayContaining(["Origin", "Accept-Encoding"]));
  expectUnreadable(answer.headers);
});

test("session routes are never readable cross-origin", async ({ server }) => {
  const { cookie } = await newPerson(server);
  for (const path of ["/api/auth/token", "/api/auth/get-session", "/today", "/settings"]) {
    const answer = await call(server, path, { headers: { Origin: APP, Cookie: cookie } });
    expectUnreadable(answer.headers);
  }
});

test("an OPTIONS request that is no preflight gets an Allow header", async ({ server }) => {
  const { token } = await newPerson(server);
  for (const headers of [{ Origin: APP }, { ...bearer(token), Origin: APP }, bearer(token)]) {
    const answer = await send(server, { method: "OPTIONS", path: "/api/me/tasks", headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.allow).toBe("GET, POST, HEAD, OPTIONS");
  }
});
