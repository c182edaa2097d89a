import { call, newPerson, newTask, problemOf } from "../support/api.ts";
import { newList } from "../support/requests.ts";
import { expect, test } from "../support/test.ts";

test.use({ serverEnv: { QUOTA_TASKS: "20", QUOTA_LISTS: "2", QUOTA_TEXT_MB: "1" } });

test.describe.configure({ mode: "default" });

const NO_TASKS = { detail: "An account can have 20 tasks, those in the trash included", quota: "tasks", limit: 20 };
const NO_LISTS = { detail: "An account can have 2 lists", quota: "lists", limit: 2 };
const NO_TEXT = { quota: "text_bytes", limit: 1_000_000, detail: expect.stringContaining("1 MB of text") };

function creations(count: number, notes = "") {
  return { operations: Array.from({ length: count }, (_, index) => ({ op: "create", task: { title: `${index}`, notes } })) };
}

test("beyond the quota for tasks every way to create one is a 422 with the number", async ({ server }) => {
  const { token } = await newPerson(server);
  const batch = await call(server, "/api/me/tasks/batch", { token, json: creations(21) });
  expect(batch.status).toBe(207);
  const { results } = await batch.json();
  expect(results.map(({ status }: { status: number }) => status)).toEqual([...Array(20).fill(201), 422]);
  expect(results.at(-1).problem).toMatchObject({ code: "quota_exceeded", ...NO_TASKS });
  const archive = { version: 1, tasks: [{ title: "Milk" }] };
  for (const [method, path, json] of [
    ["POST", "tasks", { title: "Milk" }],
    ["POST", "tasks/quick", { text: "Milk" }],
    ["PUT", "tasks/by-external-id/milk", { title: "Milk" }],
    ["POST", "import", archive],
    ["POST", "import?dry_run=true", archive],
  ] as const) {
    const refused = await call(server, `/api/me/${path}`, { method, token, json });
    expect(await problemOf(refused, 422, "quota_exceeded"), path).toMatchObject(NO_TASKS);
  }
  const { items } = await (await call(server, "/api/me/tasks?limit=200", { token })).json();
  expect(items).toHaveLength(20);
  await call(server, `/api/me/tasks/${items[0].id}`, { method: "DELETE", token });
  await problemOf(await call(server, "/api/me/tasks", { token, json: { title: "Milk" } }), 422, "quota_exceeded");
  await call(server, `/api/me/tasks/${items[0].id}?permanent=true`, { method: "DELETE", token });
  await newTask(server, token);
});

test("an atomic batch that goes beyond the quota does nothing", async ({ server }) => {
  const { token } = await newPerson(server);
  const batch = await call(server, "/api/me/tasks/batch", { token, json: { atomic: true, ...creations(21) } });
  await problemOf(batch, 422, "batch_failed");
  expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toEqual([]);
});

test("lists have a quota", async ({ server }) => {
  const { token } = await newPerson(server);
  const id = await newList(server, token);
  await newList(server, token);
  expect(await problemOf(await call(server, "/api/me/lists", { token, json: { name: "x" } }), 422, "quota_exceeded")).toMatchObject(
    NO_LISTS,
  );
  await call(server, `/api/me/lists/${id}`, { method: "DELETE", token });
  await newList(server, token);
});

test("text has a quota in bytes, which a change may not exceed either", async ({ server }) => {
  const { token } = await newPerson(server);
  // 60 kB each.
  expect((await call(server, "/api/me/tasks/batch", { token, json: creations(16, "牛".repeat(20_000)) })).status).toBe(200);
  const { id } = await newTask(server, token, { title: "short" });
  const notes = "牛".repeat(20_000);
  for (const [method, path, json] of [
    ["POST", "/api/me/tasks", { title: "x", notes }],
    ["PATCH", `/api/me/tasks/${id}`, { notes }],
    ["PATCH", `/api/me/tasks/${id}`, { notes, status: "done" }],
  ] as const) {
    expect(await problemOf(await call(server, path, { method, token, json }), 422, "quota_exceeded")).toMatchObject(NO_TEXT);
  }
  expect((await call(server, `/api/me/tasks/${id}`, { method: "PATCH", token, json: { title: "shorter", status: "done" } })).status).toBe(
    200,
  );
});

test("completing a repeating task works at the quota", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token, { due: { date: "2090-01-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } });
  await call(server, "/api/me/tasks/batch", { token, json: creations(19) });
  const completed = await call(server, `/api/me/tasks/${id}/complete`, { method: "POST", token });
  expect(await completed.json()).toMatchObject({
    task: { id, status: "done" },
    next: { id, status: "open", due: { date: "2090-01-02" } },
  });
});

test("GET /api/me returns the quotas", async ({ server }) => {
  const { token } = await newPerson(server);
  const { limits } = await (await call(server, "/api/me", { token })).json();
  expect(limits).toMatchObject({ tasks: 20, lists: 2, text_bytes: 1_000_000 });
});
