import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { limitBody } from "#app/server/request-body.ts";
import { checkRequest } from "#app/server/request-check.ts";

const LIMIT = 1024 * 1024;

function request({ method = "GET", url = "/", headers = { host: "localhost" } as Record<string, string> }): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { method, url, headers });
}

test("an ordinary request passes", () => {
  for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    expect(checkRequest(request({ method }))).toBeUndefined();
  expect(checkRequest(request({ url: "/api/me/tasks?sort=-due", headers: { host: "doable.example:8080" } }))).toBeUndefined();
});

test("a method that no route has is refused with those that some have", () => {
  for (const method of ["TRACE", "CONNECT", "PROPFIND", "get", ""]) {
    expect(checkRequest(request({ method }))).toMatchObject({
      code: "method_not_allowed",
      details: { headers: { Allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" } },
    });
  }
});

test("a target or a host that is none is refused", () => {
  for (const url of ["*", "", "http://evil.example/", "tasks"])
    expect(checkRequest(request({ url }))).toMatchObject({ code: "malformed_request" });
  for (const host of ["", "a b", "[::1", "host:port"]) {
    expect(checkRequest(request({ headers: { host } }))).toMatchObject({ code: "malformed_request" });
  }
  expect(checkRequest(request({ headers: {} }))).toMatchObject({ code: "malformed_request" });
});

test("a body that says it is over 1 MiB is refused unread", () => {
  expect(checkRequest(request({ method: "POST", headers: { host: "localhost", "content-length": String(LIMIT) } }))).toBeUndefined();
  expect(checkRequest(request({ method: "POST", headers: { host: "localhost", "content-length": String(LIMIT + 1) } }))).toMatchObject({
    code: "body_too_large",
  });
});

test("an archive may be ten times as large, where archives are taken in and nowhere else", () => {
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

test("a body that doesn't say its length is refused once, as soon as too much has come", () => {
  const chunked = request({ method: "POST", headers: { host: "localhost", "transfer-encoding": "chunked" } });
  let refusals = 0;
  limitBody(chunked, () => refusals++);
  chunked.emit("data", Buffer.alloc(LIMIT));
  expect(refusals).toBe(0);
  chunked.emit("data", Buffer.alloc(1));
  chunked.emit("data", Buffer.alloc(1));
  expect(refusals).toBe(1);
});
