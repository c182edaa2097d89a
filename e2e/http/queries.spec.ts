import { call, newPerson, newTask, pointersOf, problemOf } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

for (const [query, pointers] of [
  ["colour=red", ["?colour"]],
  ["Status=open", ["?Status"]],
  ["status=later", ["?status"]],
  ["status=", ["?status"]],
  ["status=open&status=done", ["?status"]],
  ["sort=colour", ["?sort"]],
  ["sort=--due", ["?sort"]],
  ["sort=due%3Bdrop%20table%20task", ["?sort"]],
  ["limit=0", ["?limit"]],
  ["limit=201", ["?limit"]],
  ["limit=-1", ["?limit"]],
  ["limit=1.5", ["?limit"]],
  ["limit=1e2", ["?limit"]],
  ["limit=ten", ["?limit"]],
  ["limit=", ["?limit"]],
  ["__proto__=x", ["?__proto__"]],
  ["limit=0&sort=colour&status=later&colour=red", ["?colour", "?limit", "?sort", "?status"]],
] as const) {
  test(`the query ${query} is rejected, and every invalid parameter is reported`, async ({ server }) => {
    const { token } = await newPerson(server);
    const problem = await problemOf(await call(server, `/api/me/tasks?${query}`, { token }), 422, "invalid_fields");
    expect(pointersOf(problem)).toEqual(pointers);
  });
}

test("query parameters beside a body are rejected, so an intended dry run creates nothing", async ({ server }) => {
  const { token } = await newPerson(server);
  for (const [path, json] of [
    ["/api/me/tasks/quick?dry_run=true", { text: "Pay rent" }],
    ["/api/me/tasks?dry_run=true", { title: "Pay rent" }],
    ["/api/me/tasks/batch?dry_run=true", { operations: [{ op: "create", task: { title: "Pay rent" } }] }],
    ["/api/me/lists?dry_run=true", { name: "Home" }],
  ] as const) {
    const problem = await problemOf(await call(server, path, { token, json }), 422, "invalid_fields");
    expect(pointersOf(problem)).toEqual(["?dry_run"]);
  }
  expect(await (await call(server, "/api/me/tasks", { token })).json()).toMatchObject({ items: [] });
  expect(await (await call(server, "/api/me/lists", { token })).json()).toMatchObject({ items: [] });
});

test("the palette finds nothing by a text with U+0000, and does not fail", async ({ server }) => {
  const { cookie, token } = await newPerson(server);
  await newTask(server, token, { title: "a b" });
  const found = await call(server, "/find?q=x%00", { headers: { Cookie: cookie } });
  expect([found.status, await found.json()]).toEqual([200, []]);
});
