import { call, newPerson, newTask, pointersOf, problemOf } from "../support/api.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const DAILY = { due: { date: "9000-01-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } };

const VERBS = ["complete", "reopen", "skip", "restore", "move"];

function does(server: DoableServer, token: string, verb: string, id: string, options: Partial<Parameters<typeof call>[2]> = {}) {
  const body = verb.startsWith("move") ? { json: { position: "first" } } : {};
  return call(server, `/api/me/tasks/${id}/${verb}`, { method: "POST", token, ...body, ...options });
}

async function titles(server: DoableServer, token: string, query = ""): Promise<string[]> {
  const { items } = await (await call(server, `/api/me/tasks${query}`, { token })).json();
  return items.map(({ title }: { title: string }) => title);
}

test("completing returns the task and the next occurrence; repeating it changes nothing", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token);
  const first = await does(server, token, "complete", id);
  expect(first.status).toBe(200);
  expect(first.headers.get("ETag")).toBe('"2"');
  const completed = await first.json();
  expect(completed).toMatchObject({ task: { id, status: "done", version: 2 }, next: null });
  const second = await does(server, token, "complete", id);
  expect(second.headers.get("ETag")).toBe('"2"');
  expect(await second.json()).toEqual(completed);
});

test("completing a repeating task returns its next occurrence, and reopening removes that", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id, series_id } = await newTask(server, token, DAILY);
  const { task, next } = await (await does(server, token, "complete", id)).json();
  expect(task).toMatchObject({ id, status: "done", series_id });
  expect(next).toMatchObject({ status: "open", due: { date: "9000-01-02" }, series_id });
  expect(await (await does(server, token, "complete", id)).json()).toEqual({ task, next });
  const reopened = await does(server, token, "reopen", id);
  expect(reopened.headers.get("ETag")).toBe('"3"');
  expect(await reopened.json()).toMatchObject({ id, status: "open", completed_at: null, version: 3 });
  await problemOf(await call(server, `/api/me/tasks/${next.id}`, { token }), 404, "not_found");
  expect(await (await does(server, token, "reopen", id)).json()).toMatchObject({ status: "open", version: 3 });
});

test("open subtasks are completed with their parent only with cascade", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token);
  const subtask = await newTask(server, token, { parent_id: id });
  await problemOf(await does(server, token, "complete", id), 409, "has_open_subtasks");
  await problemOf(await does(server, token, "complete?cascade=false", id), 409, "has_open_subtasks");
  for (const query of ["cascade=yes", "cascade", "cascade=true&cascade=true", "deep=true"]) {
    const problem = await problemOf(await does(server, token, `complete?${query}`, id), 422, "invalid_fields");
    expect(pointersOf(problem)).toEqual([query.startsWith("deep") ? "?deep" : "?cascade"]);
  }
  expect(await (await does(server, token, "complete?cascade=true", id)).json()).toMatchObject({ task: { status: "done" } });
  expect(await (await call(server, `/api/me/tasks/${subtask.id}`, { token })).json()).toMatchObject({ status: "done" });
});

test("skipping moves a repeating task to its next date, and rejects other tasks", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token, DAILY);
  const skipped = await does(server, token, "skip", id);
  expect(skipped.headers.get("ETag")).toBe('"2"');
  expect(await skipped.json()).toMatchObject({ id, status: "open", due: { date: "9000-01-02" }, version: 2 });
  await problemOf(await does(server, token, "skip", (await newTask(server, token)).id), 409, "not_recurring");
});

test("a deleted task is restored with its subtasks, once", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token, { title: "Parent" });
  await newTask(server, token, { title: "Subtask", parent_id: id });
  await problemOf(await does(server, token, "restore", id), 404, "not_found");
  expect((await call(server, `/api/me/tasks/${id}`, { method: "DELETE", token })).status).toBe(204);
  await problemOf(await call(server, `/api/me/tasks/${id}`, { method: "DELETE", token }), 404, "not_found");
  for (const verb of VERBS.filter((verb) => verb !== "restore")) await problemOf(await does(server, token, verb, id), 404, "not_found");
  expect(await titles(server, token)).toEqual([]);
  await problemOf(await does(server, token, "restore", id, { headers: { "If-Match": '"1"' } }), 412, "version_conflict");
  const restored = await does(server, token, "restore", id, { headers: { "If-Match": '"2"' } });
  expect(restored.headers.get("ETag")).toBe('"3"');
  expect(await restored.json()).toMatchObject({ id, deleted_at: null, version: 3 });
  expect(await titles(server, token)).toEqual(["Parent", "Subtask"]);
});

