import { call, newPerson } from "../support/api.ts";
import { send } from "../support/raw.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

async function assetOf(server: DoableServer): Promise<string> {
  const page = await (await call(server, "/login")).text();
  return /"(\/assets\/entry\.client-[^"]+\.js)"/.exec(page)?.[1] ?? "";
}

const EXPECTED = {
  "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "permissions-policy": expect.stringContaining("camera=()"),
  "cross-origin-opener-policy": "same-origin",
  "x-request-id": expect.stringMatching(/./),
};

test("every kind of response has the security headers", async ({ server }) => {
  const { token, cookie } = await newPerson(server);
  const large = { method: "POST", headers: { "Content-Length": String(2 * 1024 * 1024) } };
  const answers = {
    page: await send(server, { path: "/login" }),
    "page of a person": await send(server, { path: "/tasks", headers: { Cookie: cookie } }),
    redirect: await send(server, { path: "/tasks" }),
    asset: await send(server, { path: await assetOf(server) }),
    icon: await send(server, { path: "/icon.svg" }),
    "missing page": await send(server, { path: "/nothing" }),
    "missing asset": await send(server, { path: "/assets/nothing.js" }),
    "API answer": await send(server, { path: "/api/me", headers: { Authorization: `Bearer ${token}` } }),
    "API refusal": await send(server, { path: "/api/me" }),
    "missing API path": await send(server, { path: "/api/nothing" }),
    "sign-in endpoint": await send(server, { path: "/api/auth/get-session" }),
    health: await send(server, { path: "/healthz" }),
    "unknown method": await send(server, { method: "PROPFIND", path: "/" }),
    "method of no route": await send(server, { method: "DELETE", path: "/login" }),
    "form of another origin": await send(server, { method: "POST", path: "/login", headers: { Origin: "https://elsewhere.example" } }),
    "large body": await send(server, { path: "/api/me/tasks", ...large }),
  };
  for (const [what, { headers }] of Object.entries(answers)) {
    expect(headers, what).toMatchObject(EXPECTED);
    expect(headers["strict-transport-security"], what).toBeUndefined();
    expect(headers["x-powered-by"], what).toBeUndefined();
  }
  const refused = [answers["unknown method"], answers["large body"], answers["missing page"]];
  expect(refused.map(({ status }) => status)).toEqual([405, 413, 404]);
});

test("only the page's inline scripts may run, by a nonce that is new in each response", async ({ server }) => {
  const nonces = new Set<string>();
  for (const path of ["/login", "/signup", "/", "/nothing", "/login"]) {
    const answer = await call(server, path);
    const policy = answer.headers.get("Content-Security-Policy") ?? "";
    const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(scripts).not.toMatch(/unsafe|\*|https?:|data:/);
    const nonce = /'nonce-([^']+)'/.exec(scripts)?.[1] ?? "";
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    nonces.add(nonce);
    const tags = (await answer.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(0);
    for (const tag of tags) expect(tag).toContain(`nonce="${nonce}"`);
  }
  expect(nonces.size).toBe(5);
});

test("a caller can't choose the nonce", async ({ server }) => {
  const answer = await call(server, "/login", { headers: { "X-CSP-Nonce": "chosen" } });
  expect(answer.headers.get("Content-Security-Policy")).not.toContain("chosen");
  expect(await answer.text()).not.toContain("chosen");
});

test("a hashed file is cached forever, pages and API responses by no shared cache", async ({ server }) => {
  const { token, cookie } = await newPerson(server);
  expect((await call(server, await assetOf(server))).headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
  expect((await call(server, "/icon.svg")).headers.get("Cache-Control")).toBe("public, max-age=3600");
  for (const path of ["/tasks", "/settings", "/settings/password", "/settings/data"])
    expect((await call(server, path, { headers: { Cookie: cookie } })).headers.get("Cache-Control"), path).toBe("private, no-store");
  expect((await call(server, "/api/me", { token })).headers.get("Cache-Control")).toContain("private");
});

test("an unchanged file is not sent again", async ({ server }) => {
  const path = await assetOf(server);
  const etag = (await call(server, path)).headers.get("ETag") ?? "";
  expect((await call(server, path, { headers: { "If-None-Match": etag } })).status).toBe(304);
});

for (const encoding of ["br", "gzip"]) {
  test(`a hashed file is available in ${encoding}`, async ({ server }) => {
    const path = await assetOf(server);
    const plain = await send(server, { path });
    const { status, headers } = await send(server, { path, headers: { "Accept-Encoding": encoding } });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "content-encoding": encoding, "content-type": expect.stringContaining("javascript") });
    expect(headers.vary).toMatch(/accept-encoding/i);
    expect(Number(headers["content-length"])).toBeLessThan(Number(plain.headers["content-length"]) / 2);
  });

  test(`a page is sent in ${encoding}`, async ({ server }) => {
    const { headers } = await send(server, { path: "/login", headers: { "Accept-Encoding": encoding } });
    expect(headers["content-encoding"]).toBe(encoding);
    expect(headers.vary).toMatch(/accept-encoding/i);
  });

  test(`JSON is sent in ${encoding} above 1 KiB, and as it is below`, async ({ server }) => {
    const { token } = await newPerson(server);
    const headers = { Authorization: `Bearer ${token}`, "Accept-Encoding": encoding };
    const small = await send(server, { path: "/api/me", headers });
    expect(small.headers["content-encoding"]).toBeUndefined();
    expect(JSON.parse(small.body)).toMatchObject({ scopes: expect.any(Array) });
    await call(server, "/api/me/tasks", { token, json: { title: "Long", notes: "x".repeat(1024) } });
    const large = await send(server, { path: "/api/me/tasks", headers });
    expect(large.headers["content-encoding"]).toBe(encoding);
    expect(large.headers["content-length"]).toBeUndefined();
  });
}

test("/healthz reports that the process runs, /readyz that it can serve requests", async ({ server }) => {
  for (const [path, text] of [
    ["/healthz", "ok\n"],
    ["/readyz", "ready\n"],
  ] as const) {
    const answer = await call(server, path);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(text);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
  }
});
