import { randomUUID } from "node:crypto";
import { RouterContextProvider } from "react-router";
import { expect, test } from "vitest";
import { limitFor, requireBearerToken, scoped, tokenContext } from "#app/auth/bearer-guard.server.ts";
import { requestInfoContext, type UserRef, userContext } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { Problem } from "#app/http/problem.ts";
import { createTestKey, signTestToken, testClaims } from "#app/testing/tokens.ts";
import { createTestUser } from "#app/testing/users.ts";

const key = await createTestKey("EdDSA");

interface Call {
  authorization?: string | undefined;
  userId?: string;
  method?: string;
  next?: (context: RouterContextProvider) => Response | Promise<Response>;
}

async function call({ authorization, userId, method = "GET", next = () => new Response("ok") }: Call): Promise<Response> {
  const url = new URL("http://localhost:3000/api/me/tasks");
  const request = new Request(url, { method, headers: authorization === undefined ? {} : { Authorization: authorization } });
  const context = new RouterContextProvider();
  context.set(requestInfoContext, { id: "request-1", clientAddress: "192.0.2.1", nonce: "" });
  const args = { request, url, context, params: userId === undefined ? {} : { userId }, pattern: "/api/:userId/tasks" };
  return (await requireBearerToken(args as never, async () => next(context))) as Response;
}

async function bearer(user: UserRef, scope = "tasks:read"): Promise<string> {
  return `Bearer ${await signTestToken(key, testClaims(user.id, { scope }))}`;
}

test("a valid token sets the user and its scopes", async () => {
  const user = await createTestUser();
  let seen: unknown;
  const next = (context: RouterContextProvider) => {
    seen = [context.get(userContext), context.get(tokenContext).scopes];
    return new Response("ok");
  };
  expect((await call({ authorization: await bearer(user), next })).status).toBe(200);
  expect(seen).toEqual([user, ["tasks:read"]]);
});

test("without a valid token, no route behind the guard runs", async () => {
  const user = await createTestUser();
  const valid = await bearer(user);
  let runs = 0;
  const next = () => new Response(String(++runs));
  const invalid = [
    undefined,
    "",
    "Bearer",
    "Bearer ",
    "Bearer x",
    "Basic YTpi",
    valid.replace("Bearer", "Token"),
    `${valid} x`,
    valid.slice(0, -2),
  ];
  for (const authorization of invalid) expect((await call({ authorization, next })).status, authorization).toBe(401);
  expect(runs).toBe(0);
});

test("OPTIONS needs no token, and a token sets no user", async () => {
  for (const authorization of [undefined, "Bearer x", await bearer(await createTestUser())]) {
    const next = (context: RouterContextProvider) => {
      expect(() => context.get(userContext)).toThrow();
      return new Response(null, { status: 204 });
    };
    expect((await call({ method: "OPTIONS", authorization, userId: randomUUID(), next })).status).toBe(204);
  }
});

test("a 401 tells whether a token was sent, but not why it is invalid", async () => {
  const none = await call({});
  expect(none.headers.get("WWW-Authenticate")).toBe('Bearer realm="doable"');
  const banned = await createTestUser();
  await db.updateTable("user").set({ banned: true }).where("id", "=", banned.id).execute();
  const expired = await signTestToken(key, testClaims((await createTestUser()).id, { exp: 1 }));
  const bodies = new Set([await none.text()]);
  for (const authorization of ["Bearer x", `Bearer ${expired}`, await bearer(banned)]) {
    const response = await call({ authorization });
    expect(response.headers.get("WWW-Authenticate")).toBe('Bearer realm="doable", error="invalid_token"');
    bodies.add(await response.text());
  }
  expect(bodies.size).toBe(1);
  expect(JSON.parse([...bodies][0] ?? "")).toMatchObject({ status: 401, code: "unauthorized", request_id: "request-1" });
});

test("the scheme is case-insensitive", async () => {
  const authorization = await bearer(await createTestUser());
  expect((await call({ authorization: authorization.replace("Bearer", "bEARER ") })).status).toBe(200);
});

