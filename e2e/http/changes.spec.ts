import { call, newPerson, newTask, pointersOf, problemOf } from "../support/api.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

interface Item {
  type: "task" | "list";
  op: "upsert" | "delete";
  id: string;
  task?: { title: string; deleted_at: string | null };
}

interface Page {
  items: Item[];
  next: string;
  has_more: boolean;
}

async function changes(server: DoableServer, token: string, query = ""): Promise<Page> {
  const answer = await call(server, `/api/me/changes${query}`, { token });
  expect(answer.status).toBe(200);
  return answer.json();
}

test("a script that follows the feed gets each task's current state, and deletions", async ({ server }) => {
  const { token } = await newPerson(server);
  const [kept, changed, gone] = [await newTask(server, token), await newTask(server, token), await newTask(server, token)];
  const all = await changes(server, token);
  expect(all.has_more).toBe(false);
  expect(all.items).toEqual([kept, changed, gone].map((task) => ({ type: "task", op: "upsert", id: task.id, task })));

  await call(server, `/api/me/tasks/${changed.id}`, { method: "PATCH", token, json: { title: "Changed" } });
  await call(server, `/api/me/tasks/${gone.id}?permanent=true`, { method: "DELETE", token });
  await call(server, `/api/me/tasks/${kept.id}`, { method: "DELETE", token });
  const since = await changes(server, token, `?since=${all.next}`);
  expect(since.items).toEqual([
    { type: "task", op: "upsert", id: changed.id, task: expect.objectContaining({ title: "Changed", version: 2 }) },
    { type: "task", op: "delete", id: gone.id },
    { type: "task", op: "upsert", id: kept.id, task: expect.objectContaining({ deleted_at: expect.any(String) }) },
  ]);
  expect(await changes(server, token, `?since=${since.next}`)).toEqual({ items: [], next: since.next, has_more: false });
});

test("pages of one item lead to the end, including tasks created meanwhile", async ({ server }) => {
  const { token } = await newPerson(server);
  for (let made = 0; made < 3; made++) await newTask(server, token, { title: `Task ${made}` });
  const seen: (string | undefined)[] = [];
  let page = await changes(server, token, "?limit=1");
  for (;;) {
    seen.push(...page.items.map(({ task }) => task?.title));
    if (!page.has_more) break;
    if (seen.length === 2) await newTask(server, token, { title: "Meanwhile" });
    page = await changes(server, token, `?limit=1&since=${page.next}`);
  }
  expect(seen).toEqual(["Task 0", "Task 1", "Task 2", "Meanwhile"]);
});

test("a token of another user, of another page, or that was modified is rejected", async ({ server }) => {
  const { token } = await newPerson(server);
  const stranger = await newPerson(server);
  await newTask(server, token);
  await newTask(server, token);
  const { next } = await changes(server, token);
  const { next_cursor } = await (await call(server, "/api/me/tasks?limit=1", { token })).json();
  await problemOf(await call(server, `/api/me/changes?since=${next}`, { token: stranger.token }), 400, "malformed_request");
  for (const since of [next_cursor, `${next}x`, `x${next}`, next.slice(1), "", "0", "%00"])
    await problemOf(await call(server, `/api/me/changes?since=${since}`, { token }), 400, "malformed_request");
});

test("an invalid query is rejected", async ({ server }) => {
  const { token } = await newPerson(server);
  const problem = await problemOf(await call(server, "/api/me/changes?limit=0&cursor=x", { token }), 422, "invalid_fields");
  expect(pointersOf(problem)).toEqual(["?cursor", "?limit"]);
  await problemOf(await call(server, "/api/me/changes", { method: "DELETE", token }), 405, "method_not_allowed");
  await problemOf(await call(server, "/api/me/changes"), 401, "unauthorized");
});

test("with four concurrent writers, a copy updated from the feed ends up equal to the API", async ({ server }) => {
  const { token } = await newPerson(server);
  const copy = new Map<string, Item>();
  let next: string | undefined;
  let isWriting = true;
  const follow = async () => {
    for (;;) {
      const isLast = !isWriting;
      const page = await changes(server, token, next ? `?limit=5&since=${next}` : "?limit=5");
      for (const item of page.items) item.op === "delete" ? copy.delete(item.id) : copy.set(item.id, item);
      next = page.next;
      if (isLast && !page.has_more) return;
    }
  };
  const write = async () => {
    for (let time = 0; time < 7; time++) {
      const [one, other] = [await newTask(server, token), await newTask(server, token)];
      await call(server, `/api/me/tasks/${one.id}`, { method: "PATCH", token, json: { notes: `${time}` } });
      await call(server, `/api/me/tasks/${other.id}?permanent=true`, { method: "DELETE", token });
    }
  };
  const following = follow();
  await Promise.all([write(), write(), write(), write()]);
  isWriting = false;
  await following;
  const { items } = await (await call(server, "/api/me/tasks?limit=200", { token })).json();
  expect(items).toHaveLength(28);
  expect([...copy.values()].map(({ task }) => task)).toEqual(expect.arrayContaining(items));
  expect(copy.size).toBe(items.length);
});
