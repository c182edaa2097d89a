import { sql } from "kysely";
import { RouterContextProvider } from "react-router";
import { expect, test } from "vitest";
import { requestInfoContext, type UserRef, userContext } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { oncePerKey, writeTransactionContext } from "#app/http/idempotency.server.ts";
import { Problem } from "#app/http/problem.ts";
import { catchProblems } from "#app/http/resource.ts";
import { ExternalIdTaken } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, taskInput } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

type Tasks = ReturnType<typeof tasksOf>;

interface Post {
  path?: string;
  body?: string;
  headers?: Record<string, string>;
}

/** Posts with a key to a route whose handler is `work`, and reads the response. */
async function post(
  user: UserRef,
  key: string,
  work: (tasks: Tasks, request: Request) => Promise<Response>,
  { path = "/api/me/tasks", body = "{}", headers = {} }: Post = {},
) {
  const context = new RouterContextProvider();
  context.set(requestInfoContext, { id: "request-1", clientAddress: "192.0.2.1", nonce: "" });
  context.set(userContext, user);
  const url = new URL(path, "http://localhost:3000");
  const request = new Request(url, { method: "POST", body, headers: { "Idempotency-Key": key, ...headers } });
  const handler = (args: { request: Request }) => work(tasksOf(user, context.get(writeTransactionContext) ?? undefined), args.request);
  const response = await catchProblems(context, () => oncePerKey({ request, url, context }, handler));
  return { status: response.status, replayed: response.headers.get("Idempotency-Replayed"), text: await response.text() };
}

async function titlesOf(user: UserRef): Promise<string[]> {
  const page = await tasksOf(user).list({ status: "all", sort: "rank" }, { limit: 50 });
  return page?.tasks.map(({ title }) => title) ?? [];
}

async function makeOne(tasks: Tasks): Promise<Response> {
  const { id } = await make(tasks, { title: "Made" });
  return new Response(id, { status: 201, headers: { Location: `/api/me/tasks/${id}` } });
}

test("the handler can read the request's body", async () => {
  const user = await createTestUser();
  const echo = async (_tasks: Tasks, request: Request) => new Response(await request.text());
  expect(await post(user, "key", echo, { body: "Grüße 🦊" })).toMatchObject({ status: 200, text: "Grüße 🦊" });
});

test("concurrent requests with one key take effect once, and each response is the same or asks to wait", async () => {
  const user = await createTestUser();
  const answers = await Promise.all(Array.from({ length: 12 }, () => post(user, "key", makeOne)));
  const given = answers.filter(({ status }) => status === 201);
  expect(answers.filter(({ status }) => status !== 201).every(({ status }) => status === 409)).toBe(true);
  expect(new Set(given.map(({ text }) => text)).size).toBe(1);
  expect(given.filter(({ replayed }) => replayed === null)).toHaveLength(1);
  expect(await titlesOf(user)).toEqual(["Made"]);
});

test("an exception is not stored and rolls back: the same request may succeed later", async () => {
  const user = await createTestUser();
  const failing = async (tasks: Tasks) => {
    await make(tasks, { title: "Half" });
    throw new Error("Enough");
  };
  expect((await post(user, "key", failing)).status).toBe(500);
  const unavailable = async () => new Problem("unavailable").toResponse("request-1");
  expect((await post(user, "key", unavailable)).status).toBe(503);
  expect(await titlesOf(user)).toEqual([]);
  expect(await post(user, "key", makeOne)).toMatchObject({ status: 201, replayed: null });
  expect(await titlesOf(user)).toEqual(["Made"]);
});

test("a rate limit response is not stored", async () => {
  const user = await createTestUser();
  const limited = async () => new Problem("rate_limited").toResponse("request-1");
  expect((await post(user, "key", limited)).status).toBe(429);
  expect(await post(user, "key", makeOne)).toMatchObject({ status: 201, replayed: null });
});

test("a problem response is stored, and the writes before it are rolled back", async () => {
  const user = await createTestUser();
  const refusing = async (tasks: Tasks) => {
    await make(tasks, { title: "Half" });
    throw new Problem("not_found");
  };
  const first = await post(user, "key", refusing);
  expect(first).toMatchObject({ status: 404, replayed: null });
  expect(await post(user, "key", makeOne)).toEqual({ ...first, replayed: "true" });
  expect(await titlesOf(user)).toEqual([]);
});

test("a failed statement does not prevent the problem response from being stored", async () => {
  const user = await createTestUser();
  await make(tasksOf(user), { external_id: "taken" });
  const taking = async (tasks: Tasks) => {
    expect(await tasks.create(taskInput({ external_id: "taken" }))).toBeInstanceOf(ExternalIdTaken);
    throw new Problem("external_id_taken");
  };
  for (const replayed of [null, "true"]) expect(await post(user, "key", taking)).toMatchObject({ status: 409, replayed });
  expect(await titlesOf(user)).toHaveLength(1);
});

test("a key can be used again after 24 hours, to the minute", async () => {
  const user = await createTestUser();
  await post(user, "key", makeOne);
  const age = (minutes: number) =>
    sql`update kept_answer set created_at = now() - make_interval(mins => ${minutes}) where user_id = ${user.id}`.execute(db);
  await age(24 * 60 - 1);
  expect((await post(user, "key", makeOne)).replayed).toBe("true");
  await age(24 * 60 + 1);
  expect((await post(user, "key", makeOne)).replayed).toBeNull();
  expect((await post(user, "key", makeOne)).replayed).toBe("true");
  expect(await titlesOf(user)).toHaveLength(2);
});

test("keys are scoped to the user", async () => {
  const [owner, stranger] = [await createTestUser(), await createTestUser()];
  await post(owner, "key", makeOne);
  expect((await post(stranger, "key", makeOne)).replayed).toBeNull();
  expect([await titlesOf(owner), await titlesOf(stranger)]).toEqual([["Made"], ["Made"]]);
});

test("a key is refused for a request with another path, query, body, media type or If-Match", async () => {
  const user = await createTestUser();
  const first: Required<Post> = {
    path: "/api/me/tasks?a=1",
    body: "{}",
    headers: { "Content-Type": "application/json", "If-Match": '"1"', "X-Request-Id": "one" },
  };
  const others: Post[] = [
    { path: "/api/me/lists?a=1" },
    { path: "/api/me/tasks?a=2" },
    { body: "[]" },
    { headers: { ...first.headers, "Content-Type": "text/csv" } },
    { headers: { ...first.headers, "If-Match": '"2"' } },
  ];
  expect(await post(user, "key", makeOne, first)).toMatchObject({ status: 201, replayed: null });
  for (const other of others) {
    const { status, text } = await post(user, "key", makeOne, { ...first, ...other });
    expect([status, JSON.parse(text).code], JSON.stringify(other)).toEqual([422, "idempotency_key_reused"]);
  }
  const same: Post = { path: `/api/${user.id}/tasks?a=1`, headers: { ...first.headers, "X-Request-Id": "two" } };
  expect(await post(user, "key", makeOne, { ...first, ...same })).toMatchObject({ status: 201, replayed: "true" });
  expect(await titlesOf(user)).toEqual(["Made"]);
});

test("a response without a body is stored too", async () => {
  const user = await createTestUser();
  const silent = async () => new Response(null, { status: 204 });
  for (const replayed of [null, "true"]) expect(await post(user, "key", silent)).toEqual({ status: 204, replayed, text: "" });
});
