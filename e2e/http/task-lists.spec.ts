import { call, newPerson, newTask, pointersOf, problemOf } from "../support/api.ts";
import { ids, readPages } from "../support/paging.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

async function titles(server: DoableServer, token: string, query: string): Promise<string[]> {
  return (await readPages(server, token, query)).map(({ title }) => title);
}

test("a list can be narrowed by labels, by having a due date, and by days of completion and creation", async ({ server }) => {
  const { token } = await newPerson(server);
  const today = Temporal.Now.plainDateISO("UTC");
  await newTask(server, token, { title: "plain" });
  await newTask(server, token, { title: "ab", labels: ["a", "b"] });
  await newTask(server, token, { title: "a", labels: ["a"], due: { date: today.add({ days: 400 }).toString() } });
  await newTask(server, token, { title: "done", status: "done", due: { date: "2020-01-01" } });
  for (const [query, expected] of [
    ["any_label=a&any_label=x", ["ab", "a"]],
    ["label=a&not_label=b", ["a"]],
    ["not_label=a&not_label=b", ["plain", "done"]],
    ["has_due=false", ["plain", "ab"]],
    ["has_due=true", ["a", "done"]],
    ["due_from=today", ["a"]],
    ["due_to=today", ["done"]],
    [`completed_from=${today.subtract({ days: 1 })}`, ["done"]],
    [`completed_to=${today.subtract({ days: 2 })}`, []],
    [`created_from=${today.subtract({ days: 1 })}&status=done`, ["done"]],
    [`created_from=${today.add({ days: 2 })}`, []],
    [`created_to=${today.add({ days: 1 })}&limit=1`, ["plain", "ab", "a", "done"]],
  ] as const) {
    expect([query, await titles(server, token, query)]).toEqual([query, expected]);
  }
});

test("days are those of the user's time zone", async ({ server }) => {
  const { token } = await newPerson(server);
  const { timezone } = await (await call(server, "/api/me", { token })).json();
  const today = Temporal.Now.plainDateISO(timezone);
  await newTask(server, token, { title: "due", status: "done", due: { date: today.toString() } });
  for (const name of ["due", "completed", "created"]) {
    // Around midnight, the day that was read above may have ended.
    const query = `${name}_from=${today}&${name}_to=today`;
    expect([name, await titles(server, token, query)]).toEqual([name, ["due"]]);
  }
});

test("sort=due orders a day by time, priority and manual order, with a zone's time where it is for the user", async ({ server }) => {
  const { token } = await newPerson(server);
  const date = "2090-07-01";
  for (const [title, fields] of [
    ["no date", { priority: 3 }],
    ["low", { due: { date }, priority: 1 }],
    ["high", { due: { date }, priority: 3 }],
    ["also low", { due: { date }, priority: 1 }],
    ["evening", { due: { date, time: "18:00" } }],
    // 08:30 in UTC, the zone of this user.
    ["tokyo", { due: { date, time: "17:30", timezone: "Asia/Tokyo" } }],
    ["morning", { due: { date, time: "08:00" }, status: "done" }],
    ["day before", { due: { date: "2090-06-30" } }],
  ] as const)
    await newTask(server, token, { title, ...fields });
  const expected = ["day before", "morning", "tokyo", "evening", "high", "low", "also low", "no date"];
  for (const limit of [1, 3, 200]) {
    expect(await titles(server, token, `sort=due&limit=${limit}`)).toEqual(expected);
    expect(await titles(server, token, `sort=-due&limit=${limit}`)).toEqual(expected.toReversed());
  }
  expect(await titles(server, token, "sort=due&status=open&has_due=true&limit=2")).toEqual(
    expected.filter((title) => !["morning", "no date"].includes(title)),
  );
});

test("a search has the best matches first, on every page, unless it is sorted otherwise", async ({ server }) => {
  const { token } = await newPerson(server);
  await newTask(server, token, { title: "Call", notes: "about rent" });
  await newTask(server, token, { title: "rent", status: "done" });
  await newTask(server, token, { title: "rent" });
  await newTask(server, token, { title: "rent rent", labels: ["rent"] });
  for (const query of ["q=rent", "q=rent&sort=relevance", "q=rent&limit=1", "q=rent&limit=3"]) {
    const found = await readPages(server, token, query);
    expect([query, found.map(({ title }) => title)]).toEqual([query, ["rent rent", "rent", "rent", "Call"]]);
  }
  expect(await titles(server, token, "q=rent&sort=rank&limit=1")).toEqual(["Call", "rent", "rent", "rent rent"]);
  expect(await titles(server, token, "q=&limit=1")).toEqual(["Call", "rent", "rent", "rent rent"]);
});

