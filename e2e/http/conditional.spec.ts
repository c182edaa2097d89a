import { call, newPerson, newTask, problemOf, wholeTask } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

test("a change of an outdated version of a task is rejected, with the current task", async ({ server }) => {
  const { token } = await newPerson(server);
  const task = await newTask(server, token, { title: "First" });
  const path = `/api/me/tasks/${task.id}`;
  const current = await (
    await call(server, path, { method: "PATCH", token, json: { title: "Second" }, headers: { "If-Match": '"1"' } })
  ).json();
  expect(current).toMatchObject({ title: "Second", version: 2 });
  for (const [method, json] of [
    ["PATCH", { title: "Late" }],
    ["PATCH", {}],
    ["PUT", wholeTask("Late")],
    ["DELETE", undefined],
  ] as const) {
    const answer = await call(server, path, { method, token, json, headers: { "If-Match": '"1"' } });
    expect((await problemOf(answer, 412, "version_conflict")).current).toEqual(current);
  }
  expect(await (await call(server, path, { token })).json()).toEqual(current);
});

test("one of two changes of the same version is made", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token);
  const changes = ["one", "two", "three", "four"].map((title) =>
    call(server, `/api/me/tasks/${id}`, { method: "PATCH", token, json: { title }, headers: { "If-Match": '"1"' } }),
  );
  const statuses = (await Promise.all(changes)).map(({ status }) => status).sort();
  expect(statuses).toEqual([200, 412, 412, 412]);
});

for (const tag of ['"1"', "*", '"7", "1"', '"7" , W/"9","1"']) {
  test(`If-Match: ${tag} allows a change of version 1`, async ({ server }) => {
    const { token } = await newPerson(server);
    const { id } = await newTask(server, token);
    const answer = await call(server, `/api/me/tasks/${id}`, {
      method: "PATCH",
      token,
      json: { priority: 1 },
      headers: { "If-Match": tag },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("ETag")).toBe('"2"');
  });
}

for (const tag of ['W/"1"', '"01"', '"1.0"', '""', '"99999999999999999999"', '"one"']) {
  test(`If-Match: ${tag} matches no version`, async ({ server }) => {
    const { token } = await newPerson(server);
    const { id } = await newTask(server, token);
    const answer = await call(server, `/api/me/tasks/${id}`, {
      method: "PATCH",
      token,
      json: { priority: 1 },
      headers: { "If-Match": tag },
    });
    await problemOf(answer, 412, "version_conflict");
  });
}

for (const tag of ["1", "'1'", '"1', 'w/"1"', '"1"; "2"', "*, *"]) {
  test(`If-Match: ${tag} can't be read`, async ({ server }) => {
    const { token } = await newPerson(server);
    const { id } = await newTask(server, token);
    for (const [method, json] of [["PATCH", { priority: 1 }], ["DELETE"]] as const) {
      const answer = await call(server, `/api/me/tasks/${id}`, { method, token, json, headers: { "If-Match": tag } });
      await problemOf(answer, 400, "malformed_request");
    }
  });
}

for (const tag of ['"1"', 'W/"1"', "*", '"7", W/"1"']) {
  test(`If-None-Match: ${tag} saves sending version 1 again`, async ({ server }) => {
    const { token } = await newPerson(server);
    const { id } = await newTask(server, token);
    for (const method of ["GET", "HEAD"]) {
      const answer = await call(server, `/api/me/tasks/${id}`, { method, token, headers: { "If-None-Match": tag } });
      expect(answer.status).toBe(304);
      expect(answer.headers.get("ETag")).toBe('"1"');
      expect(await answer.text()).toBe("");
    }
  });
}

test("a task that has changed is sent again", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token);
  const answer = await call(server, `/api/me/tasks/${id}`, { token, headers: { "If-None-Match": '"7"' } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("ETag")).toBe('"1"');
});
