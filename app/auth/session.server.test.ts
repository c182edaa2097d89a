import { sql } from "kysely";
import { RouterContextProvider } from "react-router";
import { expect, test } from "vitest";
import { verifyBearerToken } from "#app/auth/bearer-token.server.ts";
import { deleteExpiredSessions, optionalSession, postToAuth, requireSession, signOutEverywhere } from "#app/auth/session.server.ts";
import { requestInfoContext, sessionUserContext, type UserRef, userContext } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { createTestKey, signTestToken, testClaims } from "#app/testing/tokens.ts";
import { signUpTestUser } from "#app/testing/users.ts";

interface Visit {
  response: Response;
  /** `undefined` if the page was not rendered, "anonymous" if it was rendered without a session. */
  user: UserRef | "anonymous" | undefined;
}

/** Requests a page behind the guard with that cookie. */
async function visit(guard: typeof requireSession, cookie: string | undefined, path = "/tasks", setCookie = "page=1"): Promise<Visit> {
  const url = new URL(path, "http://localhost:3000");
  const request = new Request(url, { headers: cookie === undefined ? {} : { Cookie: cookie } });
  const context = new RouterContextProvider();
  let user: Visit["user"];
  const next = async () => {
    user = guard === requireSession ? context.get(userContext) : (context.get(sessionUserContext) ?? "anonymous");
    return new Response("the page", { headers: { "Set-Cookie": setCookie } });
  };
  try {
    const response = await guard({ request, url, context, params: {}, pattern: "/tasks" } as Parameters<typeof guard>[0], next);
    return { response: response as Response, user };
  } catch (thrown) {
    if (thrown instanceof Response) return { response: thrown, user };
    throw thrown;
  }
}

const GARBAGE = [
  "",
  "x",
  "doable.session_token=",
  "doable.session_token=x.y",
  "doable.session_token=%E0%A4%A",
  "doable.session_token=%00.%00",
];

test("without a session, the guard redirects to the log-in page with the full URL to return to", async () => {
  const { response, user } = await visit(requireSession, undefined, "/tasks?status=done&cursor=a%26b");
  expect(user).toBeUndefined();
  expect(response.status).toBe(302);
  const location = new URL(response.headers.get("Location") ?? "", "http://localhost:3000");
  expect(location.pathname).toBe("/login");
  expect(location.searchParams.get("redirectTo")).toBe("/tasks?status=done&cursor=a%26b");
});

test("an invalid session cookie counts as none", async () => {
  for (const cookie of GARBAGE) {
    expect((await visit(requireSession, cookie)).response.status, cookie).toBe(302);
    expect((await visit(optionalSession, cookie)).user, cookie).toBe("anonymous");
  }
});

test("a session admits its own user", async () => {
  const one = await signUpTestUser();
  const other = await signUpTestUser();
  expect(await visit(requireSession, one.cookie)).toMatchObject({ user: one.user, response: { status: 200 } });
  expect(await visit(requireSession, other.cookie)).toMatchObject({ user: other.user });
  expect(await visit(optionalSession, other.cookie)).toMatchObject({ user: other.user });
});

test("a modified session cookie is rejected", async () => {
  const { cookie } = await signUpTestUser();
  const at = cookie.indexOf("=") + 1;
  expect((await visit(requireSession, cookie.slice(0, at) + (cookie[at] === "a" ? "b" : "a") + cookie.slice(at + 1))).user).toBeUndefined();
  expect((await visit(requireSession, cookie.slice(0, -12))).user).toBeUndefined();
});

test("a ban applies from the next request until it ends", async () => {
  const { user, cookie } = await signUpTestUser();
  const ban = (banExpires: Date | null) => db.updateTable("user").set({ banned: true, banExpires }).where("id", "=", user.id).execute();
  await ban(null);
  expect((await visit(requireSession, cookie)).response.status).toBe(302);
  expect((await visit(optionalSession, cookie)).user).toBe("anonymous");
  await ban(new Date(Date.now() - 1));
  expect((await visit(requireSession, cookie)).user).toEqual(user);
});

