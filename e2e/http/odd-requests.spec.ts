import { once } from "node:events";
import { Agent, request } from "node:http";
import { call, newPerson, problemOf } from "../support/api.ts";
import { faultsOf } from "../support/log.ts";
import { send, sendBytes } from "../support/raw.ts";
import { bearer, expect, test } from "../support/test.ts";

const MEGABYTE = 1024 * 1024;

test("a body of 2 MB is rejected by its Content-Length, before it is sent", async ({ server }) => {
  const { token } = await newPerson(server);
  const answer = await sendBytes(
    server,
    `POST /api/me/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${2 * MEGABYTE}\r\n\r\n{`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toMatch(/content-type: application\/problem\+json/i);
  expect(answer).toMatch(/x-request-id: /i);
  expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "")).toMatchObject({
    status: 413,
    code: "body_too_large",
    request_id: expect.any(String),
  });
});

test("a body of 2 MB without a Content-Length is rejected too", async ({ server }) => {
  const { token } = await newPerson(server);
  const headers = { ...bearer(token), "Content-Type": "application/json", "Transfer-Encoding": "chunked" };
  const chunks = ['{"title": "', ...Array<string>(32).fill("x".repeat(64 * 1024)), '"}'];
  const answer = await send(server, { method: "POST", path: "/api/me/tasks", headers, chunks });
  expect(answer.status).toBe(413);
  expect(answer.headers["content-type"]).toBe("application/problem+json");
  expect(JSON.parse(answer.body)).toMatchObject({ code: "body_too_large", request_id: answer.headers["x-request-id"] });
});

test("a page form that is too large gets an HTML error page after it was sent", async ({ server }) => {
  const pieces = Array<string>(11).fill("x".repeat(MEGABYTE));
  const headers = {
    Accept: "text/html,*/*;q=0.8",
    "Content-Type": "multipart/form-data; boundary=x",
    "Content-Length": String(11 * MEGABYTE),
  };
  for (const [path, back] of [
    ["/settings/data", "/settings/data"],
    ["/settings/data?index", "/settings/data"],
    ["/lists", "/"],
  ]) {
    const answer = await send(server, { method: "POST", path, headers, chunks: pieces });
    expect(answer.status).toBe(413);
    expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(answer.headers["content-security-policy"]).toContain("default-src 'self'");
    expect(answer.body).toContain("That is too large");
    expect(answer.body).toContain(`href="${back}"`);
  }
  const answer = await send(server, { method: "POST", path: "/api/me/import", headers });
  expect([answer.status, answer.headers["content-type"]]).toEqual([413, "application/problem+json"]);
});

test("a form without a Content-Length is rejected once it is too large", async ({ server }) => {
  const type = { Accept: "text/html", "Content-Type": "application/x-www-form-urlencoded" };
  const headers = { ...type, "Transfer-Encoding": "chunked", Connection: "keep-alive" };
  const chunks = Array<string>(32).fill("x".repeat(64 * 1024));
  const answer = await send(server, { method: "POST", path: "/login", headers, chunks });
  expect([answer.status, answer.headers.connection]).toEqual([413, "close"]);
});

test("a truncated form that is too large is not processed", async ({ server }) => {
  const { cookie, token } = await newPerson(server);
  const headers = {
    Accept: "text/html",
    "Content-Type": "application/x-www-form-urlencoded",
    Cookie: cookie,
    Origin: server.url,
    "Transfer-Encoding": "chunked",
  };
  const chunks = ["intent=create&title=Half&filler=", ...Array<string>(20).fill("x".repeat(64 * 1024))];
  expect((await send(server, { method: "POST", path: "/inbox", headers, chunks })).status).toBe(413);
  expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toEqual([]);
});

for (const [what, path, bytes] of [
  ["without a token", "/api/me/tasks", 900_000],
  ["to a path that is not there", "/api/nothing", 900_000],
  ["to a page, signed out", "/find", 900_000],
  ["to where many are taken", "/api/me/import", 9_000_000],
] as const) {
  test(`after a large body ${what}, the next request on the connection gets a response`, async ({ server }) => {
    const { hostname, port } = new URL(server.url);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const framing of [{ "Content-Length": String(bytes) }, { "Transfer-Encoding": "chunked" }]) {
      const refused = request({ hostname, port, path, agent, method: "POST", headers: { "Content-Type": "application/json", ...framing } });
      refused.end(Buffer.alloc(bytes, "x"));
      const [answer] = await once(refused, "response");
      expect(answer.statusCode).toBeLessThan(500);
      await once(answer.resume(), "end");
      const next = request({ hostname, port, path: "/healthz", agent });
      next.end();
      const [healthy] = await once(next, "response");
      expect(healthy.statusCode).toBe(200);
      expect(next.socket).toBe(refused.socket);
      await once(healthy.resume(), "end");
    }
    agent.destroy();
  });
}

