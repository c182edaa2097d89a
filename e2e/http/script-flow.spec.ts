import { accessKeyId, call, exchangeKey, makeAccessKey, newPerson, newTask, problemOf, submit, tokenFor } from "../support/api.ts";
import { anyAddress, expect, test } from "../support/test.ts";

const VERBS = ["complete", "reopen", "skip", "restore", "move"];

test("a script lists, adds, changes and deletes the tasks of its key's owner", async ({ server }) => {
  const owner = await newPerson(server);
  const key = await makeAccessKey(server, owner, "Nightly backup", ["tasks:read", "tasks:write"]);

  const exchanged = await exchangeKey(server, key);
  expect(exchanged.status).toBe(200);
  expect(exchanged.headers.get("Cache-Control")).toBe("no-store");
  const { access_token: token, ...rest } = await exchanged.json();
  expect(rest).toEqual({ token_type: "Bearer", expires_in: 900, scope: "tasks:read tasks:write" });

  const created = await call(server, `/api/${owner.id}/tasks`, { token, json: { title: "Pay rent", due: { date: "2026-12-01" } } });
  expect(created.status).toBe(201);
  const task = await created.json();
  expect(task).toMatchObject({ title: "Pay rent", notes: "", status: "open", priority: 0, due: { date: "2026-12-01" }, version: 1 });
  const path = created.headers.get("Location") ?? "";
  expect(path).toBe(`/api/me/tasks/${task.id}`);

  expect(await (await call(server, path, { token })).json()).toEqual(task);
  const patched = await call(server, path, { method: "PATCH", token, json: { priority: 3, due: null } });
  expect(await patched.json()).toMatchObject({ title: "Pay rent", priority: 3, due: null, version: 2 });
  const replacement = {
    title: "Pay the rent",
    notes: "By transfer",
    status: "done",
    list_id: null,
    parent_id: null,
    labels: ["home"],
    priority: 1,
    due: { date: "2026-12-02", time: "17:00", timezone: null },
    start_date: "2026-12-01",
    recurrence: null,
    external_id: "bank-7",
  };
  const replaced = await call(server, path, { method: "PUT", token, json: replacement });
  expect(await replaced.json()).toMatchObject({ ...replacement, version: 3, completed_at: expect.any(String) });

  const listed = await (await call(server, "/api/me/tasks", { token })).json();
  expect(listed).toMatchObject({ items: [{ id: task.id, title: "Pay the rent" }], next_cursor: null });
  expect((await call(server, path, { method: "DELETE", token })).status).toBe(204);
  await problemOf(await call(server, path, { token }), 404, "not_found");
  await problemOf(await call(server, path, { method: "DELETE", token }), 404, "not_found");
  expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toEqual([]);
});

test("a task added by a script is on its owner's page", async ({ server }) => {
  const owner = await newPerson(server);
  const token = await tokenFor(server, await makeAccessKey(server, owner, "Inbox", ["tasks:create"]));
  const { title } = await newTask(server, token);
  const page = await call(server, "/tasks", { headers: { Cookie: owner.cookie } });
  expect(await page.text()).toContain(title);
});

test("GET /api/me returns the token's user and scopes", async ({ server }) => {
  const owner = await newPerson(server);
  const token = await tokenFor(server, await makeAccessKey(server, owner, "Reader", ["tasks:read"]));
  const me = await (await call(server, "/api/me", { token })).json();
  expect(me).toMatchObject({ id: owner.id, name: owner.account.name, timezone: "UTC", scopes: ["tasks:read"] });
  expect(Date.parse(me.token_expires_at) - Date.now()).toBeGreaterThan(14 * 60_000);
  expect(JSON.stringify(me)).not.toContain(owner.account.email);
});

test("a revoked key can't be exchanged", async ({ server }) => {
  const owner = await newPerson(server);
  const key = await makeAccessKey(server, owner, "Lost laptop", ["tasks:read"]);
  expect((await exchangeKey(server, key)).status).toBe(200);
  const id = await accessKeyId(server, owner);
  const revoked = await submit(
    server,
    "/settings/access-keys",
    [
      ["intent", "revoke"],
      ["id", id],
    ],
    { Cookie: owner.cookie },
  );
  expect(revoked.status).toBe(302);
  await problemOf(await exchangeKey(server, key), 401, "unauthorized");
});

test("a user can't revoke another user's key", async ({ server }) => {
  const owner = await newPerson(server);
  const stranger = await newPerson(server);
  const key = await makeAccessKey(server, owner, "Mine", ["tasks:read"]);
  const id = await accessKeyId(server, owner);
  await submit(
    server,
    "/settings/access-keys",
    [
      ["intent", "revoke"],
      ["id", id],
    ],
    { Cookie: stranger.cookie },
  );
  expect((await exchangeKey(server, key)).status).toBe(200);
});

test("an unknown key can't be exchanged", async ({ server }) => {
  await problemOf(await exchangeKey(server, "doable_garbage"), 401, "unauthorized");
});

test("an exchange without a key is rejected", async ({ server }) => {
  const headers = { "X-Forwarded-For": anyAddress() };
  await problemOf(await call(server, "/api/token", { method: "POST", headers }), 401, "unauthorized");
});

test("a key is shown once and never again", async ({ server }) => {
  const owner = await newPerson(server);
  const key = await makeAccessKey(server, owner, "Once", ["tasks:read"]);
  const page = await call(server, "/settings/access-keys", { headers: { Cookie: owner.cookie } });
  expect(await page.text()).not.toContain(key);
});

