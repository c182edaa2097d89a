import { call, newPerson, newTask, type Person, submit } from "../support/api.ts";
import type { DoableServer } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const METRICS_TOKEN = "only-for-tests-only-for-tests";

test.use({ serverEnv: { API_WRITES_PER_MINUTE: "3", METRICS_TOKEN } });

test.describe.configure({ mode: "default" });

function send(server: DoableServer, { cookie }: Person, path: string, fields: Record<string, string> | [string, string][]) {
  return submit(server, path, Array.isArray(fields) ? fields : Object.entries(fields), { Cookie: cookie });
}

async function useUp(server: DoableServer, person: Person): Promise<void> {
  for (const title of ["One", "Two", "Three"]) expect((await send(server, person, "/inbox", { intent: "create", title })).status).toBe(302);
}

/** The fields of the form that sends everything again, as the browser would read them. */
function fieldsIn(page: string): [string, string][] {
  const inputs = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g);
  return Array.from(inputs, ([, name = "", value = ""]) => [
    name,
    value.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
  ]);
}

test("a form beyond the limit is not handled, and its page has all that was sent and the time to wait", async ({ server }) => {
  const person = await newPerson(server);
  await useUp(server, person);
  const fields: [string, string][] = [
    ["intent", "create"],
    ["title", "Four <b>& more"],
    ["notes", "two\nlines"],
    ["rejected", "a"],
    ["rejected", "b"],
  ];
  const refused = await send(server, person, "/inbox?from=%2Ftoday", fields);
  expect(refused.status).toBe(429);
  const seconds = Number(refused.headers.get("Retry-After"));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  const page = await refused.text();
  expect(page).toContain(`Wait ${seconds} second`);
  expect(fieldsIn(page)).toEqual(fields);
  expect(page).toContain("Four &lt;b&gt;&amp; more</p>");
  const { items } = await (await call(server, "/api/me/tasks", { token: person.token })).json();
  expect(items).toHaveLength(3);
});

test("scripts of a page get the time to wait as well", async ({ server }) => {
  const person = await newPerson(server);
  await useUp(server, person);
  const refused = await send(server, person, "/inbox.data", { intent: "create", title: "Four" });
  expect(refused.status).toBe(429);
  expect(await refused.text()).toContain("seconds");
});

test("pages and the API have a limit each, and each user has both", async ({ server }) => {
  const [person, other] = [await newPerson(server), await newPerson(server)];
  await useUp(server, person);
  for (let time = 0; time < 3; time++) await newTask(server, person.token);
  expect((await call(server, "/api/me/tasks", { token: person.token, json: { title: "x" } })).status).toBe(429);
  expect((await send(server, person, "/inbox", { intent: "create", title: "Four" })).status).toBe(429);
  expect((await send(server, other, "/inbox", { intent: "create", title: "One" })).status).toBe(302);
});

test("a change to several tasks at once counts as one", async ({ server }) => {
  const person = await newPerson(server);
  const ids: string[] = [];
  for (let time = 0; time < 3; time++) ids.push((await newTask(server, person.token)).id);
  for (const priority of ["1", "2", "3"]) {
    const fields = ids.map((id): [string, string] => ["id", id]);
    const changed = await send(server, person, "/inbox", [["intent", "bulk"], ["set", `priority ${priority}`], ...fields]);
    expect(changed.headers.get("Location")).toContain("did=prioritized");
  }
  expect((await send(server, person, "/inbox", { intent: "create", title: "Four" })).status).toBe(429);
});

test("every page's forms count, and reading does not", async ({ server }) => {
  const person = await newPerson(server);
  for (let time = 0; time < 5; time++) expect((await call(server, "/today", { headers: { Cookie: person.cookie } })).status).toBe(200);
  const theme = { intent: "theme", theme: "dark" };
  for (let time = 0; time < 3; time++) expect((await send(server, person, "/settings", theme)).status).toBe(200);
  for (const path of ["/today", "/lists", "/trash", "/settings", "/settings/access-keys", "/settings/data/import", "/settings/password"])
    expect((await send(server, person, path, { intent: "x" })).status, path).toBe(429);
});

test("passwords and files are not repeated", async ({ server }) => {
  const person = await newPerson(server);
  await useUp(server, person);
  const passwords = { currentPassword: "only-i-know-this", newPassword: "nor-do-you-know-this" };
  const refused = await (await send(server, person, "/settings/password", passwords)).text();
  expect(fieldsIn(refused)).toEqual([]);
  expect(refused).not.toMatch(/know-this/);
  const body = new FormData();
  body.set("file", new File(["title\nMilk\n"], "todo.csv"));
  const upload = await call(server, "/settings/data", { body, headers: { Cookie: person.cookie, Origin: server.url } });
  expect(upload.status).toBe(429);
  expect(await upload.text()).not.toContain("Milk");
});

test("refused requests are counted by their limit", async ({ server }) => {
  const person = await newPerson(server);
  const counted = async () => {
    const text = await (await call(server, "/metrics", { token: METRICS_TOKEN })).text();
    return Number(/doable_rate_limited_total\{limit="page-writes"\} (\d+)/.exec(text)?.[1] ?? 0);
  };
  await useUp(server, person);
  const before = await counted();
  for (let time = 0; time < 2; time++) await send(server, person, "/inbox", { intent: "create", title: "Four" });
  expect(await counted()).toBe(before + 2);
});
