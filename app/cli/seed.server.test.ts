import { expect, test } from "vitest";
import { auth } from "#app/auth/auth.server.ts";
import { seed } from "#app/cli/seed.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { TaskFilter } from "#app/tasks/filter.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";

test("the demo account has tasks of every kind, and its printed sign-in works", async () => {
  const { user, email, password } = await seed();
  const { user: signedIn } = await auth().api.signInEmail({ body: { email, password } });
  expect(signedIn.id).toBe(user.id);
  const list = async (filter: Partial<TaskFilter>) =>
    (await tasksOf(user).list({ ...TaskFilter.parse({}), ...filter }, { limit: 200 }))?.tasks ?? [];
  const open = await list({ status: "open" });
  expect(open.length).toBeGreaterThan(40);
  expect(open.filter(({ parentId }) => parentId !== null).length).toBeGreaterThan(8);
  expect(open.filter(({ recurrence }) => recurrence !== null).length).toBeGreaterThan(8);
  expect(open.some(({ due }) => due?.timezone)).toBe(true);
  expect(open.some(({ startDate }) => startDate)).toBe(true);
  expect((await list({ view: "overdue" })).length).toBeGreaterThan(2);
  expect((await list({ view: "inbox" })).length).toBeGreaterThan(2);
  expect((await tasksOf(user).today()).open.length).toBeGreaterThan(5);
  expect((await list({ status: "done" })).length).toBeGreaterThan(5);
  expect(await list({ deleted: true })).toHaveLength(3);
  expect(await tasksOf(user).labels()).toHaveLength(7);
  const lists = await listsOf(user).list();
  expect(new Set(lists.map(({ color }) => color)).size).toBe(5);
  expect(lists.every(({ openCount }) => openCount > 0)).toBe(true);
});

test("a second run creates another account", async () => {
  const [first, second] = [await seed(), await seed()];
  expect(second.email).not.toBe(first.email);
  expect(second.user.id).not.toBe(first.user.id);
});
