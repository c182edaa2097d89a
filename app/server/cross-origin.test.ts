import { expect, test } from "vitest";
import { crossOriginHeaders, preflightHeaders } from "#app/server/cross-origin.ts";

const ORIGIN = "https://app.example";

function asked(url: string, origin: string | undefined = ORIGIN, method = "GET", more: Record<string, string> = {}) {
  return { method, url, headers: { ...(origin !== undefined && { origin }), ...more } };
}

for (const url of ["/api/me", "/api/me?x=1", "/api/me/tasks", "/api/0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001/tasks/x?y=/z", "/api/me/"]) {
  test(`an allowed page may read ${url}`, () => {
    expect(crossOriginHeaders(asked(url), [ORIGIN])).toMatchObject({ Vary: "Origin", "Access-Control-Allow-Origin": ORIGIN });
  });
}

for (const url of [
  "/",
  "/today",
  "/api",
  "/api/",
  "/api/token",
  "/api/auth/token",
  "/api/auth/sign-in/email",
  "/api?/me/tasks",
  "/x/api/me",
]) {
  test(`no page of elsewhere may read ${url}`, () => {
    expect(crossOriginHeaders(asked(url), [ORIGIN])).toEqual({});
  });
}

test("a page of any other origin may read nothing", () => {
  for (const origin of ["https://elsewhere.example", "https://app.example.elsewhere.example", "http://app.example", "null", "", undefined])
    expect(crossOriginHeaders({ ...asked("/api/me"), headers: origin === undefined ? {} : { origin } }, [ORIGIN])).toEqual({
      Vary: "Origin",
    });
});

test("without origins there is nothing to say", () => {
  expect(crossOriginHeaders(asked("/api/me"), [])).toEqual({});
});

test("a preflight is an OPTIONS that names a method, of a page that may", () => {
  const named = { "access-control-request-method": "PATCH" };
  expect(preflightHeaders(asked("/api/me/tasks", ORIGIN, "OPTIONS", named), [ORIGIN])).toEqual({
    Vary: "Origin",
    "Access-Control-Allow-Origin": ORIGIN,
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": expect.stringContaining("Idempotency-Key"),
    "Access-Control-Max-Age": "7200",
  });
  expect(preflightHeaders(asked("/api/me/tasks", ORIGIN, "OPTIONS"), [ORIGIN])).toBeUndefined();
  expect(preflightHeaders(asked("/api/me/tasks", ORIGIN, "GET", named), [ORIGIN])).toBeUndefined();
  expect(preflightHeaders(asked("/api/me/tasks", "https://elsewhere.example", "OPTIONS", named), [ORIGIN])).toBeUndefined();
  expect(preflightHeaders(asked("/api/token", ORIGIN, "OPTIONS", named), [ORIGIN])).toBeUndefined();
});