test("a user's own path is allowed, by id or as me", async () => {
  const user = await createTestUser();
  const authorization = await bearer(user);
  for (const userId of [user.id, "me"]) expect((await call({ authorization, userId })).status).toBe(200);
});

test("a path of another user id is the same 403, whether or not that user exists", async () => {
  const authorization = await bearer(await createTestUser(), "tasks:write");
  const other = await createTestUser();
  const bodies = new Set<string>();
  for (const userId of [other.id, randomUUID(), "", "ME", "me ", "undefined", "\0"]) {
    const response = await call({ authorization, userId });
    expect(response.status).toBe(403);
    bodies.add(await response.text());
  }
  expect(bodies.size).toBe(1);
  expect(JSON.parse([...bodies][0] ?? "")).toMatchObject({ code: "user_mismatch" });
});

test("reads and writes are counted separately, for each user", async () => {
  const user = await createTestUser();
  const authorization = await bearer(user);
  const rateLimit = async (method: string) => (await call({ authorization, method })).headers.get("RateLimit");
  expect(await rateLimit("GET")).toMatch(/^"reads";r=599;t=\d+$/);
  expect(await rateLimit("HEAD")).toMatch(/^"reads";r=598;/);
  for (const [index, method] of ["POST", "PUT", "PATCH", "DELETE"].entries()) {
    expect(await rateLimit(method)).toMatch(new RegExp(`^"writes";r=${119 - index};`));
  }
  const response = await call({ authorization: await bearer(await createTestUser()) });
  expect(response.headers.get("RateLimit")).toMatch(/^"reads";r=599;/);
  expect(response.headers.get("RateLimit-Policy")).toBe('"reads";q=600;w=60');
});

test("a 304 does not count", async () => {
  const authorization = await bearer(await createTestUser());
  const next = () => new Response(null, { status: 304 });
  for (let times = 0; times < 3; times++) await call({ authorization, next });
  expect((await call({ authorization })).headers.get("RateLimit")).toMatch(/^"reads";r=599;/);
});

test("a user who has used up a limit gets a 429, and other limits still apply", async () => {
  const user = await createTestUser();
  const authorization = await bearer(user);
  await limitFor({ method: "POST" }).counter.penalty(user.id, 120);
  const response = await call({ authorization, method: "POST" });
  expect(response.status).toBe(429);
  expect(response.headers.get("Retry-After")).toMatch(/^\d+$/);
  expect(response.headers.get("RateLimit")).toMatch(/^"writes";r=0;/);
  expect((await call({ authorization })).status).toBe(200);
});

test("a handler runs only if a scope of the token covers it", async () => {
  const handler = scoped("tasks:write", () => new Response("done"));
  const callWith = async (scope: string) => {
    const request = new Request("http://localhost:3000/api/me/tasks");
    const next = async (context: RouterContextProvider) => handler({ request, context } as never);
    return call({ authorization: await bearer(await createTestUser(), scope), next });
  };
  expect(await (await callWith("tasks:write")).text()).toBe("done");
  for (const scope of ["", "tasks:read", "tasks:create", "tasks:read tasks:create"]) {
    const rejected = await callWith(scope);
    expect(rejected.status).toBe(403);
    expect(rejected.headers.get("WWW-Authenticate")).toBe('Bearer realm="doable", error="insufficient_scope", scope="tasks:write"');
    expect(await rejected.json()).toMatchObject({ code: "insufficient_scope" });
  }
});

test("an error below the guard becomes a problem document", async () => {
  const authorization = await bearer(await createTestUser());
  const failing = (error: unknown) => call({ authorization, next: () => Promise.reject(error) });
  expect((await failing(new Problem("not_found"))).status).toBe(404);
  expect((await failing(new Error("a fault"))).status).toBe(500);
  expect((await failing(Object.assign(new Error("gone"), { code: "57P01" }))).status).toBe(503);
});

test("a response with RateLimit headers keeps them", async () => {
  const next = () => new Response(null, { status: 429, headers: { RateLimit: '"imports";r=0;t=9' } });
  const response = await call({ authorization: await bearer(await createTestUser()), method: "POST", next });
  expect(response.headers.get("RateLimit")).toBe('"imports";r=0;t=9');
});
