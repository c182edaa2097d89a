import { execFile } from "node:child_process";
import { promisify } from "node:util";
import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { paths } from "../../.openapi/client.ts";
import { makeAccessKey, newPerson } from "../support/api.ts";
import { readDescription } from "../support/description.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

// A client generated from our description by openapi-typescript and openapi-fetch. Only the first test generates the
// types and compiles this file, so tsconfig.json excludes it.

/** Adds `METHOD path` for each success, with the path as in the description. */
function remembering(called: Set<string>): Middleware {
  return {
    onResponse: ({ request, response, schemaPath }) => {
      if (response.ok) called.add(`${request.method} ${schemaPath}`);
    },
  };
}

function clientOf(server: DoableServer, headers: Record<string, string>, called: Set<string>): Client<paths> {
  const client = createClient<paths>({ baseUrl: server.url, headers });
  client.use(remembering(called));
  return client;
}

test("every call of this file compiles with the types generated from the description", async ({ server }) => {
  const run = promisify(execFile);
  await run(process.execPath, ["e2e/support/write-client-types.ts", `${server.url}/api/openapi.json`]);
  // On failure, shows the compiler's messages.
  const compiled = run(process.execPath, ["node_modules/typescript/bin/tsc", "--project", "e2e/http/client.tsconfig.json"]);
  expect(await compiled.catch(({ stdout }) => ({ stdout, stderr: "" }))).toEqual({ stdout: "", stderr: "" });
});

test("a generated client can call every operation of the description", async ({ server }) => {
  const called = new Set<string>();
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Client", ["tasks:write"]);
  const token = await useCredentials(server, person.cookie, key, called);
  const client = clientOf(server, { Authorization: `Bearer ${token}` }, called);
  await useTasks(client);
  await useVerbs(client);
  await useMany(client);
  await useLists(client);
  await useHistory(client);
  const { operations } = await readDescription(server);
  expect([...called].sort()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).sort());
});

async function useCredentials(server: DoableServer, cookie: string, key: string, called: Set<string>): Promise<string> {
  const anybody = clientOf(server, {}, called);
  expect((await anybody.GET("/api/openapi.json")).data?.openapi).toMatch(/^3\.1/);
  const { data: keySet } = await anybody.GET("/.well-known/jwks.json");
  expect((await anybody.GET("/api/auth/jwks")).data).toEqual(keySet);
  const { data: session } = await clientOf(server, { Cookie: cookie }, called).GET("/api/auth/token");
  const { data: issued } = await clientOf(server, { "X-API-Key": key }, called).POST("/api/token");
  const { data: me } = await clientOf(server, { Authorization: `Bearer ${session?.token}` }, called).GET("/api/me");
  expect(me?.scopes).toContain(issued?.scope);
  const body = { settings: { clock: "12" as const } };
  const changed = await clientOf(server, { Authorization: `Bearer ${session?.token}` }, called).PATCH("/api/me", { body });
  expect(changed.data?.settings).toEqual({ ...me?.settings, clock: "12" });
  return issued?.access_token ?? "";
}

async function useTasks(client: Client<paths>): Promise<void> {
  const { data: task } = await client.POST("/api/{user_id}/tasks", { params: { path: { user_id: "me" } }, body: { title: "Pay rent" } });
  const path = { user_id: "me", task_id: task?.id ?? "" };
  const changed = await client.PATCH("/api/{user_id}/tasks/{task_id}", {
    params: { path, header: { "If-Match": '"1"' } },
    body: { priority: 3 },
  });
  expect(changed.data).toEqual({ ...task, priority: 3, version: 2, updated_at: changed.data?.updated_at });
  const { data: read } = await client.GET("/api/{user_id}/tasks/{task_id}", { params: { path } });
  if (read) await client.PUT("/api/{user_id}/tasks/{task_id}", { params: { path }, body: { ...read, title: "Pay the rent" } });
  const late = await client.PATCH("/api/{user_id}/tasks/{task_id}", {
    params: { path, header: { "If-Match": '"1"' } },
    body: { priority: 0 },
  });
  expect(late.error).toMatchObject({ code: "version_conflict", current: { title: "Pay the rent" } });
  const { data: page } = await client.GET("/api/{user_id}/tasks", { params: { path, query: { status: "open", limit: 10 } } });
  expect(page?.items.map(({ title }) => title)).toEqual(["Pay the rent"]);
  const { data: parts } = await client.GET("/api/{user_id}/tasks", { params: { path, query: { fields: "title" } } });
  expect(parts?.items).toEqual([{ title: "Pay the rent" }]);
  await client.DELETE("/api/{user_id}/tasks/{task_id}", { params: { path } });
  const params = { path: { user_id: "me", external_id: "rent-2027-01" }, header: { "If-None-Match": "*" } };
  const put = () => client.PUT("/api/{user_id}/tasks/by-external-id/{external_id}", { params, body: { title: "Pay rent" } });
  const { data: made } = await put();
  expect((await put()).error).toMatchObject({ code: "version_conflict", current: made });
}

