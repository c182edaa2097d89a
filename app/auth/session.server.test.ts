import { sql } from "kysely";
import { RouterContextProvider } from "react-router";
import { expect, test } from "vitest";
import { optionalSession, postToAuth, requireSession } from "#app/auth/session.server.ts";
import { requestInfoContext, sessionUserContext, type UserRef, userContext } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { signUpTestUser } from "#app/testing/users.ts";

interface Visit {
  answer: Response;
  /** Who the page was shown to: "nobody in particular" where a session is optional. */
  user: UserRef | "nobody in particular" | undefined;
}

/** What a page behind the guard answers to somebody with that cookie. */
async function visit(guard: typeof requireSession, cookie: string | undefined, path = "/tasks"): Promise<Visit> {
  const url = new URL(path, "http://localhost:3000");
  const request = new Request(url, { headers: cookie === undefined ? {} : { Cookie: cookie } });
  const context = new RouterContextProvider();
  let user: Visit["user"];
  const next = async () => {
    user = guard === requireSession ? context.get(userContext) : (context.get(sessionUserContext) ?? "nobody in particular");
    return new Response("the page", { headers: { "Set-Cookie": "page=1" } });
  };
  try {
    const answer = await guard({ request, url, context, params: {}, pattern: "/tasks" } as Parameters<typeof guard>[0], next);
    return { answer: answer as Response, user };
  } catch (thrown) {
    if (thrown instanceof Response) return { answer: thrown, user };
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

test("somebody without a session goes to the log-in page, and comes back to the very address afterwards", async () => {
  const { answer, user } = await visit(requireSession, undefined, "/tasks?status=done&cursor=a%26b");
  expect(user).toBeUndefined();
  expect(answer.status).toBe(302);
  const location = new URL(answer.headers.get("Location") ?? "", "http://localhost:3000");
  expect(location.pathname).toBe("/login");
  expect(location.searchParams.get("redirectTo")).toBe("/tasks?status=done&cursor=a%26b");
});

test("a cookie that is no session's is as good as none", async () => {
  for (const cookie of GARBAGE) {
    expect((await visit(requireSession, cookie)).answer.status, cookie).toBe(302);
    expect((await visit(optionalSession, cookie)).user, cookie).toBe("nobody in particular");
  }
});

test("a session lets its own user in", async () => {
  const one = await signUpTestUser();
  const other = await signUpTestUser();
  expect(await visit(requireSession, one.cookie)).toMatchObject({ user: one.user, answer: { status: 200 } });
  expect(await visit(requireSession, other.cookie)).toMatchObject({ user: other.user });
  expect(await visit(optionalSession, other.cookie)).toMatchObject({ user: other.user });
});

test("a session that anybody has touched lets nobody in", async () => {
  const { cookie } = await signUpTestUser();
  const at = cookie.indexOf("=") + 1;
  expect((await visit(requireSession, cookie.slice(0, at) + (cookie[at] === "a" ? "b" : "a") + cookie.slice(at + 1))).user).toBeUndefined();
  expect((await visit(requireSession, cookie.slice(0, -12))).user).toBeUndefined();
});

test("a banned user is out at the next request, until the ban has ended", async () => {
  const { user, cookie } = await signUpTestUser();
  const ban = (banExpires: Date | null) => db.updateTable("user").set({ banned: true, banExpires }).where("id", "=", user.id).execute();
  await ban(null);
  expect((await visit(requireSession, cookie)).answer.status).toBe(302);
  expect((await visit(optionalSession, cookie)).user).toBe("nobody in particular");
  await ban(new Date(Date.now() - 1));
  expect((await visit(requireSession, cookie)).user).toEqual(user);
});

test("a deleted user is out at the next request", async () => {
  const { user, cookie } = await signUpTestUser();
  await db.deleteFrom("user").where("id", "=", user.id).execute();
  expect((await visit(requireSession, cookie)).answer.status).toBe(302);
});

test("a session ends when it is signed out or its time is up", async () => {
  const context = new RouterContextProvider();
  context.set(requestInfoContext, { id: "request-1", clientAddress: "192.0.2.1", nonce: "" });
  const signedOut = await signUpTestUser();
  const request = new Request("http://localhost:3000/logout", { method: "POST", headers: { Cookie: signedOut.cookie } });
  expect((await postToAuth("/sign-out", { request, context })).status).toBe(200);
  expect((await visit(requireSession, signedOut.cookie)).answer.status).toBe(302);
  const old = await signUpTestUser();
  await sql`update session set expires_at = now() - interval '1 second' where user_id = ${old.user.id}`.execute(db);
  expect((await visit(requireSession, old.cookie)).answer.status).toBe(302);
});

test("a session that is prolonged tells the browser so, beside what the page sets", async () => {
  const { user, cookie } = await signUpTestUser();
  expect((await visit(requireSession, cookie)).answer.headers.getSetCookie()).toEqual(["page=1"]);
  for (const guard of [requireSession, optionalSession]) {
    await sql`update session set expires_at = now() + interval '5 days' where user_id = ${user.id}`.execute(db);
    const cookies = (await visit(guard, cookie)).answer.headers.getSetCookie();
    expect(cookies[0]).toBe("page=1");
    expect(cookies[1]).toMatch(/^doable\.session_token=.*HttpOnly/);
  }
});
