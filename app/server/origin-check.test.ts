import { expect, test } from "vitest";
import { isCrossSite } from "#app/server/origin-check.ts";

const HTTPS = "https://doable.example";
const HTTP = "http://localhost:3000";
const METHODS = ["POST", "PUT", "PATCH", "DELETE"];

function post(url: string, headers: Record<string, string>, publicOrigin = HTTPS): boolean {
  return isCrossSite({ method: "POST", url, headers: { host: new URL(publicOrigin).host, ...headers } }, publicOrigin);
}

test("a form's origin is scheme, host and port", () => {
  expect(post("/today", { origin: HTTPS })).toBe(false);
  for (const origin of [
    "http://doable.example",
    "https://doable.example:8443",
    "https://www.doable.example",
    "https://doable.example.elsewhere.example",
    "https://elsewhere.example",
    "https://doable.example, https://elsewhere.example",
    "null",
    "",
  ])
    expect(post("/today", { origin }), origin).toBe(true);
});

test("the request's own host is an origin only without https", () => {
  expect(post("/today", { origin: "http://192.0.2.7:3000", host: "192.0.2.7:3000" }, HTTP)).toBe(false);
  expect(post("/today", { origin: "https://192.0.2.7:3000", host: "192.0.2.7:3000" }, HTTP)).toBe(true);
  expect(post("/today", { origin: "http://192.0.2.7:3000", host: "192.0.2.7:3001" }, HTTP)).toBe(true);
  expect(post("/today", { origin: "http://192.0.2.7", host: "192.0.2.7" })).toBe(true);
  expect(post("/today", { origin: "https://192.0.2.7", host: "192.0.2.7" })).toBe(true);
});

test("a form that a browser calls cross-site is refused, whatever its origin", () => {
  for (const path of ["/today", "/today.data", "/login", "/capture", "/api", "/api/"]) {
    expect(post(path, { origin: HTTPS, "sec-fetch-site": "cross-site" }), path).toBe(!path.startsWith("/api/"));
    for (const site of ["same-origin", "none", "same-site"])
      expect(post(path, { origin: HTTPS, "sec-fetch-site": site }), path).toBe(false);
  }
  expect(post("/today", { "sec-fetch-site": "cross-site" })).toBe(true);
});

test("a request without either header is not from a page of another site", () => {
  for (const method of METHODS) expect(isCrossSite({ method, url: "/today", headers: { host: "doable.example" } }, HTTPS)).toBe(false);
});

test("at Better Auth's endpoints only a cookie makes a cross-site request dangerous", () => {
  const crossSite = { "sec-fetch-site": "cross-site", origin: HTTPS };
  expect(post("/api/auth/sign-out", { ...crossSite, cookie: "a=b" })).toBe(true);
  expect(post("/api/auth/sign-in/email", crossSite)).toBe(false);
  expect(post("/api/auth/sign-out", { "sec-fetch-site": "same-origin", cookie: "a=b" })).toBe(false);
});

test("token and key endpoints are open to all sites, also in browsers with a cookie", () => {
  const headers = { "sec-fetch-site": "cross-site", origin: "https://elsewhere.example", cookie: "a=b" };
  for (const method of METHODS) {
    for (const url of ["/api/me/tasks", "/api/token", "/api/authors/tasks"])
      expect(isCrossSite({ method, url, headers }, HTTPS), url).toBe(false);
  }
});

test("reading is never refused", () => {
  for (const method of ["GET", "HEAD", "OPTIONS"]) {
    const headers = { "sec-fetch-site": "cross-site", origin: "https://elsewhere.example", cookie: "a=b" };
    expect(isCrossSite({ method, url: "/today", headers }, HTTPS)).toBe(false);
    expect(isCrossSite({ method, url: "/api/auth/token", headers }, HTTPS)).toBe(false);
  }
});
