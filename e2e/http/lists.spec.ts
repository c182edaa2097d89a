import { call, newPerson, newTask, pointersOf, problemOf } from "../support/api.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const LISTS = "/api/me/lists";

async function newList(server: DoableServer, token: string, fields: Record<string, unknown> = {}) {
  const answer = await call(server, LISTS, { token, json: { name: "Home", ...fields } });
  expect(answer.status).toBe(201);
  return answer.json();
}

async function names(server: DoableServer, token: string): Promise<string[]> {
  const { items } = await (await call(server, LISTS, { token })).json();
  return items.map(({ name }: { name: string }) => name);
}

test("a list is created, read, changed and removed", async ({ server }) => {
  const { token } = await newPerson(server);
  const made = await call(server, LISTS, { token, json: { name: " Home ", color: "teal" } });
  expect(made.status).toBe(201);
  const list = await made.json();
  expect(Object.keys(list)).toEqual(["id", "name", "color", "rank", "open_count", "created_at", "updated_at", "version"]);
  expect(list).toMatchObject({ name: "Home", color: "teal", open_count: 0, version: 1 });
  expect(made.headers.get("Location")).toBe(`${LISTS}/${list.id}`);
  const path = `${LISTS}/${list.id}`;
  const read = await call(server, path, { token });
  expect(read.headers.get("ETag")).toBe(made.headers.get("ETag"));
  expect(await read.json()).toEqual(list);
  expect(await (await call(server, LISTS, { token })).json()).toEqual({ items: [list] });
  const changed = await call(server, path, { method: "PATCH", token, json: { ...list, name: "House", color: null } });
  expect(await changed.json()).toMatchObject({ id: list.id, name: "House", color: null, version: 2 });
  expect(await (await call(server, path, { method: "PATCH", token, json: {} })).json()).toMatchObject({ version: 2 });
  expect((await call(server, path, { method: "DELETE", token })).status).toBe(204);
  for (const method of ["GET", "DELETE"]) await problemOf(await call(server, path, { method, token }), 404, "not_found");
});

test("a list's fields are validated as strictly as a task's", async ({ server }) => {
  const { token } = await newPerson(server);
  const list = await newList(server, token);
  for (const [fields, pointers] of [
    [{ name: "" }, ["/name"]],
    [{ name: null }, ["/name"]],
    [{ name: "x".repeat(101) }, ["/name"]],
    [{ color: "#fff" }, ["/color"]],
    [{ icon: "x", color: 7 }, ["/color", "/icon"]],
    [{ id: crypto.randomUUID() }, ["/id"]],
    [{ rank: "a0", version: 9 }, ["/rank", "/version"]],
  ] as const) {
    const made = await call(server, LISTS, { token, json: { name: "Home", ...fields } });
    expect(pointersOf(await problemOf(made, 422, "invalid_fields"))).toEqual(pointers);
    const changed = await call(server, `${LISTS}/${list.id}`, { method: "PATCH", token, json: fields });
    expect(pointersOf(await problemOf(changed, 422, "invalid_fields"))).toEqual(pointers);
  }
  expect(pointersOf(await problemOf(await call(server, LISTS, { token, json: {} }), 422, "invalid_fields"))).toEqual(["/name"]);
  expect(pointersOf(await problemOf(await call(server, `${LISTS}?sort=name`, { token }), 422, "invalid_fields"))).toEqual(["?sort"]);
  expect(await (await call(server, LISTS, { token })).json()).toEqual({ items: [list] });
});

test("a change of an outdated version of a list is rejected, with the current list", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newList(server, token);
  const path = `${LISTS}/${id}`;
  const current = await (
    await call(server, path, { method: "PATCH", token, json: { name: "House" }, headers: { "If-Match": '"1"' } })
  ).json();
  for (const [method, to, json] of [
    ["PATCH", path, { name: "Late" }],
    ["DELETE", path, undefined],
    ["POST", `${path}/move`, { position: "first" }],
  ] as const) {
    const answer = await call(server, to, { method, token, json, headers: { "If-Match": '"1", W/"2", "2-"' } });
    expect((await problemOf(answer, 412, "version_conflict")).current).toEqual(current);
    const unread = await call(server, to, { method, token, json, headers: { "If-Match": "2" } });
    await problemOf(unread, 400, "malformed_request");
  }
  expect(await (await call(server, path, { token })).json()).toEqual(current);
});

