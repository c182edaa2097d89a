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
  /** What the path has in the place of `{user_id}`. */
  userId?: string;
  method?: string;
  next?: (context: RouterContextProvider) => Response | Promise<Response>;
}

/** What a route behind the guard answers. */
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

test("a verified token lets its user through, with what it grants", async () => {
  const user = await createTestUser();
  let seen: unknown;
  const next = (context: RouterContextProvider) => {
    seen = [context.get(userContext), context.get(tokenContext).scopes];
    return new Response("ok");
  };
  expect((await call({ authorization: await bearer(user), next })).status).toBe(200);
  expect(seen).toEqual([user, ["tasks:read"]]);
});

test("without a token, or with a bad one, nothing behind the guard runs", async () => {
  const user = await createTestUser();
  const good = await bearer(user);
  let runs = 0;
  const next = () => new Response(String(++runs));
  const bad = [
    undefined,
    "",
    "Bearer",
    "Bearer ",
    "Bearer x",
    "Basic YTpi",
    good.replace("Bearer", "Token"),
    `${good} x`,
    good.slice(0, -2),
  ];
  for (const authorization of bad) expect((await call({ authorization, next })).status, authorization).toBe(401);
  expect(runs).toBe(0);
});

test("OPTIONS needs no token, and nobody is known by one", async () => {
  for (const authorization of [undefined, "Bearer x", await bearer(await createTestUser())]) {
    const next = (context: RouterContextProvider) => {
      expect(() => context.get(userContext)).toThrow();
      return new Response(null, { status: 204 });
    };
    expect((await call({ method: "OPTIONS", authorization, userId: randomUUID(), next })).status).toBe(204);
  }
});

test("a refusal says whether a token was sent, and never what was wrong with it", async () => {
  const none = await call({});
  expect(none.headers.get("WWW-Authenticate")).toBe('Bearer realm="doable"');
  const banned = await createTestUser();
  await db.updateTable("user").set({ banned: true }).where("id", "=", banned.id).execute();
  const expired = await signTestToken(key, testClaims((await createTestUser()).id, { exp: 1 }));
  const bodies = new Set([await none.text()]);
  for (const authorization of ["Bearer x", `Bearer ${expired}`, await bearer(banned)]) {
    const answer = await call({ authorization });
    expect(answer.headers.get("WWW-Authenticate")).toBe('Bearer realm="doable", error="invalid_token"');
    bodies.add(await answer.text());
  }
  expect(bodies.size).toBe(1);
  expect(JSON.parse([...bodies][0] ?? "")).toMatchObject({ status: 401, code: "unauthorized", request_id: "request-1" });
});

test("the scheme is read in any case", async () => {
  const authorization = await bearer(await createTestUser());
  expect((await call({ authorization: authorization.replace("Bearer", "bEARER ") })).status).toBe(200);
});

test("a path is open to its own user, by id or as me", async () => {
  const user = await createTestUser();
  const authorization = await bearer(user);
  for (const userId of [user.id, "me"]) expect((await call({ authorization, userId })).status).toBe(200);
});

test("another user's path is refused alike, whether or not there is such a user", async () => {
  const authorization = await bearer(await createTestUser(), "tasks:write");
  const other = await createTestUser();
  const bodies = new Set<string>();
  for (const userId of [other.id, randomUUID(), "", "ME", "me ", "undefined", "\0"]) {
    const answer = await call({ authorization, userId });
    expect(answer.status).toBe(403);
    bodies.add(await answer.text());
  }
  expect(bodies.size).toBe(1);
  expect(JSON.parse([...bodies][0] ?? "")).toMatchObject({ code: "user_mismatch" });
});

test("reads and writes are counted apart, for each user", async () => {
  const user = await createTestUser();
  const authorization = await bearer(user);
  const left = async (method: string) => (await call({ authorization, method })).headers.get("RateLimit");
  expect(await left("GET")).toMatch(/^"reads";r=599;t=\d+$/);
  expect(await left("HEAD")).toMatch(/^"reads";r=598;/);
  for (const [index, method] of ["POST", "PUT", "PATCH", "DELETE"].entries()) {
    expect(await left(method)).toMatch(new RegExp(`^"writes";r=${119 - index};`));
  }
  const answer = await call({ authorization: await bearer(await createTestUser()) });
  expect(answer.headers.get("RateLimit")).toMatch(/^"reads";r=599;/);
  expect(answer.headers.get("RateLimit-Policy")).toBe('"reads";q=600;w=60');
});

test("a 304 is free", async () => {
  const authorization = await bearer(await createTestUser());
  const next = () => new Response(null, { status: 304 });
  for (let asked = 0; asked < 3; asked++) await call({ authorization, next });
  expect((await call({ authorization })).headers.get("RateLimit")).toMatch(/^"reads";r=599;/);
});

test("whoever has used up the limit is refused until there is more", async () => {
  const user = await createTestUser();
  const authorization = await bearer(user);
  await limitFor({ method: "POST" }).counter.penalty(user.id, 120);
  const answer = await call({ authorization, method: "POST" });
  expect(answer.status).toBe(429);
  expect(answer.headers.get("Retry-After")).toMatch(/^\d+$/);
  expect(answer.headers.get("RateLimit")).toMatch(/^"writes";r=0;/);
  expect((await call({ authorization })).status).toBe(200);
});

test("a handler runs only under a scope that covers it", async () => {
  const handler = scoped("tasks:write", () => new Response("done"));
  const asking = async (scope: string) => {
    const request = new Request("http://localhost:3000/api/me/tasks");
    const next = async (context: RouterContextProvider) => handler({ request, context } as never);
    return call({ authorization: await bearer(await createTestUser(), scope), next });
  };
  expect(await (await asking("tasks:write")).text()).toBe("done");
  for (const scope of ["", "tasks:read", "tasks:create", "tasks:read tasks:create"]) {
    const refused = await asking(scope);
    expect(refused.status).toBe(403);
    expect(refused.headers.get("WWW-Authenticate")).toBe('Bearer realm="doable", error="insufficient_scope", scope="tasks:write"');
    expect(await refused.json()).toMatchObject({ code: "insufficient_scope" });
  }
});

test("what goes wrong below the guard is a problem document too", async () => {
  const authorization = await bearer(await createTestUser());
  const failing = (error: unknown) => call({ authorization, next: () => Promise.reject(error) });
  expect((await failing(new Problem("not_found"))).status).toBe(404);
  expect((await failing(new Error("a fault"))).status).toBe(500);
  expect((await failing(Object.assign(new Error("gone"), { code: "57P01" }))).status).toBe(503);
});

test("an answer that tells of a limit of its own keeps it", async () => {
  const next = () => new Response(null, { status: 429, headers: { RateLimit: '"imports";r=0;t=9' } });
  const answer = await call({ authorization: await bearer(await createTestUser()), method: "POST", next });
  expect(answer.headers.get("RateLimit")).toBe('"imports";r=0;t=9');
});
