import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
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

test("a task that is not in the user's trash is not restored", async () => {
  const [owner, stranger] = [await createTestUser(), await createTestUser()];
  const { id } = await make(tasksOf(owner));
  expect(await restoreWithChanges(owner, id, { title: "b" })).toBeUndefined();
  unwrap(await tasksOf(owner).remove(id));
  expect(await restoreWithChanges(stranger, id, { title: "Mine now" })).toBeUndefined();
  expect(await restoreWithChanges(owner, "no id", { title: "b" })).toBeUndefined();
  expect(await tasksOf(owner).find(id)).toBeUndefined();
});
