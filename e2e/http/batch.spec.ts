import { call, newPerson, newTask, pointersOf, problemOf } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

const BATCH = "/api/me/tasks/batch";

test("a batch runs each operation, with the response that it would have alone", async ({ server }) => {
  const { token } = await newPerson(server);
  const [one, two, three, four] = [
    await newTask(server, token, { title: "one" }),
    await newTask(server, token, { title: "two", due: { date: "9000-01-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } }),
    await newTask(server, token, { title: "three" }),
    await newTask(server, token, { title: "four", status: "done" }),
  ];
  await newTask(server, token, { title: "sub", parent_id: two.id });
  const operations = [
    { op: "create", task: { title: "five" } },
    { op: "update", id: one.id, if_version: 1, task: { priority: 3, version: 1 } },
    { op: "complete", id: two.id, cascade: true },
    { op: "delete", id: three.id },
    { op: "reopen", id: four.id },
    { op: "move", id: four.id, task: { position: "first" } },
  ];
  const answer = await call(server, BATCH, { token, json: { operations } });
  expect(answer.status).toBe(200);
  const { results } = await answer.json();
  expect(results).toMatchObject([
    { status: 201, task: { title: "five", version: 1 } },
    { status: 200, task: { id: one.id, priority: 3, version: 2 } },
    { status: 200, task: { id: two.id, status: "done" }, next: { due: { date: "9000-01-02" } } },
    { status: 204 },
    { status: 200, task: { id: four.id, status: "open", version: 2 } },
    { status: 200, task: { id: four.id, version: 3 } },
  ]);
  expect(results[3]).toEqual({ status: 204 });
  const { items } = await (await call(server, "/api/me/tasks?status=open", { token })).json();
  expect(items.map(({ title }: { title: string }) => title)).toEqual(["four", "one", "two", "sub", "five"]);
});

test("a reference names the result of an earlier operation, so that a list and its tasks are made at once", async ({ server }) => {
  const { token } = await newPerson(server);
  const operations = [
    { op: "create_list", list: { name: "Move", color: "red" } },
    { op: "create", task: { title: "Order boxes", list_id: "#0" } },
    { op: "create", task: { title: "Measure", parent_id: "#1" } },
    { op: "create", task: { title: "Sign" } },
    { op: "move", id: "#3", task: { before: "#1", list_id: "#0" } },
    { op: "update_list", id: "#0", if_version: 1, list: { color: null } },
    { op: "delete", id: "#2" },
    { op: "restore", id: "#2", if_version: 2 },
    { op: "create_list", list: { name: "Later" } },
    { op: "move_list", id: "#8", list: { before: "#0" } },
    { op: "delete_list", id: "#8", tasks: "inbox" },
  ];
  const answer = await call(server, BATCH, { token, json: { atomic: true, operations } });
  expect(answer.status).toBe(200);
  const { results } = await answer.json();
  const statuses = results.map(({ status }: { status: number }) => status);
  expect(statuses).toEqual([201, 201, 201, 201, 200, 200, 204, 200, 201, 200, 204]);
  const [{ list }, { task }, { task: subtask }] = results;
  expect(list).toMatchObject({ name: "Move", color: "red", version: 1 });
  expect(subtask.parent_id).toBe(task.id);
  expect(results[5].list).toMatchObject({ id: list.id, color: null, version: 2 });
  const { items } = await (await call(server, `/api/me/tasks?list_id=${list.id}`, { token })).json();
  expect(items.map(({ title }: { title: string }) => title).slice(0, 2)).toEqual(["Sign", "Order boxes"]);
  expect(await (await call(server, "/api/me/lists", { token })).json()).toMatchObject({ items: [{ id: list.id }] });
});

test("an operation that refers to a failed one is not done, and one that refers to a later one is invalid", async ({ server }) => {
  const { token } = await newPerson(server);
  const list = await (await call(server, "/api/me/lists", { token, json: { name: "Home" } })).json();
  const operations = [
    { op: "create", task: { title: "" } },
    { op: "update", id: "#0", task: { title: "x" } },
    { op: "create", task: { title: "x", list_id: "#2", parent_id: "#1" } },
    { op: "create_list", list: { name: "x", colour: "red" } },
    { op: "update_list", id: list.id, if_version: 7, list: {} },
    { op: "move_list", id: list.id, list: { after: "#5" } },
    { op: "create", task: { title: "x", list_id: "#four" } },
  ];
  const answer = await call(server, BATCH, { token, json: { operations } });
  expect(answer.status).toBe(207);
  const { results } = await answer.json();
  const codes = results.map(({ status, problem }: { status: number; problem?: { code: string } }) => [status, problem?.code]);
  expect(codes).toEqual([
    [422, "invalid_fields"],
    [424, "not_done"],
    [422, "invalid_fields"],
    [422, "invalid_fields"],
    [412, "version_conflict"],
    [422, "invalid_fields"],
    [422, "invalid_fields"],
  ]);
  expect(results[4].problem.current).toEqual(list);
  expect([2, 3, 5, 6].map((index) => pointersOf(results[index].problem))).toEqual([
    ["/operations/2/task/list_id"],
    ["/operations/3/list/colour"],
    ["/operations/5/list/after"],
    ["/operations/6/task/list_id"],
  ]);
});

test("a failed operation returns its problem, and the others are done", async ({ server }) => {
  const { token } = await newPerson(server);
  const stranger = await newPerson(server);
  const task = await newTask(server, token, { external_id: "taken" });
  const strangers = await newTask(server, stranger.token);
  const parent = await newTask(server, token);
  await newTask(server, token, { parent_id: parent.id });
  const operations = [
    { op: "create", task: { title: "New" } },
    { op: "create", task: { title: "", colour: "red" } },
    { op: "create", task: { title: "Below", parent_id: strangers.id } },
    { op: "create", task: { title: "Again", external_id: "taken" } },
    { op: "update", id: task.id, if_version: 7, task: {} },
    { op: "update", id: task.id, task: { rank: "a0" } },
    { op: "update", id: strangers.id, task: { title: "Mine" } },
    { op: "delete", id: strangers.id },
    { op: "complete", id: "garbage" },
    { op: "complete", id: parent.id },
    { op: "move", id: task.id, task: { after: strangers.id } },
    { op: "purge", id: task.id },
    { op: "delete" },
    null,
  ];
  const answer = await call(server, BATCH, { token, json: { atomic: false, operations } });
  expect(answer.status).toBe(207);
  const { results } = await answer.json();
  const codes = results.map(({ status, problem }: { status: number; problem?: { code: string } }) => [status, problem?.code]);
  expect(codes).toEqual([
    [201, undefined],
    [422, "invalid_fields"],
    [422, "invalid_fields"],
    [409, "external_id_taken"],
    [412, "version_conflict"],
    [422, "invalid_fields"],
    [404, "not_found"],
    [404, "not_found"],
    [404, "not_found"],
    [409, "has_open_subtasks"],
    [422, "invalid_fields"],
    [422, "invalid_fields"],
    [422, "invalid_fields"],
    [422, "invalid_fields"],
  ]);
  expect(results[3].problem).toMatchObject({ status: 409, existing_id: task.id, request_id: answer.headers.get("X-Request-Id") });
  expect(results[4].problem.current).toEqual(task);
  expect([1, 2, 5, 10, 11, 12, 13].map((index) => pointersOf(results[index].problem))).toEqual([
    ["/operations/1/task/colour", "/operations/1/task/title"],
    ["/operations/2/task/parent_id"],
    ["/operations/5/task/rank"],
    ["/operations/10/task/after"],
    ["/operations/11/op"],
    ["/operations/12/id"],
    ["/operations/13"],
  ]);
  const { items } = await (await call(server, "/api/me/tasks", { token })).json();
  expect(items).toHaveLength(4);
  expect(items[0]).toEqual(task);
});

test("an atomic batch with a failed operation does nothing, and reports a status for each", async ({ server }) => {
  const { token } = await newPerson(server);
  const task = await newTask(server, token);
  for (const failing of [{ op: "delete", id: crypto.randomUUID() }, { op: "create", task: { title: "" } }, "garbage"]) {
    const operations = [{ op: "create", task: { title: "New" } }, { op: "update", id: task.id, task: { title: "Changed" } }, failing];
    const answer = await call(server, BATCH, { token, json: { atomic: true, operations } });
    const { results } = (await problemOf(answer, 422, "batch_failed")) as unknown as {
      results: { status: number; problem: { code: string } }[];
    };
    expect(results.slice(0, 2)).toMatchObject(Array(2).fill({ status: 424, problem: { status: 424, code: "not_done" } }));
    expect(results[2]?.status).toBe(results[2]?.problem.code === "not_found" ? 404 : 422);
    expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toEqual([task]);
  }
});

test("an atomic batch is done when every operation succeeds", async ({ server }) => {
  const { token } = await newPerson(server);
  const operations = Array.from({ length: 100 }, (_, index) => ({ op: "create", task: { title: String(index) } }));
  const answer = await call(server, BATCH, { token, json: { atomic: true, operations } });
  expect(answer.status).toBe(200);
  const { items } = await (await call(server, "/api/me/tasks?limit=200", { token })).json();
  expect(items.map(({ title }: { title: string }) => title)).toEqual(operations.map(({ task }) => task.title));
});

test("all problems of a batch together are at most 100, and one of each failed operation", async ({ server }) => {
  const { token } = await newPerson(server);
  const unknown = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`f${index}`, 1]));
  const operations = Array(100).fill({ op: "create", task: { title: "x", ...unknown } });
  const answer = await call(server, BATCH, { token, json: { operations } });
  expect(answer.status).toBe(207);
  const { results } = (await answer.json()) as { results: { status: number; problem: { errors: { message: string }[] } }[] };
  const messages = results.map(({ problem }) => problem.errors.map(({ message }) => message));
  expect(messages.map(({ length }) => length)).toEqual([90, 11, ...Array(98).fill(2)]);
  expect(messages[1]?.at(-1)).toBe("and 80 more");
  expect(messages[99]).toEqual(["is not known here", "and 89 more"]);
});

