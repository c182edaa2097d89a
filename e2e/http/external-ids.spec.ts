import { call, newPerson, newTask, pointersOf, problemOf, wholeTask } from "../support/api.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

interface Put {
  token: string;
  json: unknown;
  headers?: Record<string, string>;
}

function put(server: DoableServer, externalId: string, { token, json, headers }: Put): Promise<Response> {
  const path = `/api/me/tasks/by-external-id/${encodeURIComponent(externalId)}`;
  return call(server, path, { method: "PUT", token, json, ...(headers && { headers }) });
}

test("PUT by external id creates a task, then replaces it, and repeated changes nothing", async ({ server }) => {
  const { token } = await newPerson(server);
  const created = await put(server, "bank/7 ü", { token, json: { title: "Pay rent", labels: ["home"] } });
  expect(created.status).toBe(201);
  const task = await created.json();
  expect(task).toMatchObject({ title: "Pay rent", external_id: "bank/7 ü", notes: "", version: 1 });
  expect([created.headers.get("Location"), created.headers.get("ETag")]).toEqual([`/api/me/tasks/${task.id}`, '"1"']);
  const replaced = await put(server, "bank/7 ü", { token, json: { ...wholeTask("Pay the rent"), external_id: "bank/7 ü" } });
  expect([replaced.status, replaced.headers.get("ETag"), replaced.headers.get("Location")]).toEqual([200, '"2"', null]);
  expect(await replaced.json()).toMatchObject({ id: task.id, title: "Pay the rent", labels: [] });
  const again = await put(server, "bank/7 ü", { token, json: { title: "Pay the rent" } });
  expect([again.status, again.headers.get("ETag")]).toEqual([200, '"2"']);
  expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toHaveLength(1);
});

test("an external id may be the name of a command", async ({ server }) => {
  const { token } = await newPerson(server);
  for (const name of ["complete", "move", "by-external-id", "%2F", "a.b"]) {
    const answer = await put(server, name, { token, json: { title: name } });
    expect([name, answer.status, (await answer.json()).external_id]).toEqual([name, 201, name]);
  }
});

test("of several PUTs at once one creates and the others replace", async ({ server }) => {
  const { token } = await newPerson(server);
  const titles = ["one", "two", "three", "four", "five", "six"];
  const answers = await Promise.all(titles.map((title) => put(server, "x", { token, json: { title } })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
  const { items } = await (await call(server, "/api/me/tasks", { token })).json();
  expect(items).toMatchObject([{ version: 6, external_id: "x" }]);
});

test("If-None-Match: * only creates, and If-Match only replaces that version", async ({ server }) => {
  const { token } = await newPerson(server);
  const json = { title: "a" };
  for (const tag of ['"1"', "*"]) {
    const { current } = await problemOf(await put(server, "x", { token, json, headers: { "If-Match": tag } }), 412, "version_conflict");
    expect(current).toBeUndefined();
  }
  const created = await put(server, "x", { token, json, headers: { "If-None-Match": "*" } });
  expect(created.status).toBe(201);
  const task = await created.json();
  for (const headers of [{ "If-None-Match": "*" }, { "If-None-Match": 'W/"1"' }, { "If-Match": '"2"' }] as Record<string, string>[]) {
    const answer = await put(server, "x", { token, json: { title: "b" }, headers });
    expect((await problemOf(answer, 412, "version_conflict")).current).toEqual(task);
  }
  for (const headers of [{ "If-Match": '"1"' }, { "If-Match": "*" }, { "If-None-Match": '"9"' }] as Record<string, string>[]) {
    expect((await put(server, "x", { token, json, headers })).status).toBe(200);
  }
  for (const name of ["If-Match", "If-None-Match"])
    await problemOf(await put(server, "x", { token, json, headers: { [name]: "x" } }), 400, "malformed_request");
});

for (const [what, externalId, json, pointers] of [
  ["no title", "x", { priority: 1 }, ["/title"]],
  ["unknown and invalid fields", "x", { title: "", priority: 9, colour: "red" }, ["/colour", "/priority", "/title"]],
  ["the external id of another path", "x", { title: "a", external_id: "y" }, ["/external_id"]],
  ["fields of a task that does not exist", "x", { title: "a", id: crypto.randomUUID(), version: 1 }, ["/id", "/version"]],
  ["an external id that is too long", "x".repeat(201), { title: "a" }, ["/external_id"]],
  ["a blank external id", " ", { title: "a" }, ["/external_id"]],
  ["an external id with U+0000", "a\0", { title: "a" }, ["/external_id"]],
  ["another user's list", "x", { title: "a", list_id: crypto.randomUUID() }, ["/list_id"]],
] as const) {
  test(`PUT by external id with ${what} is rejected, and creates nothing`, async ({ server }) => {
    const { token } = await newPerson(server);
    const problem = await problemOf(await put(server, externalId, { token, json }), 422, "invalid_fields");
    expect(pointersOf(problem)).toEqual(pointers);
    expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toEqual([]);
  });
}

test("a malformed external id in the path is rejected", async ({ server }) => {
  const { token } = await newPerson(server);
  const answer = await call(server, "/api/me/tasks/by-external-id/%FF", { method: "PUT", token, json: { title: "a" } });
  expect([400, 404, 422]).toContain(answer.status);
  expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
});

test("another user's task with the external id is neither replaced nor revealed", async ({ server }) => {
  const [{ token }, stranger] = [await newPerson(server), await newPerson(server)];
  const task = await newTask(server, token, { external_id: "x" });
  const answer = await put(server, "x", { token: stranger.token, json: { title: "Own" }, headers: { "If-None-Match": "*" } });
  expect(answer.status).toBe(201);
  expect(await (await call(server, `/api/me/tasks/${task.id}`, { token })).json()).toEqual(task);
  const path = `/api/${stranger.id}/tasks/by-external-id/x`;
  await problemOf(await call(server, path, { method: "PUT", token, json: { title: "Planted" } }), 403, "user_mismatch");
});

test("other methods on the path are not allowed", async ({ server }) => {
  const { token } = await newPerson(server);
  const answer = await call(server, "/api/me/tasks/by-external-id/x", { token });
  await problemOf(answer, 405, "method_not_allowed");
  expect(answer.headers.get("Allow")).toBe("PUT, OPTIONS");
});
