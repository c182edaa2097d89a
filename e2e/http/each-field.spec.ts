import { call, newPerson, newTask } from "../support/api.ts";
import { readDescription } from "../support/description.ts";
import { newBelongings } from "../support/requests.ts";
import { expect, test } from "../support/test.ts";

const CHANGES: Record<string, { value: (own: { list_id: string; other_task_id: string }) => unknown; along?: string[] }> = {
  title: { value: () => "Pay the rent" },
  notes: { value: () => "By *transfer*" },
  status: { value: () => "done", along: ["completed_at"] },
  list_id: { value: ({ list_id }) => list_id },
  parent_id: { value: ({ other_task_id }) => other_task_id },
  labels: { value: () => ["money"] },
  priority: { value: () => 3 },
  due: { value: () => ({ date: "2026-12-08", time: "17:00", timezone: "Europe/Lisbon" }) },
  start_date: { value: () => "2026-11-25" },
  recurrence: { value: () => ({ rrule: "FREQ=DAILY", anchor: "due" }), along: ["series_id"] },
  external_id: { value: () => "bank-7" },
};

test("a patch of one field changes only that field, the version and the time of change", async ({ server }) => {
  const { operations, resolve } = await readDescription(server);
  const body = operations.find(({ operationId }) => operationId === "changeTask")?.body;
  // Read-only fields have no type in this schema.
  const fields = Object.entries(resolve(body?.schema ?? {}).properties ?? {}).filter(([, schema]) => Object.keys(schema).length > 0);
  expect(Object.keys(CHANGES).sort(), "every field that can be written").toEqual(fields.map(([name]) => name).sort());
  const { token } = await newPerson(server);
  const own = await newBelongings(server, token);
  for (const [field, { value, along = [] }] of Object.entries(CHANGES)) {
    const before = await newTask(server, token, { due: { date: "2026-12-01" } });
    const path = `/api/me/tasks/${before.id}`;
    const answer = await call(server, path, { method: "PATCH", token, json: { [field]: value(own) } });
    const after = await answer.json();
    expect([field, answer.status]).toEqual([field, 200]);
    expect(after[field]).toEqual(value(own));
    const changed = Object.keys(after).filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
    expect(changed.sort()).toEqual([field, "updated_at", "version", ...along].sort());
    expect(after.version).toBe(before.version + 1);
    expect(await (await call(server, path, { token })).json()).toEqual(after);
  }
});

test("a patch with the current value changes nothing", async ({ server }) => {
  const { token } = await newPerson(server);
  const before = await newTask(server, token, { priority: 2, labels: ["home"], due: { date: "2026-12-01" } });
  for (const json of [{}, { priority: 2 }, { labels: ["home"] }, { due: { date: "2026-12-01" } }, before]) {
    const answer = await call(server, `/api/me/tasks/${before.id}`, { method: "PATCH", token, json });
    expect(await answer.json()).toEqual(before);
  }
});
