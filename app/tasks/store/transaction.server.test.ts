import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import { inWriteTransaction } from "#app/db/writer.server.ts";
import { env } from "#app/env.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { ExternalIdTaken } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, makeList, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

test("the writes of a transaction are one change, in order, which undo reverts as a whole", async () => {
  const user = await createTestUser();
  const made = await inWriteTransaction(user, async (transaction) => {
    const list = await makeList(listsOf(user, transaction), { name: "Home" });
    const tasks = tasksOf(user, transaction);
    return [await make(tasks, { title: "First", list_id: list.id }), await make(tasks, { title: "Second" }), await make(tasks)];
  });
  expect(new Set(made.map(({ changeSeq }) => changeSeq)).size).toBe(1);
  const later = await make(tasksOf(user));
  const ids = async () => (await tasksOf(user).list({ status: "all", sort: "rank" }, { limit: 9 }))?.tasks.map(({ id }) => id);
  expect(await ids()).toEqual([...made, later].map(({ id }) => id));
  expect(await changesOf(user).undo(made[0]?.changeSeq ?? 0)).toBe(4);
  expect(await ids()).toEqual([later.id]);
  expect(await listsOf(user).list()).toEqual([]);
});

test("a task can be moved between two tasks created in one transaction", async () => {
  const user = await createTestUser();
  const [first, second] = await inWriteTransaction(user, async (transaction) => [
    await make(tasksOf(user, transaction)),
    await make(tasksOf(user, transaction)),
  ]);
  const between = await make(tasksOf(user));
  const moved = unwrap(await tasksOf(user).move(between.id, { after: first?.id ?? "" }));
  expect([first?.rank, moved.rank, second?.rank]).toEqual([first?.rank, moved.rank, second?.rank].toSorted());
});

test("a write that violates a constraint writes nothing, and the transaction continues", async () => {
  const user = await createTestUser();
  const { id } = await make(tasksOf(user), { external_id: "taken" });
  await inWriteTransaction(user, async (transaction) => {
    const tasks = tasksOf(user, transaction);
    await make(tasks, { title: "Before" });
    expect(await tasks.create(taskInput({ external_id: "taken" }))).toEqual(new ExternalIdTaken(id));
    await make(tasks, { title: "After" });
    expect(await tasks.find(id)).toBeDefined();
  });
  const page = await tasksOf(user).list({ status: "all", sort: "rank" }, { limit: 9 });
  expect(page?.tasks.map(({ title }) => title)).toEqual(["A task", "Before", "After"]);
});

test("a transaction that throws writes nothing", async () => {
  const user = await createTestUser();
  const transaction = inWriteTransaction(user, async (transaction) => {
    await make(tasksOf(user, transaction));
    throw new Error("Enough");
  });
  await expect(transaction).rejects.toThrow("Enough");
  expect((await tasksOf(user).list({ status: "all", sort: "rank" }, { limit: 9 }))?.tasks).toEqual([]);
});

// The embedded database has one connection, and an open transaction holds it.
test.skipIf(!env.DATABASE_URL)("while a user's writes wait for that user's transaction, other users can read and write", async () => {
  const [user, other] = [await createTestUser(), tasksOf(await createTestUser())];
  const waiting = await inWriteTransaction(user, async () => {
    const tasks = tasksOf(user);
    const writes = Array.from({ length: 20 }, (_, index) => (index % 2 ? tasks.moveOverdueToToday() : make(tasks)));
    const { id } = await make(other);
    expect(await other.find(id)).toBeDefined();
    return { writes };
  });
  expect(await Promise.all(waiting.writes)).toHaveLength(20);
});

test("many concurrent writes of one user do not block other users", async () => {
  const [busy, other] = [await createTestUser(), await createTestUser()];
  let done = 0;
  const writes = Array.from({ length: 40 }, async () => {
    await make(tasksOf(busy));
    done += 1;
  });
  await make(tasksOf(other));
  expect(done).toBeLessThan(10);
  await Promise.all(writes);
});