test("a deleted user's session is rejected at the next request", async () => {
  const { user, cookie } = await signUpTestUser();
  await db.deleteFrom("user").where("id", "=", user.id).execute();
  expect((await visit(requireSession, cookie)).response.status).toBe(302);
});

test("a session ends by signing out or expiring", async () => {
  const context = new RouterContextProvider();
  context.set(requestInfoContext, { id: "request-1", clientAddress: "192.0.2.1", nonce: "" });
  const signedOut = await signUpTestUser();
  const request = new Request("http://localhost:3000/logout", { method: "POST", headers: { Cookie: signedOut.cookie } });
  expect((await postToAuth("/sign-out", { request, context })).status).toBe(200);
  expect((await visit(requireSession, signedOut.cookie)).response.status).toBe(302);
  const old = await signUpTestUser();
  await sql`update session set expires_at = now() - interval '1 second' where user_id = ${old.user.id}`.execute(db);
  expect((await visit(requireSession, old.cookie)).response.status).toBe(302);
});

test("signing out everywhere ends every session and token of that user, and of no other", async () => {
  const [user, other] = [await signUpTestUser(), await signUpTestUser()];
  const key = await createTestKey("EdDSA");
  const tokenOf = (id: string) => signTestToken(key, testClaims(id));
  const [token, others] = [await tokenOf(user.user.id), await tokenOf(other.user.id)];
  expect(await verifyBearerToken(token)).toMatchObject({ success: true });
  await signOutEverywhere(user.user, { id: "request-1", clientAddress: "192.0.2.1" });
  expect((await visit(requireSession, user.cookie)).response.status).toBe(302);
  expect(await verifyBearerToken(token)).toMatchObject({ success: false });
  expect((await visit(requireSession, other.cookie)).response.status).toBe(200);
  expect(await verifyBearerToken(others)).toMatchObject({ success: true });
});

test("a response that sets the session's cookie itself is not overruled by an extended session's", async () => {
  const { user, cookie } = await signUpTestUser();
  await sql`update session set expires_at = now() + interval '5 days' where user_id = ${user.id}`.execute(db);
  const ended = "doable.session_token=; Max-Age=0";
  const cookies = (await visit(requireSession, cookie, "/tasks", ended)).response.headers.getSetCookie();
  expect(cookies).toEqual([ended]);
});

test("an extended session's cookie is set in addition to the page's own", async () => {
  const { user, cookie } = await signUpTestUser();
  expect((await visit(requireSession, cookie)).response.headers.getSetCookie()).toEqual(["page=1"]);
  for (const guard of [requireSession, optionalSession]) {
    await sql`update session set expires_at = now() + interval '5 days' where user_id = ${user.id}`.execute(db);
    const cookies = (await visit(guard, cookie)).response.headers.getSetCookie();
    expect(cookies[0]).toBe("page=1");
    expect(cookies[1]).toMatch(/^doable\.session_token=.*HttpOnly/);
  }
});

test("the clean-up deletes expired sessions, and no others", async () => {
  const [expired, current] = [await signUpTestUser(), await signUpTestUser()];
  await sql`update session set expires_at = now() - interval '1 second' where user_id = ${expired.user.id}`.execute(db);
  await deleteExpiredSessions();
  const ids = [expired.user.id, current.user.id];
  const { rows } = await sql`select user_id from session where user_id = any(${ids}::uuid[])`.execute(db);
  expect(rows).toEqual([{ userId: current.user.id }]);
});

test("the clean-up deletes rate-limit counts older than a day, and no others", async () => {
  const [old, recent] = [crypto.randomUUID(), crypto.randomUUID()];
  const now = Date.now();
  await sql`
    insert into rate_limit (key, count, last_request) values (${old}, 3, ${now - 25 * 60 * 60_000}), (${recent}, 3, ${now - 10_000})
  `.execute(db);
  await deleteExpiredSessions();
  const { rows } = await sql`select key from rate_limit where key = any(${[old, recent]}::text[])`.execute(db);
  expect(rows).toEqual([{ key: recent }]);
});
