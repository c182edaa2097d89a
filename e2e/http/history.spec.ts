import { randomUUID } from "node:crypto";
import { accessKeyId, call, makeAccessKey, newPerson, newTask, problemOf, tokenFor } from "../support/api.ts";
import { readDescription } from "../support/description.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

function undo(server: DoableServer, token: string, json: unknown = {}, headers: Record<string, string> = {}): Promise<Response> {
  return call(server, "/api/me/undo", { token, json, headers });
}

async function json(answer: Response) {
  expect(answer.status).toBe(200);
  return answer.json();
}

/** Checks each response beside its description too. */
async function described(server: DoableServer, operationId: string, answer: Response): Promise<Response> {
  const { operations, complaints } = await readDescription(server);
  const operation = operations.find((one) => one.operationId === operationId);
  expect(operation && (await complaints(operation, answer))).toEqual([]);
  return answer;
}

test("a person and a script each undo their own last change, and the history says whose it is", async ({ server }) => {
  const person = await newPerson(server);
  const script = await tokenFor(server, await makeAccessKey(server, person, "home-assistant", ["tasks:write"]));
  const id = await accessKeyId(server, person);
  const own = await newTask(server, person.token);
  const theirs = await newTask(server, script);
  const history = await described(server, "listHistory", await call(server, "/api/me/history", { token: script }));
  const { items, next_cursor } = await json(history);
  expect(next_cursor).toBeNull();
  expect(items).toMatchObject([
    { origin: { type: "key", id, name: "home-assistant" }, tasks: [{ id: theirs.id, title: theirs.title, action: "created" }] },
    { origin: { type: "session" }, tasks: [{ id: own.id, action: "created" }], undone_by: null },
  ]);
  expect(Date.parse(items[0].undoable_until) - Date.parse(items[0].at)).toBe(600_000);

  const undone = await json(await described(server, "undo", await undo(server, person.token)));
  expect(undone).toMatchObject({ undoes: items[1].change, origin: { type: "session" }, task_count: 1, lists: [], list_count: 0 });
  expect((await call(server, `/api/me/tasks/${own.id}`, { token: person.token })).status).toBe(404);
  expect(await json(await undo(server, script))).toMatchObject({ undoes: items[0].change, origin: { type: "key", id } });
  await problemOf(await undo(server, script), 404, "not_found");
  await json(await undo(server, script, { change: undone.change }));
  expect(await json(await call(server, `/api/me/tasks/${own.id}`, { token: person.token }))).toEqual(own);
});

test("a task's history has its earlier versions, in pages with links", async ({ server }) => {
  const { token } = await newPerson(server);
  const task = await newTask(server, token);
  const path = `/api/me/tasks/${task.id}`;
  const changed = await json(await call(server, path, { method: "PATCH", token, json: { priority: 2 } }));
  const first = await described(server, "listTaskHistory", await call(server, `${path}/history?limit=1`, { token }));
  const link = /^<([^>]+)>; rel="next"$/.exec(first.headers.get("Link") ?? "")?.[1] ?? "";
  expect((await json(first)).items).toMatchObject([{ version: 2, action: "updated", fields: ["priority"], task: changed }]);
  const { pathname, search } = new URL(link);
  const second = await call(server, pathname + search, { token });
  expect(second.headers.get("Link")).toBeNull();
  expect(await json(second)).toMatchObject({ items: [{ version: 1, action: "created", fields: [], task }], next_cursor: null });
  for (const id of [randomUUID(), "garbage"]) {
    await problemOf(await call(server, `/api/me/tasks/${id}/history`, { token }), 404, "not_found");
  }
});

test("histories and undo refuse what they can't read, and what a scope does not cover", async ({ server }) => {
  const person = await newPerson(server);
  const { token } = person;
  const { id } = await newTask(server, token);
  for (const path of ["/api/me/history", `/api/me/tasks/${id}/history`]) {
    await problemOf(await call(server, `${path}?cursor=x`, { token }), 400, "malformed_request");
    await problemOf(await call(server, `${path}?limit=0`, { token }), 422, "invalid_fields");
    await problemOf(await call(server, `${path}?since=x`, { token }), 422, "invalid_fields");
  }
  for (const body of [{ change: 0 }, { change: "1" }, { change: 1.5 }, { change: null }, { task: id }, []]) {
    await problemOf(await undo(server, token, body), 422, "invalid_fields");
  }
  for (const change of [2, Number.MAX_SAFE_INTEGER]) await problemOf(await undo(server, token, { change }), 404, "not_found");
  const reader = await tokenFor(server, await makeAccessKey(server, person, "reads", ["tasks:read"]));
  expect((await call(server, "/api/me/history", { token: reader })).status).toBe(200);
  await problemOf(await undo(server, reader, { change: 1 }), 403, "insufficient_scope");
  const creator = await tokenFor(server, await makeAccessKey(server, person, "creates", ["tasks:create"]));
  await problemOf(await call(server, "/api/me/history", { token: creator }), 403, "insufficient_scope");
  await problemOf(await undo(server, creator, { change: 1 }), 403, "insufficient_scope");
});

test("an undo with an Idempotency-Key is done once, by the origin of its request", async ({ server }) => {
  const { token } = await newPerson(server);
  const first = await newTask(server, token);
  await newTask(server, token);
  const headers = { "Idempotency-Key": randomUUID() };
  const done = await json(await undo(server, token, {}, headers));
  const again = await undo(server, token, {}, headers);
  expect(again.headers.get("Idempotency-Replayed")).toBe("true");
  expect(await again.json()).toEqual(done);
  const { items } = await json(await call(server, "/api/me/tasks", { token }));
  expect(items.map(({ id }: { id: string }) => id)).toEqual([first.id]);
  const history = await json(await call(server, "/api/me/history?limit=1", { token }));
  expect(history.items).toMatchObject([{ change: done.change, origin: { type: "session" } }]);
});