async function useVerbs(client: Client<paths>): Promise<void> {
  const me = { user_id: "me" };
  const due = { date: "2026-12-01" };
  const body = { title: "Water the plants", due, recurrence: { rrule: "FREQ=WEEKLY", anchor: "due" as const }, labels: ["home"] };
  const header = { "Idempotency-Key": "plants" };
  const { data: task } = await client.POST("/api/{user_id}/tasks", { params: { path: me, header }, body });
  const again = await client.POST("/api/{user_id}/tasks", { params: { path: me, header }, body });
  expect(again.data).toEqual(task);
  expect(again.response.headers.get("Idempotency-Replayed")).toBe("true");
  const params = { path: { ...me, task_id: task?.id ?? "" } };
  expect((await client.POST("/api/{user_id}/tasks/{task_id}/skip", { params })).data?.due?.date).not.toBe(due.date);
  const { data: done } = await client.POST("/api/{user_id}/tasks/{task_id}/complete", { params });
  expect(done?.next?.series_id).toBe(task?.series_id);
  expect((await client.POST("/api/{user_id}/tasks/{task_id}/reopen", { params })).data?.status).toBe("open");
  await client.POST("/api/{user_id}/tasks/{task_id}/move", { params, body: { position: "first" } });
  await client.DELETE("/api/{user_id}/tasks/{task_id}", { params });
  expect((await client.POST("/api/{user_id}/tasks/{task_id}/restore", { params })).data?.deleted_at).toBeNull();
}

async function useHistory(client: Client<paths>): Promise<void> {
  const params = { path: { user_id: "me" } };
  const { data: task } = await client.POST("/api/{user_id}/tasks", { params, body: { title: "Undo this" } });
  const versions = { params: { path: { ...params.path, task_id: task?.id ?? "" } } };
  expect((await client.GET("/api/{user_id}/tasks/{task_id}/history", versions)).data?.items).toMatchObject([{ version: 1, task }]);
  const { data: undone } = await client.POST("/api/{user_id}/undo", { params, body: {} });
  const { data: history } = await client.GET("/api/{user_id}/history", { params });
  expect(history?.items[0]).toEqual(undone);
  expect(history?.items[1]).toMatchObject({ change: undone?.undoes, undone_by: undone?.change, origin: { name: "Client" } });
}

async function useMany(client: Client<paths>): Promise<void> {
  const params = { path: { user_id: "me" } };
  const operations = [
    { op: "create" as const, task: { title: "Sweep the stairs" } },
    { op: "complete" as const, id: "nobody's" },
    { op: "create_list" as const, list: { name: "Stairs" } },
    { op: "move" as const, id: "#0", task: { list_id: "#2", position: "first" as const } },
    { op: "delete_list" as const, id: "#2" },
  ];
  const { data: batch } = await client.POST("/api/{user_id}/tasks/batch", { params, body: { operations } });
  expect(batch?.results.map(({ status }) => status)).toEqual([201, 404, 201, 200, 204]);
  const preview = { rrule: "FREQ=DAILY", due: "2026-12-01" };
  const { data: previewed } = await client.POST("/api/{user_id}/recurrence/preview", { params, body: preview });
  expect(previewed?.dates[0]).toBe("2026-12-02");
  await client.DELETE("/api/{user_id}/trash", { params });
  const { data: quick } = await client.POST("/api/{user_id}/tasks/quick", { params, body: { text: "Pay rent monthly #home" } });
  expect(quick?.task.labels).toEqual(["home"]);
  const { data: changes } = await client.GET("/api/{user_id}/changes", { params });
  expect(changes?.has_more).toBe(false);
  const { data: archive } = await client.GET("/api/{user_id}/export", { params });
  if (typeof archive !== "object") throw new Error("the archive is not JSON");
  const { data: taken } = await client.POST("/api/{user_id}/import", { params, body: archive });
  expect(taken).toMatchObject({ tasks: { created: 0, skipped: archive.tasks?.length } });
}

async function useLists(client: Client<paths>): Promise<void> {
  const path = { user_id: "me" };
  const { data: list } = await client.POST("/api/{user_id}/lists", { params: { path }, body: { name: "Home" } });
  const params = { path: { ...path, list_id: list?.id ?? "" } };
  await client.PATCH("/api/{user_id}/lists/{list_id}", { params, body: { color: "green" } });
  await client.POST("/api/{user_id}/lists/{list_id}/move", { params, body: { position: "first" } });
  expect((await client.GET("/api/{user_id}/lists/{list_id}", { params })).data).toMatchObject({ name: "Home", color: "green" });
  expect((await client.GET("/api/{user_id}/lists", { params: { path } })).data?.items).toHaveLength(1);
  await client.DELETE("/api/{user_id}/lists/{list_id}", { params: { path: params.path, query: { tasks: "trash" } } });
  const renamed = await client.PATCH("/api/{user_id}/labels/{name}", {
    params: { path: { ...path, name: "home" } },
    body: { name: "house" },
  });
  expect((await client.GET("/api/{user_id}/labels", { params: { path } })).data?.items).toEqual([renamed.data]);
  await client.DELETE("/api/{user_id}/labels/{name}", { params: { path: { ...path, name: "house" } } });
}
