import { call, makeAccessKey, newPerson, newTask, pointersOf, problemOf, tokenFor } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

const PREVIEW = "/api/me/recurrence/preview";

test("rules of other programs are taken, and read back in one spelling", async ({ server }) => {
  const { token } = await newPerson(server);
  const due = { date: "2026-12-01", time: "09:00", timezone: "America/New_York" };
  for (const [rrule, stored] of [
    ["RRULE:FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TU"],
    ["freq=weekly;wkst=su;interval=2;byday=th,tu", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU"],
    ["FREQ=WEEKLY;WKST=MO;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU"],
    ["FREQ=DAILY;UNTIL=20270101T045959Z", "FREQ=DAILY;UNTIL=20261231"],
    ["FREQ=DAILY;UNTIL=20261231T135959Z", "FREQ=DAILY;UNTIL=20261230"],
    ["FREQ=DAILY;UNTIL=20261231T090000", "FREQ=DAILY;UNTIL=20261231"],
    ["FREQ=MONTHLY;BYMONTHDAY=-31,-1,1", "FREQ=MONTHLY;BYMONTHDAY=1,-31,-1"],
    ["FREQ=MONTHLY;BYMONTH=4,6,9;BYMONTHDAY=1,30,31", "FREQ=MONTHLY;BYMONTH=4,6,9;BYMONTHDAY=1,30,31"],
  ]) {
    const task = await newTask(server, token, { due, recurrence: { rrule, anchor: "due" } });
    expect([rrule, task.recurrence]).toEqual([rrule, { rrule: stored, anchor: "due" }]);
    const again = await call(server, `/api/me/tasks/${task.id}`, { method: "PATCH", token, json: { recurrence: task.recurrence } });
    expect(await again.json()).toEqual(task);
  }
});

test("a preview gives the next dates of a rule, and writes nothing", async ({ server }) => {
  const { token } = await newPerson(server);
  const monthly = await call(server, PREVIEW, { token, json: { rrule: "FREQ=MONTHLY", anchor: "due", due: "2027-01-31" } });
  expect(monthly.status).toBe(200);
  expect(await monthly.json()).toEqual({
    recurrence: { rrule: "FREQ=MONTHLY;BYMONTHDAY=31", anchor: "due" },
    dates: ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30"],
  });
  const due = { date: "2026-12-29", time: "17:00", timezone: "UTC" };
  const ending = await call(server, PREVIEW, { token, json: { rrule: "RRULE:FREQ=DAILY;UNTIL=20261231T160000Z", due } });
  expect(await ending.json()).toEqual({ recurrence: { rrule: "FREQ=DAILY;UNTIL=20261230", anchor: "due" }, dates: ["2026-12-30"] });
  const last = await call(server, PREVIEW, { token, json: { rrule: "FREQ=DAILY;COUNT=1", anchor: "completion", due } });
  expect((await last.json()).dates).toEqual([]);
  expect((await (await call(server, "/api/me/changes", { token })).json()).items).toEqual([]);
});

test("a preview is rejected with every bad field, and needs only reading", async ({ server }) => {
  const person = await newPerson(server);
  const token = await tokenFor(server, await makeAccessKey(server, person, "Reads", ["tasks:read"]));
  for (const [json, pointers] of [
    [{}, ["/due", "/rrule"]],
    [{ rrule: "FREQ=HOURLY;COUNT=0", anchor: "start", due: "2026-02-30", count: 9 }, ["/anchor", "/count", "/due", "/rrule", "/rrule"]],
    [{ rrule: "FREQ=DAILY", due: { time: "17:00" } }, ["/due"]],
    [{ rrule: "FREQ=DAILY", due: null }, ["/due"]],
  ] as const) {
    const problem = await problemOf(await call(server, PREVIEW, { token, json }), 422, "invalid_fields");
    expect(pointersOf(problem)).toEqual(pointers);
  }
  expect((await call(server, PREVIEW, { token, json: { rrule: "FREQ=DAILY", due: "2026-12-01" } })).status).toBe(200);
  const creating = await tokenFor(server, await makeAccessKey(server, person, "Adds", ["tasks:create"]));
  await problemOf(await call(server, PREVIEW, { token: creating, json: {} }), 403, "insufficient_scope");
});
