import { call, newPerson, newTask, pointersOf, problemOf } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

test("a task stores every field", async ({ server }) => {
  const { token } = await newPerson(server);
  const fields = {
    title: "Pay rent",
    notes: "By *transfer*",
    labels: ["home", "money"],
    priority: 2,
    due: { date: "2026-12-01", time: "17:00", timezone: "Europe/Lisbon" },
    start_date: "2026-11-25",
    recurrence: { rrule: "FREQ=MONTHLY;BYMONTHDAY=1", anchor: "due" },
    external_id: "bank-7",
  };
  const task = await newTask(server, token, fields);
  expect(task).toMatchObject({ ...fields, list_id: null, parent_id: null, version: 1 });
  expect(task.series_id).toBe(task.id);
});

test("a due time may be at the limits of the calendar", async ({ server }) => {
  const { token } = await newPerson(server);
  for (const due of [
    { date: "9999-12-31", time: "23:59", timezone: "America/Los_Angeles" },
    { date: "0001-01-01", time: "00:00", timezone: "Pacific/Kiritimati" },
  ]) {
    expect(await newTask(server, token, { due })).toMatchObject({ due });
  }
});

test("a merge patch changes members of due", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token, { due: { date: "2026-12-01", time: "17:00" } });
  const patched = await call(server, `/api/me/tasks/${id}`, { method: "PATCH", token, json: { due: { date: "2026-12-02" } } });
  expect((await patched.json()).due).toEqual({ date: "2026-12-02", time: "17:00", timezone: null });
});

test("a due date keeps a time zone without a time, in which a later time is meant", async ({ server }) => {
  const { token } = await newPerson(server);
  const task = await newTask(server, token, { due: { date: "2026-12-01", timezone: "Asia/Tokyo" } });
  expect(task.due).toEqual({ date: "2026-12-01", time: null, timezone: "Asia/Tokyo" });
  for (const time of ["08:00", null]) {
    const patched = await call(server, `/api/me/tasks/${task.id}`, { method: "PATCH", token, json: { due: { time } } });
    expect((await patched.json()).due).toEqual({ date: "2026-12-01", time, timezone: "Asia/Tokyo" });
  }
});

test("a merge patch changes members of recurrence", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token, { due: { date: "2026-12-01" } });
  const patch = (recurrence: object) => call(server, `/api/me/tasks/${id}`, { method: "PATCH", token, json: { recurrence } });
  const lacking = await problemOf(await patch({ anchor: "completion" }), 422, "invalid_fields");
  expect(pointersOf(lacking)).toEqual(["/recurrence/rrule"]);
  await patch({ rrule: "FREQ=DAILY", anchor: "due" });
  expect((await (await patch({ anchor: "completion" })).json()).recurrence).toEqual({ rrule: "FREQ=DAILY", anchor: "completion" });
  expect((await (await patch({ rrule: "FREQ=WEEKLY" })).json()).recurrence).toEqual({ rrule: "FREQ=WEEKLY", anchor: "completion" });
  expect(pointersOf(await problemOf(await patch({ rrule: null }), 422, "invalid_fields"))).toEqual(["/recurrence/rrule"]);
});

test("an external id is unique among tasks that are not in the trash", async ({ server }) => {
  const { token } = await newPerson(server);
  const stranger = await newPerson(server);
  const { id } = await newTask(server, token, { external_id: "bank-7" });
  await newTask(server, stranger.token, { external_id: "bank-7" });
  const again = { title: "Again", external_id: "bank-7" };
  const problem = await problemOf(await call(server, "/api/me/tasks", { token, json: again }), 409, "external_id_taken");
  expect(problem).toMatchObject({ existing_id: id });
  const other = await newTask(server, token);
  const changed = await call(server, `/api/me/tasks/${other.id}`, { method: "PATCH", token, json: { external_id: "bank-7" } });
  await problemOf(changed, 409, "external_id_taken");
  await call(server, `/api/me/tasks/${id}`, { method: "DELETE", token });
  expect((await call(server, "/api/me/tasks", { token, json: again })).status).toBe(201);
});

test("a change of status does not complete a task with open subtasks", async ({ server }) => {
  const { token } = await newPerson(server);
  const parent = await newTask(server, token);
  await newTask(server, token, { parent_id: parent.id });
  const answer = await call(server, `/api/me/tasks/${parent.id}`, { method: "PATCH", token, json: { status: "done" } });
  await problemOf(answer, 409, "has_open_subtasks");
});

test("completing a repeating task by its status creates the next occurrence", async ({ server }) => {
  const { token } = await newPerson(server);
  const recurrence = { rrule: "FREQ=DAILY", anchor: "due" };
  const task = await newTask(server, token, { due: { date: "9000-01-01" }, recurrence });
  await call(server, `/api/me/tasks/${task.id}`, { method: "PATCH", token, json: { status: "done" } });
  const { items } = await (await call(server, "/api/me/tasks?status=open", { token })).json();
  expect(items).toMatchObject([{ title: task.title, due: { date: "9000-01-02" }, series_id: task.series_id, recurrence }]);
});

test("each filter parameter narrows the list", async ({ server }) => {
  const { token } = await newPerson(server);
  const today = new Date().toISOString().slice(0, 10);
  const parent = await newTask(server, token, { title: "one", labels: ["a", "b"], priority: 3, due: { date: today } });
  await newTask(server, token, { title: "two", labels: ["a"], external_id: "x", due: { date: "2020-01-01" } });
  await newTask(server, token, { title: "three", parent_id: parent.id });
  const gone = await newTask(server, token, { title: "gone" });
  await call(server, `/api/me/tasks/${gone.id}`, { method: "DELETE", token });
  for (const [query, expected] of [
    ["label=a", ["one", "two"]],
    ["label=a&label=b", ["one"]],
    ["min_priority=1", ["one"]],
    ["due_to=2020-01-01", ["two"]],
    [`due_from=${today}`, ["one"]],
    ["external_id=x", ["two"]],
    [`parent_id=${parent.id}`, ["three"]],
    ["view=inbox", ["one", "two"]],
    ["view=today&sort=title", ["one", "two"]],
    ["q=on", ["one"]],
    ["q=B", ["one"]],
    ["q=one+tw", []],
    ["q=%26%7C%21%3A%2A%27", []],
    ["deleted=true", ["gone"]],
    ["updated_since=2020-01-01T00:00:00Z", ["one", "two", "three"]],
    ["updated_since=9000-01-01T00:00:00%2B01:00", []],
  ] as const) {
    const { items } = await (await call(server, `/api/me/tasks?${query}`, { token })).json();
    expect([query, items.map(({ title }: { title: string }) => title)]).toEqual([query, expected]);
  }
});