test("a key with only tasks:read is rejected by every writing method", async ({ server }) => {
  const owner = await newPerson(server);
  const { id } = await newTask(server, owner.token);
  const token = await tokenFor(server, await makeAccessKey(server, owner, "Reader", ["tasks:read"]));
  expect((await call(server, `/api/me/tasks/${id}`, { token })).status).toBe(200);
  const writes = [
    ["POST", "/api/me/tasks", "tasks:create"],
    ...["PUT", "PATCH", "DELETE"].map((method) => [method, `/api/me/tasks/${id}`, "tasks:write"]),
    ...["batch", "quick", ...VERBS.map((verb) => `${id}/${verb}`)].map((path) => ["POST", `/api/me/tasks/${path}`, "tasks:write"]),
    ["POST", "/api/me/lists", "tasks:write"],
    ...["PATCH", "DELETE"].map((method) => [method, `/api/me/lists/${id}`, "tasks:write"]),
    ["POST", `/api/me/lists/${id}/move`, "tasks:write"],
    ...["PATCH", "DELETE"].map((method) => [method, "/api/me/labels/home", "tasks:write"]),
    ["PUT", "/api/me/tasks/by-external-id/rent", "tasks:write"],
    ["DELETE", "/api/me/trash", "tasks:write"],
    ...["import", "undo"].map((path) => ["POST", `/api/me/${path}`, "tasks:write"]),
    ["PATCH", "/api/me", "tasks:write"],
  ];
  for (const [method = "", path = "", scope] of writes) {
    const answer = await call(server, path, { method, token, json: { title: "Changed" } });
    await problemOf(answer, 403, "insufficient_scope");
    expect(answer.headers.get("WWW-Authenticate")).toBe(`Bearer realm="doable", error="insufficient_scope", scope="${scope}"`);
  }
});

test("a key with only tasks:create is rejected by everything but adding", async ({ server }) => {
  const owner = await newPerson(server);
  const token = await tokenFor(server, await makeAccessKey(server, owner, "Add only", ["tasks:create"]));
  const { id } = await newTask(server, token);
  const others = [
    ["GET", "/api/me"],
    ["PATCH", "/api/me"],
    ...["changes", "export", "history", "labels", "lists", "tasks"].map((path) => ["GET", `/api/me/${path}`]),
    ...["import", "recurrence/preview", "undo"].map((path) => ["POST", `/api/me/${path}`]),
    ["DELETE", "/api/me/trash"],
    ["POST", "/api/me/lists"],
    ...["GET", "PATCH", "DELETE"].map((method) => [method, `/api/me/lists/${id}`]),
    ["POST", `/api/me/lists/${id}/move`],
    ...["PATCH", "DELETE"].map((method) => [method, "/api/me/labels/home"]),
    ["PUT", "/api/me/tasks/by-external-id/rent"],
    ["GET", `/api/me/tasks/${id}/history`],
    ...["GET", "PUT", "PATCH", "DELETE"].map((method) => [method, `/api/me/tasks/${id}`]),
    ...["batch", "quick", ...VERBS.map((verb) => `${id}/${verb}`)].map((path) => ["POST", `/api/me/tasks/${path}`]),
  ];
  for (const [method = "", path = ""] of others) {
    const json = method === "GET" ? undefined : { title: "Changed" };
    await problemOf(await call(server, path, { method, token, json }), 403, "insufficient_scope");
  }
});

test("a key can be exchanged at most sixty times a minute", async ({ server }) => {
  const key = await makeAccessKey(server, await newPerson(server), "Busy", ["tasks:read"]);
  const answers = await Promise.all(Array.from({ length: 60 }, () => exchangeKey(server, key)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const refused = await exchangeKey(server, key);
  await problemOf(refused, 429, "rate_limited");
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
});

test("an address can make at most 120 exchanges a minute, with any keys", async ({ server }) => {
  const address = anyAddress();
  const guesses = Array.from({ length: 120 }, (_, index) => exchangeKey(server, `doable_guess_${index}`, address));
  expect(new Set((await Promise.all(guesses)).map(({ status }) => status))).toEqual(new Set([401]));
  const refused = await exchangeKey(server, "doable_guess_120", address);
  await problemOf(refused, 429, "rate_limited");
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
});

test("a key does not authenticate a page or an API request", async ({ server }) => {
  const key = await makeAccessKey(server, await newPerson(server), "Not a session", ["tasks:write"]);
  const session = await call(server, "/api/auth/get-session", { headers: { "X-API-Key": key } });
  expect(await session.json()).toBeNull();
  const page = await call(server, "/tasks", { headers: { "X-API-Key": key } });
  expect(page.headers.get("Location")).toContain("/login");
  await problemOf(await call(server, "/api/me", { headers: { "X-API-Key": key } }), 401, "unauthorized");
  await problemOf(await call(server, "/api/me", { token: key }), 401, "unauthorized");
});

for (const path of ["create", "list", "get", "update", "delete", "verify", "delete-all-expired-api-keys"]) {
  test(`/api/auth/api-key/${path} does not exist`, async ({ server }) => {
    const owner = await newPerson(server);
    const headers = { Cookie: owner.cookie, Origin: server.url };
    for (const method of ["GET", "POST"]) {
      const answer = await call(server, `/api/auth/api-key/${path}`, {
        method,
        headers,
        ...(method === "POST" && { json: { name: "Mine" } }),
      });
      expect(answer.status).toBe(404);
    }
  });
}