test("a page can have only some fields, and the number of all matches", async ({ server }) => {
  const { token } = await newPerson(server);
  const [one, two] = [await newTask(server, token, { title: "one", labels: ["a"] }), await newTask(server, token, { title: "two" })];
  await newTask(server, token, { title: "done", status: "done" });
  const page = await (await call(server, "/api/me/tasks?status=open&fields=title,id,due&limit=1&total=true", { token })).json();
  expect(page).toEqual({ items: [{ title: "one", id: one.id, due: null }], next_cursor: expect.any(String), total: 2 });
  const next = `/api/me/tasks?status=open&fields=url&limit=1&total=false&cursor=${page.next_cursor}`;
  expect(await (await call(server, next, { token })).json()).toEqual({ items: [{ url: two.url }], next_cursor: null });
});

for (const [query, pointers] of [
  ["sort=relevance", ["?sort"]],
  ["sort=-relevance&q=a", ["?sort"]],
  ["sort=relevance&q=%20&limit=0&fields=colour", ["?fields", "?limit", "?sort"]],
  ["fields=", ["?fields"]],
  ["fields=title,colour", ["?fields"]],
  ["fields=title&fields=id", ["?fields"]],
  ["total=yes", ["?total"]],
  ["has_due=1", ["?has_due"]],
  ["due_from=tomorrow&due_to=Today", ["?due_from", "?due_to"]],
  ["completed_from=2026-02-30&completed_to=x", ["?completed_from", "?completed_to"]],
  ["created_from=0000-01-01&created_to=2026-1-1", ["?created_from", "?created_to"]],
  ["any_label=a%00&not_label=%00", ["?any_label", "?not_label"]],
] as const) {
  test(`the list ${query} is rejected`, async ({ server }) => {
    const { token } = await newPerson(server);
    const problem = await problemOf(await call(server, `/api/me/tasks?${query}`, { token }), 422, "invalid_fields");
    expect([...new Set(pointersOf(problem))]).toEqual(pointers);
  });
}

test("a cursor belongs to its order and to its user", async ({ server }) => {
  const [{ token }, stranger] = [await newPerson(server), await newPerson(server)];
  for (const who of [token, stranger.token]) for (const title of ["word one", "word two"]) await newTask(server, who, { title });
  for (const query of ["sort=due", "q=word", "created_from=2020-01-01"]) {
    const { next_cursor } = await (await call(server, `/api/me/tasks?${query}&limit=1`, { token })).json();
    const rest = await (await call(server, `/api/me/tasks?${query}&limit=1&cursor=${next_cursor}`, { token })).json();
    expect(rest).toMatchObject({ items: [{ title: "word two" }], next_cursor: null });
    for (const [path, who] of [
      [`/api/me/tasks?${query}&cursor=${next_cursor}`, stranger.token],
      [`/api/me/tasks?${query}&sort=title&cursor=${next_cursor}`.replace("sort=due&", ""), token],
    ] as const)
      await problemOf(await call(server, path, { token: who }), 400, "malformed_request");
  }
});

const LISTS = ["tasks?q=home", "lists", "labels"];

test("lists of tasks, lists and labels have an entity tag, and are not sent again while it is the same", async ({ server }) => {
  const { token } = await newPerson(server);
  const { id } = await newTask(server, token, { title: "home", labels: ["home"] });
  await call(server, "/api/me/lists", { token, json: { name: "Home" } });
  for (const list of LISTS) {
    const path = `/api/me/${list}`;
    const tag = (await call(server, path, { token })).headers.get("ETag") ?? "";
    expect(tag).toMatch(/^"[\w-]{20,}"$/);
    for (const method of ["GET", "HEAD"]) {
      const again = await call(server, path, { method, token, headers: { "If-None-Match": `"other", ${tag}` } });
      expect([list, again.status, again.headers.get("ETag"), await again.text()]).toEqual([list, 304, tag, ""]);
    }
    await problemOf(await call(server, path, { token, headers: { "If-None-Match": "x" } }), 400, "malformed_request");
  }
  const before = await Promise.all(LISTS.map(async (list) => (await call(server, `/api/me/${list}`, { token })).headers.get("ETag")));
  await call(server, `/api/me/tasks/${id}`, { method: "PATCH", token, json: { status: "done" } });
  await call(server, "/api/me/tasks", { token, json: { title: "more", list_id: (await firstList(server, token)).id } });
  for (const [index, list] of LISTS.entries()) {
    const answer = await call(server, `/api/me/${list}`, { token, headers: { "If-None-Match": before[index] ?? "" } });
    expect([list, answer.status]).toEqual([list, 200]);
    expect(answer.headers.get("ETag")).not.toBe(before[index]);
  }
});

async function firstList(server: DoableServer, token: string): Promise<{ id: string }> {
  return (await (await call(server, "/api/me/lists", { token })).json()).items[0];
}

test("each part of a list has an entity tag of its own", async ({ server }) => {
  const { token } = await newPerson(server);
  const [one, two] = [await newTask(server, token), await newTask(server, token)];
  const tagOf = async (query: string) => (await call(server, `/api/me/tasks?${query}`, { token })).headers.get("ETag");
  const tags = await Promise.all(["", "limit=1", "fields=id", "total=true", "sort=-rank"].map(tagOf));
  expect(new Set(tags).size).toBe(tags.length);
  expect(ids(await readPages(server, token, "limit=1"))).toEqual([one.id, two.id]);
});
