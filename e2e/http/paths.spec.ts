import { call, newPerson, newTask, problemOf, wholeTask } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

const METHODS_OF_A_TASK = ["GET", "HEAD", "PUT", "PATCH", "DELETE"];

test("another user's path is rejected for every resource", async ({ server }) => {
  const { token } = await newPerson(server);
  const owner = await newPerson(server);
  const { id } = await newTask(server, owner.token);
  for (const taskId of [id, crypto.randomUUID(), "garbage"]) {
    for (const method of METHODS_OF_A_TASK) {
      const answer = await call(server, `/api/${owner.id}/tasks/${taskId}`, { method, token });
      expect(answer.status).toBe(403);
      if (method !== "HEAD") await problemOf(answer, 403, "user_mismatch");
    }
  }
  await problemOf(await call(server, `/api/${owner.id}/tasks`, { token }), 403, "user_mismatch");
  await problemOf(await call(server, `/api/${owner.id}/tasks`, { token, json: { title: "Planted" } }), 403, "user_mismatch");
  expect((await (await call(server, "/api/me/tasks", { token: owner.token })).json()).items).toMatchObject([{ id, version: 1 }]);
});

for (const [who, userId] of [
  ["a user that nobody is", crypto.randomUUID()],
  ["no user id at all", "garbage"],
  ["the word for oneself in capitals", "ME"],
]) {
  test(`a path of ${who} is rejected like another user's`, async ({ server }) => {
    const { token } = await newPerson(server);
    await problemOf(await call(server, `/api/${userId}/tasks`, { token }), 403, "user_mismatch");
  });
}

test("the endpoint for session tokens follows the API's rules, and its responses are not cached", async ({ server }) => {
  const { cookie } = await newPerson(server);
  const ask = (method: string) => call(server, "/api/auth/token", { method, headers: { Cookie: cookie } });
  const [got, head, options] = [await ask("GET"), await ask("HEAD"), await ask("OPTIONS")];
  expect([got.status, head.status, options.status]).toEqual([200, 200, 204]);
  expect(got.headers.get("Cache-Control")).toBe("private, no-store");
  expect(options.headers.get("Allow")).toBe("GET, HEAD, OPTIONS");
  const posted = await ask("POST");
  await problemOf(posted, 405, "method_not_allowed");
  expect(posted.headers.get("Allow")).toBe("GET, HEAD, OPTIONS");
});

test("no API path can be requested with `.data` appended", async ({ server }) => {
  const { token } = await newPerson(server);
  for (const path of ["/api/me.data", "/api/me/tasks.data"]) await problemOf(await call(server, path, { token }), 404, "not_found");
  await problemOf(await call(server, "/api/me/tasks.data?_routes=x", { token, json: { title: "Planted" } }), 404, "not_found");
  expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toEqual([]);
  expect((await call(server, "/api/docs.data")).status).toBe(200);
});

test("another user's task is not found under one's own path", async ({ server }) => {
  const { token } = await newPerson(server);
  const owner = await newPerson(server);
  const { id } = await newTask(server, owner.token);
  const { request_id: _, ...theirs } = await problemOf(await call(server, `/api/me/tasks/${id}`, { token }), 404, "not_found");
  const path = `/api/me/tasks/${crypto.randomUUID()}`;
  const { request_id: __, ...nobodys } = await problemOf(await call(server, path, { token }), 404, "not_found");
  expect(theirs).toEqual(nobodys);
  for (const [method, json] of [
    ["PATCH", { title: "Mine" }],
    ["PUT", wholeTask("Mine")],
    ["DELETE", undefined],
  ] as const) {
    await problemOf(await call(server, `/api/me/tasks/${id}`, { method, token, json }), 404, "not_found");
  }
  expect((await call(server, `/api/me/tasks/${id}`, { token: owner.token })).headers.get("ETag")).toBe('"1"');
});