test("requests to unknown paths and methods cause no server errors", async ({ server }) => {
  const requests: [method: string, path: string, status: number, headers?: Record<string, string>][] = [
    ["POST", "/", 405],
    ["OPTIONS", "/api/docs", 405],
    ["PUT", "/healthz", 405],
    ["DELETE", "/readyz", 405],
    ["PATCH", "/metrics", 405],
    ["POST", "/today", 400, { Origin: "https://elsewhere.example" }],
    ["POST", "/today", 400, { Origin: "null" }],
    ["GET", "/nothing", 404],
  ];
  for (const [method, path, status, more = {}] of requests) {
    const id = crypto.randomUUID();
    const headers = { "X-Request-Id": id, "Content-Type": "application/x-www-form-urlencoded", ...more };
    const answer = await call(server, path, { method, headers, ...(method === "POST" && { body: "a=b" }) });
    expect(answer.status, `${method} ${path}`).toBe(status);
    if (status === 405) expect(answer.headers.get("Allow"), path).toContain("GET, HEAD");
    expect(faultsOf(server, id)).toEqual([]);
  }
  expect((await call(server, "/healthz", { method: "OPTIONS" })).headers.get("Allow")).toBe("GET, HEAD, OPTIONS");
});

test("a body with a Content-Encoding is rejected", async ({ server }) => {
  const { token } = await newPerson(server);
  const headers = { "Content-Type": "application/json", "Content-Encoding": "gzip" };
  const answer = await call(server, "/api/me/tasks", { token, headers, body: '{"title": "Pay rent"}' });
  await problemOf(answer, 415, "unsupported_media_type");
  expect(answer.headers.get("Accept-Encoding")).toBe("identity");
});

test("a request that is never completed gets a 408 and is disconnected", async ({ server }) => {
  const began = performance.now();
  const answer = await sendBytes(server, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answer).toMatch(/x-content-type-options: nosniff/i);
  expect(performance.now() - began).toBeLessThan(15_000);
});

test("a small chunked body is accepted", async ({ server }) => {
  const { token } = await newPerson(server);
  const headers = { ...bearer(token), "Content-Type": "application/json", "Transfer-Encoding": "chunked" };
  const answer = await send(server, { method: "POST", path: "/api/me/tasks", headers, chunks: ['{"title": ', '"Pay rent"', "}"] });
  expect(answer.status).toBe(201);
});

test("an endless body after the response ends only its own connection", async ({ server }) => {
  const { hostname, port } = new URL(server.url);
  const headers = { "Content-Type": "application/json", "Transfer-Encoding": "chunked" };
  const outgoing = request({ hostname, port, method: "POST", path: "/api/me/tasks", headers, agent: false });
  outgoing.on("error", () => {});
  outgoing.write("{");
  const [response] = await once(outgoing, "response");
  expect(response.statusCode).toBe(401);
  response.resume();
  const closed = new Promise((resolve) => outgoing.once("close", resolve));
  for (let sent = 0; sent < 40; sent++) outgoing.write("x".repeat(64 * 1024));
  outgoing.end();
  await closed;
  expect((await call(server, "/healthz")).status).toBe(200);
  expect(server.process.exitCode).toBe(null);
});

test("a body just below 1 MiB is parsed, and rejected for its content", async ({ server }) => {
  const { token } = await newPerson(server);
  const body = JSON.stringify({ title: "Pay rent", notes: "x".repeat(MEGABYTE - 40) });
  const headers = { "Content-Type": "application/json" };
  await problemOf(await call(server, "/api/me/tasks", { method: "POST", token, body, headers }), 422, "invalid_fields");
});

test("the server handles the next request after rejecting a large one", async ({ server }) => {
  const { token } = await newPerson(server);
  const body = "x".repeat(2 * MEGABYTE);
  await call(server, "/api/me/tasks", { method: "POST", token, body }).catch(() => undefined);
  expect((await call(server, "/api/me", { token })).status).toBe(200);
});

for (const method of ["TRACE", "PROPFIND", "PURGE", "REPORT", "QUERY"]) {
  test(`the method ${method} is not supported anywhere`, async ({ server }) => {
    for (const path of ["/api/me/tasks", "/login", "/icon.svg"]) {
      const answer = await send(server, { method, path });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
      expect(JSON.parse(answer.body)).toMatchObject({ code: "method_not_allowed", request_id: answer.headers["x-request-id"] });
    }
  });
}

