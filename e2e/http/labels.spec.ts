import { call, newPerson, newTask, pointersOf, problemOf } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

const LABELS = "/api/me/labels";

test("labels are listed with counts of open tasks, and renamed on every task without duplicates", async ({ server }) => {
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

test("deleting a label removes it from every task", async ({ server }) => {
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
  test(`the label ${name} is percent-encoded in a path`, async ({ server }) => {
    const { token } = await newPerson(server);
    await newTask(server, token, { labels: [name] });
    const path = `${LABELS}/${encodeURIComponent(name)}`;
    const renamed = await call(server, path, { method: "PATCH", token, json: { name: "plain" } });
    expect(renamed.status).toBe(200);
    expect(await (await call(server, LABELS, { token })).json()).toEqual({ items: [{ name: "plain", open_count: 1 }] });
  });
}

test("an invalid label name is rejected, and an unknown label is not found", async ({ server }) => {
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

test("another user's labels are not found, and another user's path is rejected", async ({ server }) => {
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
