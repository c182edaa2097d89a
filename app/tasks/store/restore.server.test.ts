import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { db } from "#app/db/database.server.ts";
import { ExternalIdTaken } from "#app/tasks/outcome.ts";
import { restoreWithChanges } from "#app/tasks/store/restore.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

test("a task is restored with changes, and undo reverts both as one change", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks, { title: "Pay rent" });
  const subtask = await make(tasks, { parent_id: id });
  unwrap(await tasks.remove(id));
  const back = unwrap(await restoreWithChanges(user, id, { title: "Pay the rent" }));
  expect(back).toMatchObject({ title: "Pay the rent", deletedAt: null });
  expect(await tasks.find(subtask.id)).toBeDefined();
  await changesOf(user).undo(back.changeSeq);
  expect(await tasks.find(id)).toBeUndefined();
  expect(await tasks.restore(id)).toMatchObject({ title: "Pay rent" });
});

test("nothing is restored while another task has an external id, also a subtask's, unless that is dropped", async () => {
  const [user, stranger] = [await createTestUser(), await createTestUser()];
  const tasks = tasksOf(user);
  await make(tasksOf(stranger), { external_id: "parent" });
  const { id } = await make(tasks, { external_id: "parent" });
  const [kept, dropped] = [
    await make(tasks, { parent_id: id, external_id: "kept" }),
    await make(tasks, { parent_id: id, external_id: "taken" }),
  ];
  unwrap(await tasks.remove(id));
  const owner = await make(tasks, { external_id: "taken" });
  for (const refused of [await tasks.restore(id), await restoreWithChanges(user, id, { title: "b" })]) {
    expect(refused).toBeInstanceOf(ExternalIdTaken);
    expect(refused).toMatchObject({ existingId: owner.id });
  }
  expect(await tasks.find(id)).toBeUndefined();
  const restored = unwrap(await tasks.restore(id, { dropExternalId: true }));
  expect(restored).toMatchObject({ externalId: "parent" });
  expect(await tasks.find(kept.id)).toMatchObject({ externalId: "kept" });
  expect(await tasks.find(dropped.id)).toMatchObject({ externalId: null });
  await changesOf(user).undo(restored.changeSeq);
  unwrap(await tasks.purge(owner.id));
  expect(await tasks.restore(id)).toMatchObject({ externalId: "parent" });
  expect(await tasks.find(dropped.id)).toMatchObject({ externalId: "taken" });
});

test("subtasks with the same external id, as an import may put into the trash, are not restored with it", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const { id } = await make(tasks);
  for (const title of ["one", "two"]) await make(tasks, { parent_id: id, title });
  unwrap(await tasks.remove(id));
  await db.updateTable("task").set({ externalId: "x" }).where("userId", "=", user.id).where("parentId", "=", id).execute();
  expect(await tasks.restore(id)).toBeInstanceOf(ExternalIdTaken);
  unwrap(await tasks.restore(id, { dropExternalId: true }));
  expect((await tasks.subtasksOf(id)).map(({ externalId }) => externalId).sort()).toEqual([null, "x"].sort());
});

test("a task that is not in the user's trash is not restored", async () => {
  const [owner, stranger] = [await createTestUser(), await createTestUser()];
  const { id } = await make(tasksOf(owner));
  expect(await restoreWithChanges(owner, id, { title: "b" })).toBeUndefined();
  unwrap(await tasksOf(owner).remove(id));
  expect(await restoreWithChanges(stranger, id, { title: "Mine now" })).toBeUndefined();
  expect(await restoreWithChanges(owner, "no id", { title: "b" })).toBeUndefined();
  expect(await tasksOf(owner).find(id)).toBeUndefined();
});
