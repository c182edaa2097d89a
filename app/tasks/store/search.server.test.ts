import { expect, test } from "vitest";
import { listsOf } from "#app/lists/lists.server.ts";
import { TaskFilter } from "#app/tasks/filter.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { make, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

test("every part of a filter narrows a search, on pages and in the API, and so do all of them together", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const list = await listsOf(user).create({ name: "Home", color: null });
  const fields = { title: "Pay rent", list_id: list.id, labels: ["home", "money"], priority: 2, due: { date: "2020-01-02" } };
  const { id } = await make(tasks, fields);
  const parts: [part: Partial<TaskFilter>, otherwise: object][] = [
    [{ list_id: list.id }, { list_id: null }],
    [{ label: ["home", "money"] }, { labels: ["home"] }],
    [{ min_priority: 2 }, { priority: 1 }],
    [{ due_from: "2020-01-02" }, { due: { date: "2020-01-01" } }],
    [{ due_to: "2020-01-02" }, { due: { date: "2020-01-03" } }],
    [{ view: "overdue" }, { due: null }],
    [{ q: "rent" }, { title: "Pay" }],
  ];
  for (const [, otherwise] of parts) await make(tasks, { ...fields, ...otherwise });
  const { task: done } = unwrap(await tasks.complete((await make(tasks, fields)).id));
  const all = Object.assign({}, ...parts.map(([part]) => part));
  expect((await tasks.search("rent", { ...all, status: "open" })).map((task) => task.id)).toEqual([id]);
  for (const part of [...parts.map(([part]) => part), { status: "done" } as const]) {
    const filter = { ...TaskFilter.parse({}), q: "rent", ...part };
    const listed = (await tasks.list(filter, { limit: 50 }))?.tasks ?? [];
    const found = await tasks.search("rent", filter);
    expect(found.map((task) => task.id).sort(), JSON.stringify(part)).toEqual(listed.map((task) => task.id).sort());
  }
  expect((await tasks.search("rent", { status: "done" })).map((task) => task.id)).toEqual([done.id]);
});

test("the labels to choose from are those of open tasks, each once, sorted", async () => {
  const tasks = tasksOf(await createTestUser());
  const parent = await make(tasks, { labels: ["errand", "Car"] });
  await make(tasks, { labels: ["errand"], parent_id: parent.id });
  const done = await make(tasks, { labels: ["done"] });
  await tasks.complete(done.id);
  const { relations, labels } = await tasks.relationsAndLabels([parent]);
  expect(labels).toEqual(["Car", "errand"]);
  expect(relations).toEqual(await tasks.relations([parent]));
});
