import { call, newPerson, newTask, pointersOf, problemOf } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

const LABELS = "/api/me/labels";

test("labels are told with the count of open tasks, and renamed on every task, once on each", async ({ server }) => {
  const { token } = await newPerson(server);
  const open = await newTask(server, token, { labels: ["home", "house", "x"] });
  const done = await newTask(server, token, { labels: ["home"], status: "done" });
  expect(await (await call(server, LABELS, { token })).json()).toEqual({
    items: [
      { name: "home", open_count: 1 },
      { name: "house", open_count: 1 },
      { name: "x", open_count: 1 },
    ],
  });
  const renamed = await call(server, `${LABELS}/home`, { method: "PATCH", token, json: { name: " house " } });
  expect(renamed.status).toBe(200);
  expect(await renamed.json()).toEqual({ name: "house", open_count: 1 });
  expect(await (await call(server, `/api/me/tasks/${open.id}`, { token })).json()).toMatchObject({ labels: ["house", "x"], version: 2 });
  expect(await (await call(server, `/api/me/tasks/${done.id}`, { token })).json()).toMatchObject({ labels: ["house"], version: 2 });
  await problemOf(await call(server, `${LABELS}/home`, { method: "PATCH", token, json: { name: "x" } }), 404, "not_found");
});

test("a label is taken off every task", async ({ server }) => {
  const { token } = await newPerson(server);
  const open = await newTask(server, token, { labels: ["home", "a/b"] });
  const done = await newTask(server, token, { labels: ["home"], status: "done" });
  for (const name of ["home", "a%2Fb"]) {
    expect((await call(server, `${LABELS}/${name}`, { method: "DELETE", token })).status).toBe(204);
    await problemOf(await call(server, `${LABELS}/${name}`, { method: "DELETE", token }), 404, "not_found");
  }
  expect(await (await call(server, LABELS, { token })).json()).toEqual({ items: [] });
  expect(await (await call(server, `/api/me/tasks/${open.id}`, { token })).json()).toMatchObject({ labels: [], version: 3 });
  expect(await (await call(server, `/api/me/tasks/${done.id}`, { token })).json()).toMatchObject({ labels: [], version: 2 });
});

for (const name of ["a/b", "%2F", "50%", "ü 🦊", "?x=1#y", "batch", "a+b", "work.data", ".data"]) {
  test(`the label ${name} is named in a path by its percent-encoding`, async ({ server }) => {
    const { token } = await newPerson(server);
    await newTask(server, token, { labels: [name] });
    const path = `${LABELS}/${encodeURIComponent(name)}`;
    const renamed = await call(server, path, { method: "PATCH", token, json: { name: "plain" } });
    expect(renamed.status).toBe(200);
    expect(await (await call(server, LABELS, { token })).json()).toEqual({ items: [{ name: "plain", open_count: 1 }] });
  });
}

test("a name that no label can have is refused, and one that no label has is not there", async ({ server }) => {
  const { token } = await newPerson(server);
  await newTask(server, token, { labels: ["home"] });
  for (const [json, pointer] of [
    [{}, "/name"],
    [{ name: "" }, "/name"],
    [{ name: "a,b" }, "/name"],
    [{ name: "x".repeat(51) }, "/name"],
    [{ name: "a\0" }, "/name"],
    [{ name: "x", color: "red" }, "/color"],
  ] as const) {
    const answer = await call(server, `${LABELS}/home`, { method: "PATCH", token, json });
    expect(pointersOf(await problemOf(answer, 422, "invalid_fields"))).toEqual([pointer]);
  }
  for (const name of ["Homé", "nothing", "%00", "%E0%A4%A", "%ff", "x".repeat(500)]) {
    const answer = await call(server, `${LABELS}/${name}`, { method: "PATCH", token, json: { name: "new" } });
    await problemOf(answer, 404, "not_found");
  }
  expect(pointersOf(await problemOf(await call(server, `${LABELS}?q=x`, { token }), 422, "invalid_fields"))).toEqual(["?q"]);
});

test("another user's labels are not there, and another user's path is refused", async ({ server }) => {
  const { token } = await newPerson(server);
  const owner = await newPerson(server);
  const task = await newTask(server, owner.token, { labels: ["secret"] });
  const patch = { method: "PATCH", token, json: { name: "mine" } };
  await problemOf(await call(server, `${LABELS}/secret`, patch), 404, "not_found");
  await problemOf(await call(server, `${LABELS}/secret`, { method: "DELETE", token }), 404, "not_found");
  await problemOf(await call(server, `/api/${owner.id}/labels/secret`, patch), 403, "user_mismatch");
  await problemOf(await call(server, `/api/${owner.id}/labels`, { token }), 403, "user_mismatch");
  expect(await (await call(server, LABELS, { token })).json()).toEqual({ items: [] });
  expect(await (await call(server, `/api/me/tasks/${task.id}`, { token: owner.token })).json()).toEqual(task);
});