test("a task whose external id is taken is restored only without it", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token, { external_id: "bank-7" });
  await call(server, `/api/me/tasks/${id}`, { method: "DELETE", token });
  const owner = await newTask(server, token, { external_id: "bank-7" });
  for (const query of ["restore", "restore?drop_external_id=false"]) {
    const problem = await problemOf(await does(server, token, query, id), 409, "external_id_taken");
    expect(problem).toMatchObject({ existing_id: owner.id });
  }
  const odd = await problemOf(await does(server, token, "restore?drop_external_id=1", id), 422, "invalid_fields");
  expect(pointersOf(odd)).toEqual(["?drop_external_id"]);
  const restored = await does(server, token, "restore?drop_external_id=true", id);
  expect(await restored.json()).toMatchObject({ id, external_id: null, deleted_at: null });
  expect(await (await call(server, `/api/me/tasks/${owner.id}`, { token })).json()).toEqual(owner);
});

test("an external id names the open occurrence of a repeating task", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token, { ...DAILY, external_id: "bank-7" });
  const { task, next } = await (await does(server, token, "complete", id)).json();
  expect([task.external_id, next.external_id]).toEqual([null, "bank-7"]);
  const { items } = await (await call(server, "/api/me/tasks?external_id=bank-7", { token })).json();
  expect(items).toEqual([next]);
  expect(await (await does(server, token, "reopen", id)).json()).toMatchObject({ id, external_id: "bank-7" });
});

test("a task is deleted permanently with its subtasks, from the trash or directly", async ({ server }) => {
  const { token } = await newPerson(server);
  const trashed = await newTask(server, token);
  const living = await newTask(server, token);
  await newTask(server, token, { parent_id: living.id });
  await call(server, `/api/me/tasks/${trashed.id}`, { method: "DELETE", token });
  for (const [id, version] of [
    [trashed.id, 2],
    [living.id, 1],
  ]) {
    const path = `/api/me/tasks/${id}?permanent=true`;
    const late = await call(server, path, { method: "DELETE", token, headers: { "If-Match": '"7"' } });
    expect((await problemOf(late, 412, "version_conflict")).current).toMatchObject({ id, version });
    expect((await call(server, path, { method: "DELETE", token, headers: { "If-Match": `"${version}"` } })).status).toBe(204);
    await problemOf(await call(server, path, { method: "DELETE", token }), 404, "not_found");
    await problemOf(await does(server, token, "restore", id), 404, "not_found");
  }
  expect([...(await titles(server, token)), ...(await titles(server, token, "?deleted=true"))]).toEqual([]);
  const query = await call(server, `/api/me/tasks/${living.id}?permanent=1`, { method: "DELETE", token });
  expect(pointersOf(await problemOf(query, 422, "invalid_fields"))).toEqual(["?permanent"]);
});

test("a task is moved next to another, or to either end", async ({ server }) => {
  const { token } = await newPerson(server);
  const [a, b, c] = [
    await newTask(server, token, { title: "a" }),
    await newTask(server, token, { title: "b" }),
    await newTask(server, token, { title: "c" }),
  ];
  for (const [id, place, expected] of [
    [a.id, { after: b.id }, "bac"],
    [c.id, { before: a.id }, "bca"],
    [a.id, { position: "first" }, "abc"],
    [a.id, { position: "last" }, "bca"],
    [b.id, { after: b.id }, "bca"],
  ]) {
    const moved = await does(server, token, "move", id, { json: place });
    const task = await moved.json();
    expect(moved.status).toBe(200);
    expect(moved.headers.get("ETag")).toBe(`"${task.version}"`);
    expect((await titles(server, token)).join("")).toBe(expected);
  }
});

