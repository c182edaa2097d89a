import { call, newPerson, newTask, problemOf } from "../support/api.ts";
import { ids, readPages, type Task } from "../support/paging.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

test.use({ serverEnv: { API_WRITES_PER_MINUTE: "1000" } });

test.describe.configure({ mode: "default" });

const TITLES = ["pear", "Apple", "apple", "épée", "zebra", "Zoo", "10", "9", "_x", "apple"];

/** Few distinct values, so that pages end between equal ones. */
async function someTasks(server: DoableServer, token: string, count = 20): Promise<Task[]> {
  const tasks: Task[] = [];
  for (let index = 0; index < count; index++) {
    const due = index % 3 === 0 ? null : { date: `2026-12-0${1 + (index % 4)}` };
    tasks.push(await newTask(server, token, { title: TITLES[index % TITLES.length], priority: index % 4, due }));
  }
  return tasks;
}

const SORTS = ["rank", "due", "priority", "created_at", "updated_at", "title"];

for (const sort of SORTS.flatMap((name) => [name, `-${name}`])) {
  test(`pages by ${sort} contain every task once, in the order of a single page`, async ({ server }) => {
    const { token } = await newPerson(server);
    await someTasks(server, token);
    const whole = await (await call(server, `/api/me/tasks?sort=${sort}&limit=200`, { token })).json();
    expect(whole.next_cursor).toBeNull();
    for (const limit of [1, 3, 20]) expect(ids(await readPages(server, token, `sort=${sort}&limit=${limit}`))).toEqual(ids(whole.items));
  });

  test(`while tasks are added and deleted, pages by ${sort} miss and repeat no others`, async ({ server }) => {
    const { token } = await newPerson(server);
    const tasks = await someTasks(server, token);
    const [first, last] = [tasks.slice(0, 4), tasks.slice(16)];
    const others = tasks.slice(4, 16);
    const seen = await readPages(server, token, `sort=${sort}&limit=3`, async () => {
      await newTask(server, token, { title: "apple", priority: 1, due: { date: "2026-12-02" } });
      const gone = [first.pop(), last.pop()].filter((task) => task !== undefined);
      for (const { id } of gone) await call(server, `/api/me/tasks/${id}`, { method: "DELETE", token });
    });
    expect(new Set(ids(seen)).size).toBe(seen.length);
    expect(ids(seen)).toEqual(expect.arrayContaining(ids(others)));
  });
}

for (const sort of SORTS.filter((name) => name !== "updated_at")) {
  test(`while other fields change, pages by ${sort} miss and repeat no task`, async ({ server }) => {
    const { token } = await newPerson(server);
    const tasks = await someTasks(server, token);
    const seen = await readPages(server, token, `sort=${sort}&limit=3`, async (soFar) => {
      for (const { id } of [soFar.at(-1), tasks.at(-1), tasks[0]].filter((task) => task !== undefined)) {
        await call(server, `/api/me/tasks/${id}`, { method: "PATCH", token, json: { notes: crypto.randomUUID() } });
      }
    });
    expect(ids(seen).sort()).toEqual(ids(tasks).sort());
  });
}

test("a task that changes during paging by updated_at appears again with the change", async ({ server }) => {
  const { token } = await newPerson(server);
  const [changed] = await someTasks(server, token, 6);
  let isChanged = false;
  const seen = await readPages(server, token, "sort=updated_at&limit=2", async () => {
    if (!isChanged) await call(server, `/api/me/tasks/${changed?.id}`, { method: "PATCH", token, json: { title: "Changed" } });
    isChanged = true;
  });
  expect(seen.filter(({ id }) => id === changed?.id).map(({ title }) => title)).toEqual([changed?.title, "Changed"]);
  expect(seen).toHaveLength(7);
});

test("tasks without a due date are last, and first in descending order", async ({ server }) => {
  const { token } = await newPerson(server);
  await newTask(server, token, { title: "some day" });
  await newTask(server, token, { title: "later", due: { date: "9999-12-31" } });
  await newTask(server, token, { title: "soon", due: { date: "0001-01-01" } });
  const titles = async (sort: string) => (await readPages(server, token, `sort=${sort}&limit=1`)).map(({ title }) => title);
  expect(await titles("due")).toEqual(["soon", "later", "some day"]);
  expect(await titles("-due")).toEqual(["some day", "later", "soon"]);
});

test("a filter applies to every page", async ({ server }) => {
  const { token } = await newPerson(server);
  await someTasks(server, token, 6);
  const done = await Promise.all([1, 2, 3].map(() => newTask(server, token, { status: "done" })));
  expect(ids(await readPages(server, token, "status=done&limit=2")).sort()).toEqual(ids(done).sort());
  expect(await readPages(server, token, "status=open&limit=4")).toHaveLength(6);
  expect(await readPages(server, token, "status=all&limit=4")).toHaveLength(9);
});

test("a page has fifty tasks by default", async ({ server }) => {
  const { token } = await newPerson(server);
  await Promise.all(Array.from({ length: 51 }, () => newTask(server, token)));
  const { items, next_cursor } = await (await call(server, "/api/me/tasks", { token })).json();
  expect(items).toHaveLength(50);
  expect(next_cursor).toEqual(expect.any(String));
});

test("a cursor of another order, filter or user is rejected", async ({ server }) => {
  const { token } = await newPerson(server);
  const stranger = await newPerson(server);
  await someTasks(server, token, 4);
  const { next_cursor } = await (await call(server, "/api/me/tasks?sort=due&status=open&limit=2", { token })).json();
  expect((await call(server, `/api/me/tasks?sort=due&status=open&limit=3&cursor=${next_cursor}`, { token })).status).toBe(200);
  for (const query of ["sort=due&status=all", "sort=-due&status=open", "sort=title&status=open", "status=open", ""]) {
    await problemOf(await call(server, `/api/me/tasks?${query}&cursor=${next_cursor}`, { token }), 400, "malformed_request");
  }
  const path = `/api/me/tasks?sort=due&status=open&cursor=${next_cursor}`;
  await problemOf(await call(server, path, { token: stranger.token }), 400, "malformed_request");
});

for (const cursor of ["", "garbage", "a.b", "..", "WyJhIiwiYiJd.AAAAAAAAAAAAAAAAAAAAAA", "%00", "%ff", "x".repeat(4000)]) {
  test(`the cursor "${cursor.slice(0, 30)}" is rejected`, async ({ server }) => {
    const { token } = await newPerson(server);
    await problemOf(await call(server, `/api/me/tasks?cursor=${cursor}`, { token }), 400, "malformed_request");
  });
}

test("a cursor that was tampered with is rejected", async ({ server }) => {
  const { token } = await newPerson(server);
  await someTasks(server, token, 3);
  const { next_cursor } = await (await call(server, "/api/me/tasks?limit=1", { token })).json();
  const other = next_cursor[5] === "A" ? "B" : "A";
  const tampered = next_cursor.slice(0, 5) + other + next_cursor.slice(6);
  await problemOf(await call(server, `/api/me/tasks?limit=1&cursor=${tampered}`, { token }), 400, "malformed_request");
});