for (const path of [
  "/api/me/tasks.data",
  "/api/me.data",
  "/api/token.data",
  "/api/nothing.data",
  "/tasks.data",
  "/tasks.data?_routes=routes%2Ftasks",
  "/_root.data",
  "/login.data",
  "/__manifest",
  "/__manifest?p=%2Ftasks&version=x",
  "/healthz.data",
  "/metrics.data",
  "/api/me/tasks?index",
  "/api/me/tasks?_data=routes",
  "/%",
  "/%ff",
  "/%00",
  "/api/me/tasks/%",
  "/api/me/tasks/%ff",
  "/api/%2e%2e/me",
  "//",
  "///api/me",
  "//elsewhere.example/tasks",
  "/\\elsewhere.example",
  "/..%2f..%2fpackage.json",
  "/assets/..%2f..%2f..%2fpackage.json",
  "/assets/",
  "/api/me/tasks/..;/",
  "/?",
  "/#",
  `/${"x".repeat(8000)}`,
  `/login?redirectTo=${"%25".repeat(2000)}`,
]) {
  test(`${path.slice(0, 60)} causes no server error`, async ({ server }) => {
    const { token, cookie } = await newPerson(server);
    for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]) {
      const json = { "Content-Type": "application/json", "Content-Length": "2" };
      const sent = { method, path, ...(method === "POST" || method === "PUT" ? { chunks: ["{}"] } : {}) };
      const callers: Record<string, string>[] = [{}, bearer(token), { Cookie: cookie }];
      for (const who of callers) {
        const answer = await send(server, { ...sent, headers: { ...who, ...(sent.chunks && json) } });
        expect(answer.status, `${method} with ${Object.keys(who)}`).toBeLessThan(500);
        expect(answer.headers["x-request-id"]).toBeDefined();
        expect(answer.headers["x-content-type-options"]).toBe("nosniff");
        expect(answer.headers.location ?? "/").not.toMatch(/^(\/\/|\/\\|https?:)/);
      }
    }
  });
}

test("an API path does not accept a cookie", async ({ server }) => {
  const { cookie } = await newPerson(server);
  await problemOf(await call(server, "/api/me/tasks", { headers: { Cookie: cookie } }), 401, "unauthorized");
  await problemOf(await call(server, "/api/me/tasks", { headers: { Cookie: cookie }, json: { title: "Planted" } }), 401, "unauthorized");
});

for (const target of ["http://localhost/api/me", "http://elsewhere.example/", "elsewhere.example:443", "*"]) {
  test(`the request target ${target} is rejected`, async ({ server }) => {
    const answer = await sendBytes(server, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/x-content-type-options: nosniff/i);
  });
}

for (const host of ["a b", "[", "localhost:99999", "localhost/path", "user@localhost", "<script>"]) {
  test(`the Host "${host}" is rejected`, async ({ server }) => {
    for (const path of ["/login", "/api/me", "/icon.svg"]) {
      const answer = await sendBytes(server, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer, path).toMatch(/^HTTP\/1\.1 400 /);
    }
  });
}

for (const path of ["/login", "/signup", "/tasks", "/settings/access-keys", "/logout"]) {
  test(`a body that is no form causes no server error at ${path}`, async ({ server }) => {
    const { cookie } = await newPerson(server);
    for (const type of ["application/json", "text/plain", "multipart/form-data; boundary=x", "multipart/form-data", ""]) {
      const headers = { Cookie: cookie, Origin: server.url, "Content-Type": type };
      const answer = await call(server, path, { body: Buffer.from("{}"), headers });
      expect(answer.status, type).toBeLessThan(500);
    }
  });
}

test("a cross-site form is rejected, and cannot sign a user out", async ({ server }) => {
  const { cookie } = await newPerson(server);
  for (const path of ["/logout", "/login", "/signup", "/today", "/settings", "/settings/data"]) {
    const headers = { Cookie: cookie, Origin: "https://elsewhere.example" };
    const answer = await call(server, path, { body: new URLSearchParams({ intent: "create", title: "Planted" }), headers });
    expect(answer.status, path).toBe(400);
    expect(answer.headers.getSetCookie(), path).toEqual([]);
  }
  const home = await call(server, "/today", { headers: { Cookie: cookie } });
  expect(home.status).toBe(200);
  expect(await home.text()).not.toContain("Planted");
});

test("a request without a Host is rejected", async ({ server }) => {
  const answer = await sendBytes(server, "GET /login HTTP/1.1\r\nConnection: close\r\n\r\n");
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});

test("URLs in responses use BETTER_AUTH_URL, regardless of the request's Host", async ({ server }) => {
  const { token } = await newPerson(server);
  const headers = { ...bearer(token), Host: "elsewhere.example", "Content-Type": "application/json" };
  const answer = await send(server, { method: "POST", path: "/api/me/tasks", headers, chunks: ['{"title": "Pay rent"}'] });
  expect(answer.status).toBe(201);
  expect(JSON.parse(answer.body).url).toMatch(new RegExp(`^${server.env.BETTER_AUTH_URL}/task/`));
  expect(answer.body + JSON.stringify(answer.headers)).not.toContain("elsewhere.example");
  const login = await send(server, { path: "/tasks", headers: { Host: "elsewhere.example" } });
  expect(login.headers.location).toBe("/login?redirectTo=%2Ftasks");
});

for (const [what, bytes] of [
  ["no HTTP at all", "hello\r\n\r\n"],
  ["a header that is none", "GET / HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n"],
  ["two lengths", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"],
  ["a length and chunks", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
  ["a length below nothing", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n"],
] as const) {
  test(`${what} gets a 400 with the security headers`, async ({ server }) => {
    const answer = await sendBytes(server, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain("X-Content-Type-Options: nosniff");
  });
}

test("headers of 100 kB are rejected with 431", async ({ server }) => {
  const answer = await sendBytes(server, `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${"x".repeat(100_000)}\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
});
