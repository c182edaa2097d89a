import { expect, test } from "vitest";
import { InvalidFields, NoVersion, VersionConflict } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { TaskUpsert } from "#app/tasks/wire/task-json.ts";
import { make, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

type Tasks = ReturnType<typeof tasksOf>;

function put(tasks: Tasks, externalId: string, json: object, isAllowed?: (version: number | undefined) => boolean) {
  return tasks.putByExternalId(externalId, TaskUpsert.parse(json), isAllowed);
}

async function all(tasks: Tasks) {
  return (await tasks.list({ status: "all", sort: "rank" }, { limit: 50 }))?.tasks ?? [];
}

test("a task is created with defaults, and what is left out of another one keeps its value", async () => {
  const tasks = tasksOf(await createTestUser());
  const created = unwrap(await put(tasks, "x", { title: "Pay rent", labels: ["home"], due: { date: "2026-12-01", time: "17:00" } }));
  expect(created).toMatchObject({ isNew: true, task: { title: "Pay rent", externalId: "x", notes: "", priority: 0, version: 1 } });
  const replaced = unwrap(await put(tasks, "x", { title: "Pay the rent", due: { date: "2026-12-02" }, priority: 3 }));
  expect(replaced).toMatchObject({ isNew: false, task: { id: created.task.id, title: "Pay the rent", labels: ["home"], version: 2 } });
  expect(replaced.task.due).toEqual({ date: "2026-12-02", time: null, timezone: null });
  expect(unwrap(await put(tasks, "x", { title: "Pay the rent" }))).toEqual(replaced);
  expect(await all(tasks)).toEqual([replaced.task]);
});

test("of several writes at once one creates, the others replace, and there is one task", async () => {
  const user = await createTestUser();
  const writes = Array.from({ length: 8 }, (_, index) => put(tasksOf(user), "x", { title: String(index) }));
  const results = (await Promise.all(writes)).map((result) => unwrap(result));
  expect(results.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(results.map(({ task }) => task.version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await all(tasksOf(user))).toHaveLength(1);
});

test("a write beside creations with the same external id makes no second task, and none fails", async () => {
  const user = await createTestUser();
  const [outcome] = await Promise.all([
    put(tasksOf(user), "x", { title: "put" }),
    tasksOf(user).create({ ...(await make(tasksOf(await createTestUser()))), externalId: "x" }),
  ]);
  unwrap(outcome);
  expect(await all(tasksOf(user))).toHaveLength(1);
});

test("a status completes and reopens, as in any other write", async () => {
  const tasks = tasksOf(await createTestUser());
  const repeating = { title: "a", due: { date: "2026-12-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } };
  const { task } = unwrap(await put(tasks, "x", repeating));
  unwrap(await put(tasks, "x", { title: "a", status: "done" }));
  expect(await tasks.find(task.id)).toMatchObject({ status: "done" });
  expect(await all(tasks)).toHaveLength(2);
});

test("a task in the trash stays there, and a new one is created", async () => {
  const tasks = tasksOf(await createTestUser());
  const { task } = unwrap(await put(tasks, "x", { title: "a" }));
  unwrap(await tasks.remove(task.id));
  const again = unwrap(await put(tasks, "x", { title: "b" }));
  expect(again.isNew).toBe(true);
  expect(again.task.id).not.toBe(task.id);
});

test("a write that its condition does not allow changes nothing", async () => {
  const tasks = tasksOf(await createTestUser());
  expect(await put(tasks, "x", { title: "a" }, (version) => version === 1)).toEqual(new NoVersion());
  const { task } = unwrap(await put(tasks, "x", { title: "a" }, (version) => version === undefined));
  expect(await put(tasks, "x", { title: "b" }, (version) => version === undefined)).toEqual(new VersionConflict(task));
  expect(await all(tasks)).toEqual([task]);
});

test("another external id in the fields, and fields that only the server sets, are refused", async () => {
  const tasks = tasksOf(await createTestUser());
  const pointers = async (json: object) => {
    const outcome = await put(tasks, "x", json);
    return outcome instanceof InvalidFields ? outcome.problems.map(({ pointer }) => pointer) : [];
  };
  expect(await pointers({ title: "a", external_id: "y", version: 1, url: "z" })).toEqual(["/external_id", "/version", "/url"]);
  expect(await pointers({ title: "a", external_id: null })).toEqual(["/external_id"]);
  expect(await pointers({ title: "a", external_id: "x" })).toEqual([]);
  expect(await pointers({ title: "a", version: 7 })).toEqual(["/version"]);
  expect(await pointers({ title: "a", version: 1 })).toEqual([]);
  expect(await all(tasks)).toMatchObject([{ title: "a", version: 1 }]);
});

test("the external id of another user's task is free", async () => {
  const owner = tasksOf(await createTestUser());
  const { task } = unwrap(await put(owner, "x", { title: "Secret" }));
  const stranger = tasksOf(await createTestUser());
  expect(unwrap(await put(stranger, "x", { title: "Own" }))).toMatchObject({ isNew: true, task: { title: "Own" } });
  expect(await all(owner)).toEqual([task]);
});
