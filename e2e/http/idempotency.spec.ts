import { randomUUID } from "node:crypto";
import { call, newPerson, newTask, problemOf } from "../support/api.ts";
import { readDescription } from "../support/description.ts";
import { exampleOf, newBelongings, sendRequest } from "../support/requests.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

interface Sent {
  token: string;
  key: string;
  json?: unknown;
  path?: string;
  headers?: Record<string, string>;
}

function post(server: DoableServer, { token, key, json = { title: "Pay rent" }, path = "/api/me/tasks", headers = {} }: Sent) {
  return call(server, path, { method: "POST", token, json, headers: { "Idempotency-Key": key, ...headers } });
}

async function titles(server: DoableServer, token: string): Promise<string[]> {
  const { items } = await (await call(server, "/api/me/tasks?limit=200", { token })).json();
  return items.map(({ title }: { title: string }) => title);
}

async function lasting(answer: Response) {
  const kept = ["Content-Type", "ETag", "Location", "Cache-Control"].map((name) => [name, answer.headers.get(name)]);
  return { status: answer.status, headers: Object.fromEntries(kept), body: await answer.text() };
}

test("the same request with the same key gets the first response, and creates no second task", async ({ server }) => {
  const { token } = await newPerson(server);
  const key = randomUUID();
  const first = await post(server, { token, key });
  expect(first.status).toBe(201);
  expect(first.headers.get("Idempotency-Replayed")).toBeNull();
  const second = await post(server, { token, key });
  expect(second.headers.get("Idempotency-Replayed")).toBe("true");
  expect(second.headers.get("X-Request-Id")).not.toBe(first.headers.get("X-Request-Id"));
  expect(await lasting(second)).toEqual(await lasting(first));
  expect(await titles(server, token)).toEqual(["Pay rent"]);
});

test("twelve concurrent requests with one key create one task and get one body", async ({ server }) => {
  const { token } = await newPerson(server);
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 12 }, () => post(server, { token, key })));
  const bodies = new Set<string>();
  const outcomes: string[] = [];
  for (const answer of answers) {
    if (answer.status === 409) {
      await problemOf(answer, 409, "idempotency_in_progress");
      expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
      continue;
    }
    expect(answer.status).toBe(201);
    outcomes.push(answer.headers.get("Idempotency-Replayed") ?? "first");
    bodies.add(await answer.text());
  }
  expect(outcomes.filter((outcome) => outcome === "first")).toHaveLength(1);
  expect(bodies.size).toBe(1);
  expect(await titles(server, token)).toHaveLength(1);
  expect((await post(server, { token, key })).headers.get("Idempotency-Replayed")).toBe("true");
});

test("the user's id and the word me are the same path", async ({ server }) => {
  const { token, id } = await newPerson(server);
  const key = randomUUID();
  const first = await post(server, { token, key });
  const second = await post(server, { token, key, path: `/api/${id}/tasks` });
  expect(second.headers.get("Idempotency-Replayed")).toBe("true");
  expect(await second.text()).toBe(await first.text());
});

test("a different request with the same key is rejected, and does nothing", async ({ server }) => {
  const { token } = await newPerson(server);
  const key = randomUUID();
  await post(server, { token, key });
  const others: Omit<Sent, "token" | "key">[] = [
    { json: { title: "Pay rent " } },
    { path: "/api/me/tasks?x=1" },
    { headers: { "Content-Type": "application/merge-patch+json" } },
    { headers: { "If-Match": '"1"' } },
  ];
  for (const other of others) await problemOf(await post(server, { token, key, ...other }), 422, "idempotency_key_reused");
  expect(await titles(server, token)).toHaveLength(1);
});

test("two users can use the same idempotency key independently", async ({ server }) => {
  const [one, other] = [await newPerson(server), await newPerson(server)];
  const key = randomUUID();
  const first = await post(server, { token: one.token, key });
  const second = await post(server, { token: other.token, key });
  expect(second.status).toBe(201);
  expect(second.headers.get("Idempotency-Replayed")).toBeNull();
  expect((await second.json()).id).not.toBe((await first.json()).id);
  await problemOf(await post(server, { token: other.token, key, path: `/api/${one.id}/tasks` }), 403, "user_mismatch");
});