test("moving a task below a parent follows the rules of other changes", async ({ server }) => {
  const { token } = await newPerson(server);
  const stranger = await newPerson(server);
  const task = await newTask(server, token);
  const parent = await newTask(server, token);
  const subtask = await newTask(server, token, { parent_id: parent.id });
  const strangers = await newTask(server, stranger.token);
  for (const [id, json, pointers] of [
    [task.id, {}, [""]],
    [task.id, { list_id: null }, [""]],
    [task.id, { after: parent.id, position: "first" }, [""]],
    [task.id, { position: "middle" }, ["/position"]],
    [task.id, { position: "first", rank: "a0" }, ["/rank"]],
    [task.id, { after: "garbage" }, ["/after"]],
    [task.id, { after: strangers.id }, ["/after"]],
    [task.id, { before: crypto.randomUUID() }, ["/before"]],
    [task.id, { position: "first", list_id: crypto.randomUUID() }, ["/list_id"]],
    [task.id, { position: "first", parent_id: strangers.id }, ["/parent_id"]],
    [task.id, { position: "first", parent_id: subtask.id }, ["/parent_id"]],
    [task.id, { position: "first", parent_id: task.id }, ["/parent_id"]],
    [task.id, { after: strangers.id, parent_id: strangers.id }, ["/after", "/parent_id"]],
    [parent.id, { position: "first", parent_id: task.id }, ["/parent_id"]],
  ]) {
    const answer = await does(server, token, "move", id, { json });
    expect([json, pointersOf(await problemOf(answer, 422, "invalid_fields"))]).toEqual([json, pointers]);
  }
  const below = await does(server, token, "move", task.id, { json: { before: subtask.id, parent_id: parent.id } });
  expect(await below.json()).toMatchObject({ id: task.id, parent_id: parent.id, version: 2 });
  const { items } = await (await call(server, `/api/me/tasks?parent_id=${parent.id}`, { token })).json();
  expect(items).toMatchObject([{ id: task.id }, { id: subtask.id }]);
});

test("concurrent moves give each task a different rank", async ({ server }) => {
  const { token } = await newPerson(server);
  const made = [];
  for (let index = 0; index < 8; index++) made.push(await newTask(server, token));
  const [anchor, ...others] = made;
  const moves = others.map(({ id }) => does(server, token, "move", id, { json: { after: anchor.id } }));
  for (const { status } of await Promise.all(moves)) expect(status).toBe(200);
  const { items } = await (await call(server, "/api/me/tasks", { token })).json();
  expect(items[0]).toMatchObject({ id: anchor.id, rank: anchor.rank });
  expect(new Set(items.map(({ rank }: { rank: string }) => rank)).size).toBe(8);
});

for (const verb of VERBS) {
  test(`${verb} is rejected at an outdated version, with the current task`, async ({ server }) => {
    const { token } = await newPerson(server);
    const task = await newTask(server, token, DAILY);
    if (verb === "restore") await call(server, `/api/me/tasks/${task.id}`, { method: "DELETE", token });
    const answer = await does(server, token, verb, task.id, { headers: { "If-Match": '"7"' } });
    expect((await problemOf(answer, 412, "version_conflict")).current).toMatchObject({ id: task.id, status: "open" });
    const unread = await does(server, token, verb, task.id, { headers: { "If-Match": "7" } });
    await problemOf(unread, 400, "malformed_request");
    expect((await does(server, token, verb, task.id, { headers: { "If-Match": '"1", "2"' } })).status).toBe(200);
  });

  test(`${verb} finds only the user's own tasks, on the user's own path`, async ({ server }) => {
    const { token } = await newPerson(server);
    const owner = await newPerson(server);
    const { id } = await newTask(server, owner.token, DAILY);
    for (const taskId of [id, crypto.randomUUID(), "garbage", "%00"]) {
      await problemOf(await does(server, token, verb, taskId), 404, "not_found");
      await problemOf(await does(server, token, verb, taskId, { headers: { "If-Match": '"1"' } }), 404, "not_found");
    }
    const path = `/api/${owner.id}/tasks/${id}/${verb}`;
    await problemOf(await call(server, path, { method: "POST", token }), 403, "user_mismatch");
    expect((await call(server, `/api/me/tasks/${id}`, { token: owner.token })).headers.get("ETag")).toBe('"1"');
  });
}

for (const verb of ["complete", "reopen", "skip", "restore"]) {
  test(`${verb} takes no body, or an empty object`, async ({ server }) => {
    const { token } = await newPerson(server);
    const { id } = await newTask(server, token, DAILY);
    if (verb === "restore") await call(server, `/api/me/tasks/${id}`, { method: "DELETE", token });
    const post = (body: string, type: string) => does(server, token, verb, id, { body, headers: { "Content-Type": type } });
    expect(pointersOf(await problemOf(await post('{"title": "x"}', "application/json"), 422, "invalid_fields"))).toEqual(["/title"]);
    await problemOf(await post("[]", "application/json"), 422, "invalid_fields");
    await problemOf(await post("{", "application/json"), 400, "malformed_json");
    await problemOf(await post("cascade=true", "application/x-www-form-urlencoded"), 415, "unsupported_media_type");
    expect((await post("{}", "application/json")).status).toBe(200);
    if (verb === "restore") await call(server, `/api/me/tasks/${id}`, { method: "DELETE", token });
    expect((await post("", "application/json")).status).toBe(200);
  });
}
