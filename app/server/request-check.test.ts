import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { limitBody } from "#app/server/request-body.ts";
import { checkRequest } from "#app/server/request-check.ts";

const LIMIT = 1024 * 1024;

function request({ method = "GET", url = "/", headers = { host: "localhost" } as Record<string, string> }): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { method, url, headers });
}

test("an ordinary request has no problem", () => {
  for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    expect(checkRequest(request({ method }))).toBeUndefined();
  expect(checkRequest(request({ url: "/api/me/tasks?sort=-due", headers: { host: "doable.example:8080" } }))).toBeUndefined();
});

test("an unknown method is rejected with the list of known ones", () => {
  for (const method of ["TRACE", "CONNECT", "PROPFIND", "get", ""]) {
    expect(checkRequest(request({ method }))).toMatchObject({
      code: "method_not_allowed",
      details: { headers: { Allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" } },
    });
  }
});

test("an invalid target or host is rejected", () => {
  for (const url of ["*", "", "http://evil.example/", "tasks"])
    expect(checkRequest(request({ url }))).toMatchObject({ code: "malformed_request" });
  for (const url of ["/", "/today"]) {
    for (const host of ["", "a b", "[::1", "host:port"]) {
      expect(checkRequest(request({ url, headers: { host } })), host).toMatchObject({ code: "malformed_request" });
    }
    expect(checkRequest(request({ url, headers: {} }))).toMatchObject({ code: "malformed_request" });
  }
});

test("a repeated Host or Authorization is rejected", () => {
  for (const name of ["Host", "authorization"]) {
    const rawHeaders = [name, "localhost", "X-Other", "1", name.toUpperCase(), "localhost"];
    expect(checkRequest(Object.assign(request({}), { rawHeaders })), name).toMatchObject({ code: "malformed_request" });
  }
  expect(checkRequest(Object.assign(request({}), { rawHeaders: ["Host", "a", "X-Other", "1", "X-Other", "2"] }))).toBeUndefined();
});

test("a Content-Length over 1 MiB is rejected", () => {
  expect(checkRequest(request({ method: "POST", headers: { host: "localhost", "content-length": String(LIMIT) } }))).toBeUndefined();
  expect(checkRequest(request({ method: "POST", headers: { host: "localhost", "content-length": String(LIMIT + 1) } }))).toMatchObject({
    code: "body_too_large",
  });
});

test("only imports may have 10 MiB", () => {
  const sized = (url: string, size: number) =>
    checkRequest(request({ method: "POST", url, headers: { host: "h", "content-length": String(size) } }));
  for (const url of ["/api/me/import", "/api/0199a3c2/import?dry_run=true", "/settings/data", "/settings/data.data?index"]) {
    expect(sized(url, 10 * LIMIT), url).toBeUndefined();
    expect(sized(url, 10 * LIMIT + 5000), url).toMatchObject({ code: "body_too_large" });
  }
  expect(sized("/api/me/import", 10 * LIMIT + 1)).toMatchObject({ code: "body_too_large" });
  for (const url of ["/api/me/imports", "/api/me/tasks/import", "/api/me/tasks?x=/api/me/import", "/settings/database", "/login"]) {
    expect(sized(url, LIMIT + 1), url).toMatchObject({ code: "body_too_large" });
  }
});

test("a chunked body over the limit is reported exactly once", () => {
  const chunked = request({ method: "POST", headers: { host: "localhost", "transfer-encoding": "chunked" } });
  let calls = 0;
  limitBody(chunked, () => calls++);
  chunked.emit("data", Buffer.alloc(LIMIT));
  expect(calls).toBe(0);
  chunked.emit("data", Buffer.alloc(1));
  chunked.emit("data", Buffer.alloc(1));
  expect(calls).toBe(1);
});