test("an error response is stored, and its writes are rolled back", async ({ server }) => {
  const { token } = await newPerson(server);
  const key = randomUUID();
  const taken = { title: "Second", external_id: "rent" };
  const { id } = await newTask(server, token, { external_id: "rent" });
  const first = await post(server, { token, key, json: taken });
  await problemOf(first.clone(), 409, "external_id_taken");
  await call(server, `/api/me/tasks/${id}`, { method: "DELETE", token });
  const second = await post(server, { token, key, json: taken });
  expect(second.headers.get("Idempotency-Replayed")).toBe("true");
  expect(await lasting(second)).toEqual(await lasting(first));
  expect(await titles(server, token)).toEqual([]);
  expect((await post(server, { token, key: randomUUID(), json: taken })).status).toBe(201);
});

test("an unreadable request is rejected the same way again", async ({ server }) => {
  const { token } = await newPerson(server);
  const key = randomUUID();
  const headers = { "Idempotency-Key": key, "Content-Type": "application/json" };
  for (const replayed of [null, "true"]) {
    const answer = await call(server, "/api/me/tasks", { token, body: "{", headers });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("Idempotency-Replayed")).toBe(replayed);
  }
});

for (const [what, key] of [
  ["no characters", ""],
  ["256 characters", "k".repeat(256)],
  ["a character that is not ASCII", "clé"],
  ["a tab", "a\tb"],
] as const) {
  test(`a key of ${what} is rejected`, async ({ server }) => {
    const { token } = await newPerson(server);
    await problemOf(await post(server, { token, key }), 400, "malformed_request");
    expect(await titles(server, token)).toEqual([]);
  });
}

test("a key of 255 characters is accepted", async ({ server }) => {
  const { token } = await newPerson(server);
  for (const replayed of [null, "true"])
    expect((await post(server, { token, key: "~ ".repeat(127).padEnd(255, "k") })).headers.get("Idempotency-Replayed")).toBe(replayed);
});

test("a replay requires a token, and counts as a write", async ({ server }) => {
  const { token } = await newPerson(server);
  const key = randomUUID();
  const first = await post(server, { token, key });
  const left = (answer: Response) => Number(/;r=(\d+)/.exec(answer.headers.get("RateLimit") ?? "")?.[1]);
  expect(left(await post(server, { token, key }))).toBe(left(first) - 1);
  await problemOf(await post(server, { token: `${token}x`, key }), 401, "unauthorized");
});

test("a key on other methods has no effect", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token);
  const headers = { "Idempotency-Key": randomUUID() };
  for (const [title, version] of [
    ["Once", 2],
    ["Twice", 3],
  ] as const) {
    const answer = await call(server, `/api/me/tasks/${id}`, { method: "PATCH", token, json: { title }, headers });
    expect(await answer.json()).toMatchObject({ title, version });
  }
  const gone = () => call(server, `/api/me/tasks/${id}`, { method: "DELETE", token, headers });
  expect((await gone()).status).toBe(204);
  expect((await gone()).status).toBe(404);
});

test("every POST on a user's path can be repeated: its response is replayed, and nothing changes", async ({ server }) => {
  const { operations } = await readDescription(server);
  const posts = operations.filter(({ method, path }) => method === "POST" && path.startsWith("/api/{user_id}/"));
  expect(posts.length).toBeGreaterThan(6);
  for (const operation of posts) {
    const { token } = await newPerson(server);
    const example = exampleOf(operation, await newBelongings(server, token));
    const headers = { ...example.headers, "Idempotency-Key": randomUUID() };
    const sent = { ...example, headers };
    const first = await sendRequest(server, operation, sent, { token });
    expect([operation.path, first.status < 500]).toEqual([operation.path, true]);
    const { next } = await (await call(server, "/api/me/changes?limit=200", { token })).json();
    const second = await sendRequest(server, operation, sent, { token });
    expect([operation.path, second.headers.get("Idempotency-Replayed")]).toEqual([operation.path, "true"]);
    expect(await lasting(second)).toEqual(await lasting(first));
    expect(await (await call(server, `/api/me/changes?since=${next}`, { token })).json()).toMatchObject({ items: [] });
  }
});
