import { call, newPerson, newTask, problemOf } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

test("DELETE of the trash purges what is in it, and nothing else", async ({ server }) => {
  const [{ token }, other] = [await newPerson(server), await newPerson(server)];
  const [kept, thrown] = [await newTask(server, token), await newTask(server, token)];
  await newTask(server, token, { parent_id: thrown.id });
  const others = await newTask(server, other.token);
  await call(server, `/api/me/tasks/${thrown.id}`, { method: "DELETE", token });
  await call(server, `/api/me/tasks/${others.id}`, { method: "DELETE", token: other.token });
  for (let time = 1; time <= 2; time++) {
    const answer = await call(server, "/api/me/trash", { method: "DELETE", token });
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
  }
  expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toEqual([kept]);
  expect((await (await call(server, "/api/me/tasks?deleted=true", { token })).json()).items).toEqual([]);
  expect((await (await call(server, "/api/me/tasks?deleted=true", { token: other.token })).json()).items).toHaveLength(1);
  const { items } = await (await call(server, "/api/me/changes", { token })).json();
  expect(items).toMatchObject([{ op: "upsert", id: kept.id }]);
  const path = `/api/${other.id}/trash`;
  await problemOf(await call(server, path, { method: "DELETE", token }), 403, "user_mismatch");
  await problemOf(await call(server, "/api/me/trash?permanent=true", { method: "DELETE", token }), 422, "invalid_fields");
  await problemOf(await call(server, "/api/me/trash", { token }), 405, "method_not_allowed");
});