for (const [what, json, pointer] of [
  ["no operations", {}, "/operations"],
  ["an empty list of operations", { operations: [] }, "/operations"],
  ["101 operations", { operations: Array(101).fill({ op: "create", task: { title: "x" } }) }, "/operations"],
  ["operations that are no list", { operations: {} }, "/operations"],
  ["an atomic that is no yes or no", { atomic: "yes", operations: [{ op: "create", task: { title: "x" } }] }, "/atomic"],
  ["an unknown part", { dry_run: true, operations: [{ op: "create", task: { title: "x" } }] }, "/dry_run"],
] as [string, unknown, string][]) {
  test(`a batch with ${what} is rejected as a whole`, async ({ server }) => {
    const { token } = await newPerson(server);
    const problem = await problemOf(await call(server, BATCH, { token, json }), 422, "invalid_fields");
    expect(pointersOf(problem)).toEqual([pointer]);
    expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toEqual([]);
  });
}

test("a batch on another user's path is rejected", async ({ server }) => {
  const { token } = await newPerson(server);
  const owner = await newPerson(server);
  const json = { operations: [{ op: "create", task: { title: "Planted" } }] };
  await problemOf(await call(server, `/api/${owner.id}/tasks/batch`, { token, json }), 403, "user_mismatch");
  expect((await (await call(server, "/api/me/tasks", { token: owner.token })).json()).items).toEqual([]);
});

test("a batch that is repeated with its idempotency key is done once", async ({ server }) => {
  const { token } = await newPerson(server);
  const json = {
    operations: [
      { op: "create", task: { title: "Once" } },
      { op: "delete", id: crypto.randomUUID() },
    ],
  };
  const headers = { "Idempotency-Key": "batch-7" };
  const first = await call(server, BATCH, { token, json, headers });
  expect(first.status).toBe(207);
  const again = await call(server, BATCH, { token, json, headers });
  expect(again.status).toBe(207);
  expect(again.headers.get("Idempotency-Replayed")).toBe("true");
  expect(await again.json()).toEqual(await first.json());
  expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toHaveLength(1);
});
