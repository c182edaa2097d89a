import { call, newPerson, newTask, submit, wholeTask } from "../support/api.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const METRICS_TOKEN = "only-for-tests-only-for-tests";

// A server of its own, so that it counts only the test's statements.
test.use({ serverEnv: { METRICS_TOKEN } });

test.describe.configure({ mode: "default" });

async function sent(server: DoableServer): Promise<number> {
  const metrics = await (await call(server, "/metrics", { token: METRICS_TOKEN })).text();
  return Number(/^doable_db_statements_total (\d+)$/m.exec(metrics)?.[1]);
}

async function statementsOf(server: DoableServer, ask: () => Promise<Response>, status: number): Promise<number> {
  const before = await sent(server);
  const answer = await ask();
  expect(answer.status).toBe(status);
  await answer.arrayBuffer();
  return (await sent(server)) - before;
}

test("an API read takes two statements: the user and the data", async ({ server }) => {
  const { token } = await newPerson(server);
  const task = await newTask(server, token);
  for (const path of ["/api/me/tasks", "/api/me/tasks?view=today&sort=due", `/api/me/tasks/${task.id}`]) {
    expect(await statementsOf(server, () => call(server, path, { token }), 200), path).toBe(2);
  }
});

test("an API write takes at most three statements: the user, the task, the change", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token);
  const path = `/api/me/tasks/${id}`;
  const parts: [string, { method: string; json?: unknown; headers?: Record<string, string> }, number, number][] = [
    ["create", { method: "POST", json: { title: "Another" } }, 201, 2],
    ["patch", { method: "PATCH", json: { title: "Renamed" }, headers: { "If-Match": '"1"' } }, 200, 3],
    ["patch of nothing", { method: "PATCH", json: {} }, 200, 2],
    ["put", { method: "PUT", json: wholeTask("Replaced") }, 200, 3],
    ["done", { method: "PATCH", json: { status: "done" } }, 200, 3],
    ["open again", { method: "PATCH", json: { status: "open" } }, 200, 3],
    ["complete", { method: "POST" }, 200, 2],
    ["delete", { method: "DELETE" }, 204, 2],
  ];
  for (const [name, request, status, statements] of parts) {
    const at = { create: "/api/me/tasks", complete: `${path}/complete` }[name] ?? path;
    expect(await statementsOf(server, () => call(server, at, { token, ...request }), status), name).toBe(statements);
  }
});

test("a page asks for the session and its user, the side bar, the tasks and what is around them: four statements, and one for lists in a search", async ({
  server,
}) => {
  const { token, cookie, address } = await newPerson(server);
  const headers = { Cookie: cookie, "X-Forwarded-For": address };
  const due = { date: new Date().toISOString().slice(0, 10) };
  const parent = await newTask(server, token, { due });
  await newTask(server, token, { due, parent_id: parent.id });
  await submit(server, "/lists", [["name", "Home"]], headers);
  for (const path of ["/today", "/upcoming", "/tasks", "/tasks?label=home&view=today&min_priority=1"]) {
    expect(await statementsOf(server, () => call(server, path, { headers }), 200), path).toBeLessThanOrEqual(4);
  }
  expect(await statementsOf(server, () => call(server, "/tasks?q=task", { headers }), 200)).toBeLessThanOrEqual(5);
});
