import { call, newPerson, newTask, pointersOf, problemOf } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

const JSON_TYPE = { "Content-Type": "application/json" };

for (const [what, body] of [
  ["nothing", ""],
  ["half an object", '{"title": '],
  ["a comment", '{"title": "Pay rent"} // monthly'],
  ["bytes that are no UTF-8", Buffer.from([0x7b, 0x22, 0x74, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d])],
  ["UTF-16", Buffer.from('{"title": "Pay rent"}', "utf16le")],
] as const) {
  test(`a body of ${what} is rejected as not JSON`, async ({ server }) => {
    const { token } = await newPerson(server);
    await problemOf(await call(server, "/api/me/tasks", { method: "POST", token, body, headers: JSON_TYPE }), 400, "malformed_json");
    const { id } = await newTask(server, token);
    const patched = await call(server, `/api/me/tasks/${id}`, { method: "PATCH", token, body, headers: JSON_TYPE });
    await problemOf(patched, 400, "malformed_json");
  });
}

for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "json", ""]) {
  test(`a body of the type "${type}" is rejected`, async ({ server }) => {
    const { token } = await newPerson(server);
    const body = Buffer.from('{"title": "Pay rent"}');
    const answer = await call(server, "/api/me/tasks", { method: "POST", token, body, headers: { "Content-Type": type } });
    await problemOf(answer, 415, "unsupported_media_type");
  });
}

for (const type of ["application/json; charset=utf-8", "Application/JSON", "application/merge-patch+json"]) {
  test(`a PATCH of the type "${type}" is accepted`, async ({ server }) => {
    const { token } = await newPerson(server);
    const { id } = await newTask(server, token);
    const patch = { method: "PATCH", token, body: '{"title": "Pay rent"}', headers: { "Content-Type": type } };
    expect((await call(server, `/api/me/tasks/${id}`, patch)).status).toBe(200);
  });
}

for (const [what, json] of [
  ["a list", []],
  ["null", null],
  ["a text", "Pay rent"],
  ["a number", 7],
] as const) {
  test(`${what} is rejected as a task`, async ({ server }) => {
    const { token } = await newPerson(server);
    const problem = await problemOf(await call(server, "/api/me/tasks", { token, json }), 422, "invalid_fields");
    expect(pointersOf(problem)).toEqual([""]);
  });
}

for (const [what, fields, pointer] of [
  ["a title of null", { title: null }, "/title"],
  ["a title that is a number", { title: 7 }, "/title"],
  ["an empty title", { title: "" }, "/title"],
  ["a title of spaces only", { title: " \t\n\u00a0\u2003" }, "/title"],
  ["a title of 501 characters", { title: "x".repeat(501) }, "/title"],
  ["U+0000 in the title", { title: "Pay\u0000rent" }, "/title"],
  ["half a surrogate pair in the title", { title: "Pay \ud83d rent" }, "/title"],
  ["notes of 20,001 characters", { notes: "x".repeat(20_001) }, "/notes"],
  ["U+0000 in the notes", { notes: "\u0000" }, "/notes"],
  ["half a surrogate pair in the notes", { notes: "\udc00" }, "/notes"],
  ["notes that are a list", { notes: [] }, "/notes"],
  ["a status that is none", { status: "later" }, "/status"],
  ["a priority of 4", { priority: 4 }, "/priority"],
  ["a priority below 0", { priority: -1 }, "/priority"],
  ["a priority between two", { priority: 1.5 }, "/priority"],
  ["a priority in letters", { priority: "high" }, "/priority"],
  ["a due that is a text", { due: "2026-12-01" }, "/due"],
  ["a due without a date", { due: {} }, "/due/date"],
  ["a day that no calendar has", { due: { date: "2026-02-30" } }, "/due/date"],
  ["a day of the year 0", { due: { date: "0000-01-01" } }, "/due/date"],
  ["a day with a time in it", { due: { date: "2026-12-01T10:00:00Z" } }, "/due/date"],
  ["a due time that no clock shows", { due: { date: "2026-12-01", time: "24:00" } }, "/due/time"],
  ["a due zone that is none", { due: { date: "2026-12-01", time: "10:00", timezone: "Mars/Olympus" } }, "/due/timezone"],
  ["a due zone without a date", { due: { timezone: "Asia/Tokyo" } }, "/due/date"],
  ["a start after it is due", { due: { date: "2026-12-01" }, start_date: "2026-12-02" }, "/start_date"],
  ["a rule that is none", { due: { date: "2026-12-01" }, recurrence: { rrule: "FREQ=HOURLY", anchor: "due" } }, "/recurrence/rrule"],
  ["a repeat without a date", { recurrence: { rrule: "FREQ=DAILY", anchor: "due" } }, "/recurrence"],
  ["a label with a comma", { labels: ["a,b"] }, "/labels/0"],
  ["a label twice", { labels: ["a", "a"] }, "/labels"],
  ["21 labels", { labels: Array.from({ length: 21 }, (_, index) => `label ${index}`) }, "/labels"],
  ["a list that does not exist", { list_id: "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001" }, "/list_id"],
  ["a parent that does not exist", { parent_id: "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001" }, "/parent_id"],
  ["an external id of 201 characters", { external_id: "x".repeat(201) }, "/external_id"],
  ["an unknown field", { colour: "red" }, "/colour"],
  ["an unknown field inside due", { due: { date: "2026-12-01", hour: 5 } }, "/due/hour"],
  ["an unknown field that needs escaping", { "a/b~c": 1 }, "/a~1b~0c"],
  ["a field that every object inherits", JSON.parse('{"__proto__": {"title": "x"}}'), "/__proto__"],
  ["another user's id", { user_id: "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001" }, "/user_id"],
] as [string, Record<string, unknown>, string][]) {
  test(`a task with ${what} is rejected, new or changed`, async ({ server }) => {
    const { token } = await newPerson(server);
    const added = await call(server, "/api/me/tasks", { token, json: { title: "Pay rent", ...fields } });
    expect(pointersOf(await problemOf(added, 422, "invalid_fields"))).toEqual([pointer]);
    const { id } = await newTask(server, token);
    const changed = await call(server, `/api/me/tasks/${id}`, { method: "PATCH", token, json: fields });
    expect(pointersOf(await problemOf(changed, 422, "invalid_fields"))).toEqual([pointer]);
  });
}

