import { call, newPerson, newTask, type Person, pointersOf, problemOf } from "../support/api.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

async function newLists(server: DoableServer, { token }: Person): Promise<[home: string, work: string]> {
  const [home, work] = await Promise.all(
    ["Home", "Work"].map(async (name) => (await (await call(server, "/api/me/lists", { token, json: { name } })).json()).id),
  );
  return [home, work];
}

function patch(server: DoableServer, { token }: Person, id: string, json: object): Promise<Response> {
  return call(server, `/api/me/tasks/${id}`, { method: "PATCH", token, json });
}

test("a subtask reports its parent's list, and takes only that one", async ({ server }) => {
  const person = await newPerson(server);
  const { token } = person;
  const [home, work] = await newLists(server, person);
  const parent = await newTask(server, token, { list_id: home });
  const subtask = await newTask(server, token, { parent_id: parent.id });
  expect(subtask).toMatchObject({ parent_id: parent.id, list_id: home });
  expect(await newTask(server, token, { parent_id: parent.id, list_id: home })).toMatchObject({ list_id: home });
  const elsewhere = { title: "Elsewhere", parent_id: parent.id, list_id: work };
  const added = await problemOf(await call(server, "/api/me/tasks", { token, json: elsewhere }), 422, "invalid_fields");
  expect(pointersOf(added)).toEqual(["/list_id"]);
  const changed = await problemOf(await patch(server, person, subtask.id, { list_id: work }), 422, "invalid_fields");
  expect(pointersOf(changed)).toEqual(["/list_id"]);
  const { version } = await (await patch(server, person, subtask.id, { list_id: home })).json();
  expect(version).toBe(1);
  const put = await call(server, `/api/me/tasks/${subtask.id}`, { method: "PUT", token, json: subtask });
  expect(await put.json()).toEqual(subtask);
});

test("moving below a parent sets the list, and leaving the parent keeps it", async ({ server }) => {
  const person = await newPerson(server);
  const [home, work] = await newLists(server, person);
  const parent = await newTask(server, person.token, { list_id: home });
  const { id } = await newTask(server, person.token, { list_id: work });
  expect(await (await patch(server, person, id, { parent_id: parent.id })).json()).toMatchObject({ list_id: home });
  expect(await (await patch(server, person, id, { parent_id: null })).json()).toMatchObject({ parent_id: null, list_id: home });
});

test("a list has its subtasks too, and readers of changes learn where they go with their parent", async ({ server }) => {
  const person = await newPerson(server);
  const { token } = person;
  const [home, work] = await newLists(server, person);
  const parent = await newTask(server, token, { list_id: home });
  const subtask = await newTask(server, token, { parent_id: parent.id });
  const idsIn = async (list: string) => {
    const { items } = await (await call(server, `/api/me/tasks?list_id=${list}`, { token })).json();
    return items.map(({ id }: { id: string }) => id);
  };
  expect(await idsIn(home)).toEqual([parent.id, subtask.id]);
  const { next } = await (await call(server, "/api/me/changes?limit=200", { token })).json();
  await patch(server, person, parent.id, { list_id: work });
  expect([await idsIn(home), await idsIn(work)]).toEqual([[], [parent.id, subtask.id]]);
  const { items } = await (await call(server, `/api/me/changes?since=${next}`, { token })).json();
  expect(items).toHaveLength(2);
  for (const item of items) expect(item).toMatchObject({ type: "task", op: "upsert", task: { list_id: work, version: 2 } });
});
