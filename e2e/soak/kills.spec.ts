import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { call, newPerson, newTask } from "../support/api.ts";
import { type DoableServer, startServer } from "../support/server.ts";
import { bearer, expect, test } from "../support/test.ts";

// A process starts and is killed in each test.
test.describe.configure({ timeout: 120_000 });

test("a server killed while writing keeps every task whose creation it had confirmed", async () => {
  await using server = await startServer({ API_WRITES_PER_MINUTE: "100000" });
  const { token } = await newPerson(server);
  const answered = new Set<string>();
  async function writeUntilItDies() {
    for (;;) answered.add((await newTask(server, token)).id);
  }
  const writers = Array.from({ length: 4 }, () => writeUntilItDies().catch(() => undefined));
  await expect.poll(() => answered.size).toBeGreaterThan(20);
  await server.stop("SIGKILL");
  await Promise.all(writers);

  const restarted = await server.restart();
  const kept = new Set<string>();
  for (let path: string | undefined = "/api/me/tasks?limit=200"; path; ) {
    const page: { items: { id: string }[]; next_cursor: string | null } = await (await call(restarted, path, { token })).json();
    for (const { id } of page.items) kept.add(id);
    path = page.next_cursor ? `/api/me/tasks?limit=200&cursor=${page.next_cursor}` : undefined;
  }
  expect([...answered].filter((id) => !kept.has(id))).toEqual([]);
  expect((await newTask(restarted, token)).version).toBe(1);
});

test("after a kill, repeated requests with the same idempotency keys do nothing twice", async () => {
  await using server = await startServer({ API_WRITES_PER_MINUTE: "100000" });
  const { token } = await newPerson(server);
  const sent: string[] = [];
  const answered = new Map<string, string>();
  async function post(to: typeof server, key: string) {
    const answer = await call(to, "/api/me/tasks", { token, json: { title: key }, headers: { "Idempotency-Key": key } });
    return { answer, text: await answer.text() };
  }
  async function writeUntilItDies() {
    for (;;) {
      const key = randomUUID();
      sent.push(key);
      answered.set(key, (await post(server, key)).text);
    }
  }
  const writers = Array.from({ length: 6 }, () => writeUntilItDies().catch(() => undefined));
  await expect.poll(() => answered.size).toBeGreaterThan(30);
  await server.stop("SIGKILL");
  await Promise.all(writers);
  // Each writer has one request that was sent and never answered.
  expect(sent.length - answered.size).toBe(writers.length);

  const restarted = await server.restart();
  for (const key of sent) {
    const { answer, text } = await post(restarted, key);
    expect(answer.status).toBe(201);
    if (!answered.has(key)) continue;
    expect(answer.headers.get("Idempotency-Replayed")).toBe("true");
    expect(text).toBe(answered.get(key));
  }
  expect((await titlesOf(restarted, token)).sort()).toEqual(sent.toSorted());
});

test("after a kill before the response is delivered, a repeated request gets the stored response", async () => {
  await using server = await startServer();
  const { token } = await newPerson(server);
  const headers = { ...bearer(token), "Content-Type": "application/json", "Idempotency-Key": "pay-rent", Connection: "close" };
  const body = JSON.stringify({ title: "Pay rent" });
  const lost = request(`${server.url}/api/me/tasks`, { method: "POST", headers });
  lost.on("error", () => {});
  lost.end(body);
  // Once the write is visible, the connection is closed before its response is read.
  await expect.poll(() => titlesOf(server, token)).toEqual(["Pay rent"]);
  lost.destroy();
  await server.stop("SIGKILL");

  const restarted = await server.restart();
  for (let time = 0; time < 2; time++) {
    const answer = await call(restarted, "/api/me/tasks", { method: "POST", body, headers });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("Idempotency-Replayed")).toBe("true");
    expect(await answer.json()).toMatchObject({ title: "Pay rent", version: 1 });
  }
  expect(await titlesOf(restarted, token)).toEqual(["Pay rent"]);
});

async function titlesOf(server: DoableServer, token: string): Promise<string[]> {
  const titles: string[] = [];
  for (let path: string | undefined = "/api/me/tasks?limit=200"; path; ) {
    const page: { items: { title: string }[]; next_cursor: string | null } = await (await call(server, path, { token })).json();
    titles.push(...page.items.map(({ title }) => title));
    path = page.next_cursor ? `/api/me/tasks?limit=200&cursor=${page.next_cursor}` : undefined;
  }
  return titles;
}