test("a new task needs a title", async ({ server }) => {
  const { token } = await newPerson(server);
  const problem = await problemOf(await call(server, "/api/me/tasks", { token, json: { notes: "By transfer" } }), 422, "invalid_fields");
  expect(pointersOf(problem)).toEqual(["/title"]);
});

test("every invalid field is reported at once", async ({ server }) => {
  const { token } = await newPerson(server);
  const json = { title: "", notes: 7, status: "later", priority: 9, due: { date: "soon", hour: 5 }, colour: "red", size: 2 };
  const problem = await problemOf(await call(server, "/api/me/tasks", { token, json }), 422, "invalid_fields");
  expect(pointersOf(problem)).toEqual(["/colour", "/due/date", "/due/hour", "/notes", "/priority", "/size", "/status", "/title"]);
  for (const { message } of problem.errors ?? []) expect(message).toMatch(/./);
});

test("a title is trimmed and otherwise kept, up to 500 characters of any Unicode plane", async ({ server }) => {
  const { token } = await newPerson(server);
  const title = `${"🪴".repeat(499)}x`;
  expect(await newTask(server, token, { title: ` \n${title}\t ` })).toMatchObject({ title });
  const markup = 'Pay  <b>rent</b> "now" \u202e #home !2 $1 \\0 é e\u0301';
  expect(await newTask(server, token, { title: markup })).toMatchObject({ title: markup });
});

test("a PUT without some fields reports each of them, and clears nothing", async ({ server }) => {
  const { token } = await newPerson(server);
  const task = await newTask(server, token, { notes: "By transfer", priority: 2 });
  const path = `/api/me/tasks/${task.id}`;
  const problem = await problemOf(await call(server, path, { method: "PUT", token, json: { title: "Pay rent" } }), 422, "invalid_fields");
  expect(pointersOf(problem)).toEqual([
    "/due",
    "/external_id",
    "/labels",
    "/list_id",
    "/notes",
    "/parent_id",
    "/priority",
    "/recurrence",
    "/start_date",
    "/status",
  ]);
  expect(await (await call(server, path, { token })).json()).toEqual(task);
});

test("a task that was read can be sent back unchanged", async ({ server }) => {
  const { token } = await newPerson(server);
  const task = await newTask(server, token, { notes: "By transfer", due: { date: "2026-12-01" } });
  for (const method of ["PUT", "PATCH"]) {
    const answer = await call(server, `/api/me/tasks/${task.id}`, { method, token, json: task });
    expect(await answer.json()).toEqual(task);
  }
});

for (const [field, value] of [
  ["id", "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001"],
  ["rank", "a0"],
  ["series_id", "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001"],
  ["created_at", "2020-01-01T00:00:00.000Z"],
  ["updated_at", null],
  ["completed_at", "2020-01-01T00:00:00.000Z"],
  ["deleted_at", "2020-01-01T00:00:00.000Z"],
  ["version", 7],
  ["url", "https://elsewhere.example"],
] as const) {
  test(`${field} can't be set`, async ({ server }) => {
    const { token } = await newPerson(server);
    const task = await newTask(server, token);
    for (const method of ["PUT", "PATCH"]) {
      const json = { ...task, title: "Changed", [field]: value };
      const answer = await call(server, `/api/me/tasks/${task.id}`, { method, token, json });
      expect(pointersOf(await problemOf(answer, 422, "invalid_fields"))).toEqual([`/${field}`]);
    }
    const added = await call(server, "/api/me/tasks", { token, json: { title: "New", [field]: value } });
    expect(pointersOf(await problemOf(added, 422, "invalid_fields"))).toEqual([`/${field}`]);
    expect(await (await call(server, `/api/me/tasks/${task.id}`, { token })).json()).toEqual(task);
  });
}

test("a merge patch keeps absent fields, clears null ones, and does nothing if it is empty", async ({ server }) => {
  const { token } = await newPerson(server);
  const task = await newTask(server, token, { title: "Pay rent", notes: "By transfer", priority: 2, due: { date: "2026-12-01" } });
  const path = `/api/me/tasks/${task.id}`;
  expect(await (await call(server, path, { method: "PATCH", token, json: {} })).json()).toEqual(task);
  const cleared = await call(server, path, { method: "PATCH", token, json: { notes: null, priority: null, due: null } });
  expect(await cleared.json()).toMatchObject({ title: "Pay rent", notes: "", priority: 0, due: null, version: 2 });
  await problemOf(await call(server, path, { method: "PATCH", token, json: { status: null } }), 422, "invalid_fields");
});
