import { call, cookieOf, newPerson, problemOf } from "../support/api.ts";
import { newAccount } from "../support/people.ts";
import { anyAddress, expect, test } from "../support/test.ts";

test("only the endpoints on the list are there: everything else of Better Auth's is a 404", async ({ server }) => {
  const { cookie } = await newPerson(server);
  const headers = { Cookie: cookie, Origin: server.url };
  const paths = [
    ...["list-sessions", "update-user", "verify-password", "change-password", "change-email", "delete-user", "ok", "error"],
    ...["revoke-session", "revoke-sessions", "revoke-other-sessions", "reset-password", "request-password-reset", "list-accounts"],
    ...["admin/list-users", "admin/set-role", "admin/ban-user", "admin/impersonate-user", "admin/stop-impersonating"],
    ...["api-key/create", "api-key/list", "api-key/verify", "sign-in/social", "sign-in", "sign-up", "", "%00", "x".repeat(1_000)],
    ...[
      "sign-in/email/",
      "sign-in//email",
      "sign-in%2Femail",
      "sign-in/email/x",
      "sign%2Din/email",
      "Sign-In/Email",
      "token/x",
      "token.data",
    ],
  ];
  for (const path of paths) {
    for (const method of ["GET", "HEAD", "POST", "PUT", "OPTIONS"]) {
      const answer = await call(server, `/api/auth/${path}`, { method, headers, ...(/^P/.test(method) && { json: {} }) });
      expect(answer.status, `${method} ${path}`).toBe(404);
      if (method === "GET" && path) await problemOf(answer, 404, "not_found");
    }
  }
});

test("the endpoints on the list say which methods they take", async ({ server }) => {
  for (const [path, allow, other] of [
    ["sign-up/email", "POST, OPTIONS", "GET"],
    ["sign-in/email", "POST, OPTIONS", "GET"],
    ["sign-out", "POST, OPTIONS", "GET"],
    ["get-session", "GET, HEAD, OPTIONS", "POST"],
    ["token", "GET, HEAD, OPTIONS", "POST"],
    ["jwks", "GET, HEAD, OPTIONS", "POST"],
  ] as const) {
    const options = await call(server, `/api/auth/${path}`, { method: "OPTIONS" });
    expect([options.status, options.headers.get("Allow")], path).toEqual([204, allow]);
    const refused = await call(server, `/api/auth/${path}`, { method: other });
    await problemOf(refused, 405, "method_not_allowed");
    expect(refused.headers.get("Allow"), path).toBe(allow);
  }
});

test("a sign-up takes an https address as image, and nothing else", async ({ server }) => {
  const headers = () => ({ Origin: server.url, "X-Forwarded-For": anyAddress() });
  const signUp = (image: unknown) => call(server, "/api/auth/sign-up/email", { json: { ...newAccount(), image }, headers: headers() });
  for (const image of ["http://images.example/a.png", "javascript:alert(1)", `https://images.example/${"x".repeat(2_000)}`, 5])
    expect((await signUp(image)).status).toBe(400);
  expect((await signUp("https://images.example/a.png")).status).toBe(200);
});

test("a session ends everywhere from the settings, with its tokens, and no other person's", async ({ server }) => {
  const [person, other] = [await newPerson(server), await newPerson(server)];
  const headers = { Origin: server.url, "X-Forwarded-For": person.address };
  const second = cookieOf(await call(server, "/api/auth/sign-in/email", { json: person.account, headers }));
  const body = new URLSearchParams({ intent: "log-out-everywhere" });
  const answer = await call(server, "/settings", { body, headers: { ...headers, Cookie: person.cookie } });
  expect([answer.status, answer.headers.get("Location")]).toEqual([302, "/login"]);
  expect(answer.headers.get("Clear-Site-Data")).toBe('"cache"');
  expect(answer.headers.getSetCookie().join()).toMatch(/session_token=;.*Max-Age=0/);
  for (const cookie of [person.cookie, second])
    expect((await call(server, "/today", { headers: { Cookie: cookie } })).headers.get("Location")).toContain("/login");
  await problemOf(await call(server, "/api/me", { token: person.token }), 401, "unauthorized");
  expect((await call(server, "/today", { headers: { Cookie: other.cookie } })).status).toBe(200);
  expect((await call(server, "/api/me", { token: other.token })).status).toBe(200);
});

test("changing the password ends the tokens that the old one opened", async ({ server }) => {
  const { account, address, cookie, token } = await newPerson(server);
  const body = new URLSearchParams({ currentPassword: account.password, newPassword: "another good password" });
  const headers = { Cookie: cookie, Origin: server.url, "X-Forwarded-For": address };
  expect((await call(server, "/settings/password", { body, headers })).status).toBe(302);
  await problemOf(await call(server, "/api/me", { token }), 401, "unauthorized");
});

test("logging out empties the browser's cache, and leaves its drafts", async ({ server }) => {
  const { cookie } = await newPerson(server);
  const headers = { Cookie: cookie, Origin: server.url };
  for (const path of ["/logout", "/logout.data", "/api/auth/sign-out"]) {
    const answer = await call(server, path, path.startsWith("/api") ? { json: {}, headers } : { body: new URLSearchParams(), headers });
    expect(answer.headers.get("Clear-Site-Data"), path).toBe('"cache"');
  }
});

test("previews and finds are stored by no cache", async ({ server }) => {
  const { cookie } = await newPerson(server);
  const headers = { Cookie: cookie, Origin: server.url };
  for (const path of ["/find?q=rent", "/find", "/capture?text=rent", "/repeat?repeat=daily"])
    expect((await call(server, path, { headers })).headers.get("Cache-Control"), path).toBe("private, no-store");
  const lines = await call(server, "/capture", { body: new URLSearchParams({ lines: "a\nb" }), headers });
  expect([lines.status, lines.headers.get("Cache-Control")]).toEqual([200, "private, no-store"]);
});
