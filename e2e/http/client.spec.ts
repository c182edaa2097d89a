import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { paths } from "../../.openapi/client.ts";
import { makeAccessKey, newPerson } from "../support/api.ts";
import { readDescription } from "../support/description.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

// The client that openapi-typescript and openapi-fetch make of our description. That this file compiles is half of the test.

/** What was called, as the description spells it. */
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

test("a generated client can do everything that the description has", async ({ server }) => {
  const called = new Set<string>();
  const person = await newPerson(server);
  const key = await makeAccessKey(server, person, "Client", ["tasks:write"]);
  const token = await useCredentials(server, person.cookie, key, called);
  const client = clientOf(server, { Authorization: `Bearer ${token}` }, called);
  await useTasks(client);
  const { operations } = await readDescription(server);
  expect([...called].sort()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).sort());
});

/** Returns a token for the key. */
async function useCredentials(server: DoableServer, cookie: string, key: string, called: Set<string>): Promise<string> {
  const anybody = clientOf(server, {}, called);
  expect((await anybody.GET("/api/openapi.json")).data?.openapi).toMatch(/^3\.1/);
  const { data: keySet } = await anybody.GET("/.well-known/jwks.json");
  expect((await anybody.GET("/api/auth/jwks")).data).toEqual(keySet);
  const { data: session } = await clientOf(server, { Cookie: cookie }, called).GET("/api/auth/token");
  const { data: issued } = await clientOf(server, { "X-API-Key": key }, called).POST("/api/token");
  const { data: me } = await clientOf(server, { Authorization: `Bearer ${session?.token}` }, called).GET("/api/me");
  expect(me?.scopes).toContain(issued?.scope);
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
  const { data: page } = await client.GET("/api/{user_id}/tasks", { params: { path, query: { status: "open", limit: "10" } } });
  expect(page?.items.map(({ title }) => title)).toEqual(["Pay the rent"]);
  await client.DELETE("/api/{user_id}/tasks/{task_id}", { params: { path } });
}
