import { call, makeAccessKey, newPerson, newTask, pointersOf, problemOf, tokenFor } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

const DEFAULTS = { week_start: 1, clock: "24", theme: "system", capture_language: "en", date_order: null };

test("PATCH /api/me merges the name, the time zone and the settings, for the API and for pages", async ({ server }) => {
  const { token, cookie } = await newPerson(server);
  const before = await (await call(server, "/api/me", { token })).json();
  expect(before.settings).toEqual(DEFAULTS);
  const patch = (json: unknown) => call(server, "/api/me", { method: "PATCH", token, json });
  const changed = await patch({ timezone: "Asia/Kathmandu", settings: { week_start: 7, theme: "dark" } });
  expect(changed.status).toBe(200);
  const expected = { ...before, timezone: "Asia/Kathmandu", settings: { ...DEFAULTS, week_start: 7, theme: "dark" } };
  expect(await changed.json()).toEqual(expected);
  expect(await (await patch({ name: " Zoë ", settings: { clock: "12", theme: null } })).json()).toEqual({
    ...expected,
    name: "Zoë",
    settings: { ...DEFAULTS, week_start: 7, clock: "12" },
  });
  const after = await (await call(server, "/api/me", { token })).json();
  expect(after).toMatchObject({ name: "Zoë", timezone: "Asia/Kathmandu" });
  for (const json of [{}, { settings: {} }, after]) expect(await (await patch(json)).json()).toEqual(after);
  const page = await (await call(server, "/settings", { headers: { Cookie: cookie } })).text();
  expect(page).toContain('value="Asia/Kathmandu"');
});

test("the days of a list are those of the new time zone", async ({ server }) => {
  const { token } = await newPerson(server);
  const [west, east] = ["Etc/GMT+12", "Pacific/Kiritimati"];
  const today = Temporal.Now.plainDateISO(east).toString();
  await newTask(server, token, { title: "a", due: { date: today } });
  for (const [timezone, count] of [
    [west, 0],
    [east, 1],
  ] as const) {
    await call(server, "/api/me", { method: "PATCH", token, json: { timezone } });
    expect((await (await call(server, "/api/me/tasks?due_to=today", { token })).json()).items).toHaveLength(count);
  }
});

for (const [what, json, pointers] of [
  ["a blank name", { name: " " }, ["/name"]],
  ["a name with U+0000", { name: "a\0" }, ["/name"]],
  ["a name that is too long", { name: "x".repeat(101) }, ["/name"]],
  ["no name", { name: null }, ["/name"]],
  ["no time zone", { timezone: null, settings: null }, ["/settings", "/timezone"]],
  [
    "several bad fields",
    {
      name: 7,
      timezone: "+01:00",
      settings: { week_start: 2, clock: 24, theme: "pink", font: "serif", capture_language: "tlh", date_order: "ydm" },
      plan: 1,
    },
    null,
  ],
  ["another id", { id: crypto.randomUUID(), scopes: [] }, ["/id", "/scopes"]],
] as const) {
  test(`PATCH /api/me with ${what} is rejected, and changes nothing`, async ({ server }) => {
    const { token } = await newPerson(server);
    const before = await (await call(server, "/api/me", { token })).json();
    const problem = await problemOf(await call(server, "/api/me", { method: "PATCH", token, json }), 422, "invalid_fields");
    const all = [
      "/name",
      "/plan",
      "/settings/capture_language",
      "/settings/clock",
      "/settings/date_order",
      "/settings/font",
      "/settings/theme",
      "/settings/week_start",
      "/timezone",
    ];
    expect(pointersOf(problem)).toEqual(pointers ?? all);
    expect(await (await call(server, "/api/me", { token })).json()).toEqual(before);
  });
}

test("a token that may only read can't change settings", async ({ server }) => {
  const person = await newPerson(server);
  const token = await tokenFor(server, await makeAccessKey(server, person, "Reads", ["tasks:read"]));
  await problemOf(await call(server, "/api/me", { method: "PATCH", token, json: { name: "x" } }), 403, "insufficient_scope");
  const post = await call(server, "/api/me", { token: person.token, json: {} });
  await problemOf(post, 405, "method_not_allowed");
  expect(post.headers.get("Allow")).toBe("GET, PATCH, HEAD, OPTIONS");
});

test("settings of one user are not another's", async ({ server }) => {
  const [{ token }, other] = [await newPerson(server), await newPerson(server)];
  const before = await (await call(server, "/api/me", { token: other.token })).json();
  await call(server, "/api/me", { method: "PATCH", token, json: { name: "Own", settings: { theme: "dark" } } });
  const { token_expires_at: _, ...same } = await (await call(server, "/api/me", { token: other.token })).json();
  expect(before).toMatchObject(same);
});
