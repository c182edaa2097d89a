import { expect, test } from "vitest";
import { crossOriginHeaders, preflightHeaders } from "#app/server/cross-origin.ts";

const ORIGIN = "https://app.example";

function request(url: string, origin: string | undefined = ORIGIN, method = "GET", more: Record<string, string> = {}) {
  return { method, url, headers: { ...(origin !== undefined && { origin }), ...more } };
}

for (const url of [
  "/api/token",
  "/api/me",
  "/api/me?x=1",
  "/api/me/tasks",
  "/api/0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001/tasks/x?y=/z",
  "/api/me/",
]) {
  test(`an allowed origin may read ${url}`, () => {
    expect(crossOriginHeaders(request(url), [ORIGIN])).toMatchObject({ Vary: "Origin", "Access-Control-Allow-Origin": ORIGIN });
  });
}

for (const url of [
  "/",
  "/today",
  "/api",
  "/api/",
  "/api/tokens",
  "/api/auth/token",
  "/api/auth/sign-in/email",
  "/api?/me/tasks",
  "/x/api/me",
]) {
  test(`no other origin may read ${url}`, () => {
    expect(crossOriginHeaders(request(url), [ORIGIN])).toEqual({});
  });
}

test("an origin that is not allowed gets only Vary", () => {
  for (const origin of ["https://elsewhere.example", "https://app.example.elsewhere.example", "http://app.example", "null", "", undefined])
    expect(crossOriginHeaders({ ...request("/api/me"), headers: origin === undefined ? {} : { origin } }, [ORIGIN])).toEqual({
      Vary: "Origin",
    });
});

test("without configured origins there are no CORS headers", () => {
  expect(crossOriginHeaders(request("/api/me"), [])).toEqual({});
});

test("a preflight is an OPTIONS request with a requested method, from an allowed origin", () => {
  const requested = { "access-control-request-method": "PATCH" };
  expect(preflightHeaders(request("/api/me/tasks", ORIGIN, "OPTIONS", requested), [ORIGIN])).toEqual({
    Vary: "Origin",
    "Access-Control-Allow-Origin": ORIGIN,
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": expect.stringContaining("Idempotency-Key"),
    "Access-Control-Max-Age": "7200",
  });
  expect(preflightHeaders(request("/api/me/tasks", ORIGIN, "OPTIONS"), [ORIGIN])).toBeUndefined();
  expect(preflightHeaders(request("/api/me/tasks", ORIGIN, "GET", requested), [ORIGIN])).toBeUndefined();
  expect(preflightHeaders(request("/api/me/tasks", "https://elsewhere.example", "OPTIONS", requested), [ORIGIN])).toBeUndefined();
  expect(preflightHeaders(request("/api/auth/token", ORIGIN, "OPTIONS", requested), [ORIGIN])).toBeUndefined();
});