for (const taskId of ["garbage", "1", "%00", "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be00", "%27%20or%20true--", "%E2%80%AE", "x".repeat(3000)]) {
  test(`a task with the id ${taskId.slice(0, 40)} is not found`, async ({ server }) => {
    const { token } = await newPerson(server);
    for (const [method, json] of [["GET"], ["PATCH", { title: "Changed" }], ["DELETE"]] as const) {
      await problemOf(await call(server, `/api/me/tasks/${taskId}`, { method, token, json }), 404, "not_found");
    }
  });
}

for (const [path, allow] of [
  ["/api/me", "GET, PATCH, HEAD, OPTIONS"],
  ["/api/me/tasks", "GET, POST, HEAD, OPTIONS"],
  ["/api/me/tasks/0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001", "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"],
  ...["complete", "reopen", "skip", "restore", "move"].map(
    (verb) => [`/api/me/tasks/0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001/${verb}`, "POST, OPTIONS"] as const,
  ),
  ["/api/me/tasks/batch", "POST, OPTIONS"],
  ["/api/me/tasks/quick", "POST, OPTIONS"],
  ["/api/me/lists", "GET, POST, HEAD, OPTIONS"],
  ["/api/me/lists/0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001", "GET, PATCH, DELETE, HEAD, OPTIONS"],
  ["/api/me/lists/0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001/move", "POST, OPTIONS"],
  ["/api/me/labels", "GET, HEAD, OPTIONS"],
  ["/api/me/labels/home", "PATCH, DELETE, OPTIONS"],
  ["/api/token", "POST, OPTIONS"],
  ["/.well-known/jwks.json", "GET, HEAD, OPTIONS"],
] as const) {
  test(`${path} lists its allowed methods, and rejects every other`, async ({ server }) => {
    const { token } = await newPerson(server);
    const options = await call(server, path, { method: "OPTIONS" });
    expect(options.status).toBe(204);
    expect(options.headers.get("Allow")).toBe(allow);
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((method) => !allow.includes(method))) {
      const answer = await call(server, path, { method, token });
      await problemOf(answer, 405, "method_not_allowed");
      expect(answer.headers.get("Allow")).toBe(allow);
    }
  });
}

for (const path of [
  "/api/me",
  "/api/me/tasks",
  "/api/me/lists",
  "/api/me/labels",
  "/.well-known/jwks.json",
  "/healthz",
  "/readyz",
  "/login",
]) {
  test(`HEAD ${path} has the headers of GET, and no body`, async ({ server }) => {
    const { token } = await newPerson(server);
    const got = await call(server, path, { token });
    const head = await call(server, path, { method: "HEAD", token });
    expect(head.status).toBe(got.status);
    expect(await head.text()).toBe("");
    for (const name of ["Content-Type", "Cache-Control", "ETag"]) expect(head.headers.get(name)).toBe(got.headers.get(name));
  });
}

for (const path of ["/api", "/api/", "/api/nothing", "/api/me/nothing", "/api/me/tasks/a/b", "/api//tasks", "/api/me/Tasks/a/b"]) {
  test(`${path} is not found, with and without a token, by any method`, async ({ server }) => {
    const { token } = await newPerson(server);
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      await problemOf(await call(server, path, { method, token }), 404, "not_found");
      await problemOf(await call(server, path, { method }), 404, "not_found");
    }
  });
}

test("the caller's request id is returned in the header and in the error document", async ({ server }) => {
  const answer = await call(server, "/api/me", { headers: { "X-Request-Id": "job-7.retry_2" } });
  expect((await problemOf(answer, 401, "unauthorized")).request_id).toBe("job-7.retry_2");
});

for (const given of ["", "two words", "x".repeat(65), "<script>", "a,b"]) {
  test(`the invalid request id "${given.slice(0, 20)}" is replaced`, async ({ server }) => {
    const answer = await call(server, "/api/me", { headers: { "X-Request-Id": given } });
    expect((await problemOf(answer, 401, "unauthorized")).request_id).not.toBe(given);
  });
}

test("every response has a request id, also of pages and files", async ({ server }) => {
  for (const path of ["/login", "/icon.svg", "/nothing", "/healthz", "/api/auth/get-session", "/.well-known/jwks.json"]) {
    expect((await call(server, path)).headers.get("X-Request-Id"), path).toMatch(/^[\w.-]{1,64}$/);
  }
});