test("a list is sent again only if it differs, and a new task does not change its version", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newList(server, token);
  const path = `${LISTS}/${id}`;
  const tag = (await call(server, path, { token })).headers.get("ETag") ?? "";
  for (const method of ["GET", "HEAD"]) {
    const same = await call(server, path, { method, token, headers: { "If-None-Match": tag } });
    expect([same.status, same.headers.get("ETag"), await same.text()]).toEqual([304, tag, ""]);
  }
  await newTask(server, token, { list_id: id });
  const counted = await call(server, path, { token, headers: { "If-None-Match": tag } });
  expect(await counted.json()).toMatchObject({ open_count: 1, version: 1 });
  const changed = await call(server, path, { method: "PATCH", token, json: { name: "House" }, headers: { "If-Match": tag } });
  expect(changed.status).toBe(200);
});

test("removing a list moves its tasks to the Inbox or to the trash", async ({ server }) => {
  const { token } = await newPerson(server);
  for (const [query, inbox, trash] of [
    ["", 1, 0],
    ["?tasks=inbox", 2, 0],
    ["?tasks=trash", 2, 1],
  ]) {
    const { id } = await newList(server, token);
    await newTask(server, token, { list_id: id });
    const refused = await call(server, `${LISTS}/${id}?tasks=gone`, { method: "DELETE", token });
    expect(pointersOf(await problemOf(refused, 422, "invalid_fields"))).toEqual(["?tasks"]);
    expect((await call(server, `${LISTS}/${id}${query}`, { method: "DELETE", token })).status).toBe(204);
    expect((await (await call(server, "/api/me/tasks?view=inbox", { token })).json()).items).toHaveLength(Number(inbox));
    expect((await (await call(server, "/api/me/tasks?deleted=true", { token })).json()).items).toHaveLength(Number(trash));
  }
});

test("a list is moved next to another, or to either end", async ({ server }) => {
  const { token } = await newPerson(server);
  const strangers = await newList(server, (await newPerson(server)).token);
  const [a, b, c] = [
    await newList(server, token, { name: "a" }),
    await newList(server, token, { name: "b" }),
    await newList(server, token, { name: "c" }),
  ];
  const move = (id: string, json: unknown) => call(server, `${LISTS}/${id}/move`, { token, json });
  for (const [id, place, expected] of [
    [a.id, { after: b.id }, "bac"],
    [c.id, { before: a.id }, "bca"],
    [a.id, { position: "first" }, "abc"],
    [a.id, { position: "last" }, "bca"],
  ]) {
    const moved = await move(id, place);
    expect(moved.status).toBe(200);
    expect(await moved.json()).toMatchObject({ id });
    expect((await names(server, token)).join("")).toBe(expected);
  }
  for (const [json, pointer] of [
    [{}, ""],
    [{ after: a.id, position: "last" }, ""],
    [{ after: strangers.id }, "/after"],
    [{ before: crypto.randomUUID() }, "/before"],
    [{ position: "first", list_id: null }, "/list_id"],
  ] as const) {
    expect(pointersOf(await problemOf(await move(a.id, json), 422, "invalid_fields"))).toEqual([pointer]);
  }
});

test("another user's list is not found, and another user's path is rejected", async ({ server }) => {
  const { token } = await newPerson(server);
  const owner = await newPerson(server);
  const list = await newList(server, owner.token);
  for (const id of [list.id, crypto.randomUUID(), "garbage", "%00"]) {
    for (const [method, path, json] of [
      ["GET", id, undefined],
      ["PATCH", id, { name: "Mine" }],
      ["DELETE", id, undefined],
      ["DELETE", `${id}?tasks=trash`, undefined],
      ["POST", `${id}/move`, { position: "first" }],
    ] as const) {
      await problemOf(await call(server, `${LISTS}/${path}`, { method, token, json }), 404, "not_found");
      await problemOf(await call(server, `/api/${owner.id}/lists/${path}`, { method, token, json }), 403, "user_mismatch");
    }
  }
  await problemOf(await call(server, `/api/${owner.id}/lists`, { token, json: { name: "Planted" } }), 403, "user_mismatch");
  expect(await names(server, token)).toEqual([]);
  expect(await (await call(server, LISTS, { token: owner.token })).json()).toEqual({ items: [list] });
});
