import { call, newPerson, pointersOf, problemOf } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

const QUICK = "/api/me/tasks/quick";

test("a line becomes the same task as in the capture box, with the parts that were recognized", async ({ server }) => {
  const { token } = await newPerson(server);
  const text = "  Pay rent every 1st 5pm #home !2";
  const preview = await call(server, QUICK, { token, json: { text, dry_run: true } });
  expect(preview.status).toBe(200);
  const { task, spans } = await preview.json();
  expect(task).toMatchObject({
    title: "Pay rent",
    labels: ["home"],
    priority: 2,
    due: { date: expect.stringMatching(/-01$/), time: "17:00", timezone: null },
    recurrence: { rrule: "FREQ=MONTHLY;BYMONTHDAY=1", anchor: "due" },
  });
  expect(spans.map(({ kind, meaning }: { kind: string; meaning: string }) => [kind, meaning])).toEqual([
    ["recurrence", "FREQ=MONTHLY;BYMONTHDAY=1"],
    ["time", "17:00"],
    ["label", "home"],
    ["priority", "2"],
  ]);
  for (const { start, end, text: part } of spans) expect(text.slice(start, end)).toBe(part);
  expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toEqual([]);
  const made = await call(server, QUICK, { token, json: { text } });
  expect(made.status).toBe(201);
  expect(made.headers.get("ETag")).toBe('"1"');
  const created = await made.json();
  expect(created).toMatchObject({ task: { ...task, version: 1 }, spans });
  expect(await (await call(server, made.headers.get("Location") ?? "", { token })).json()).toEqual(created.task);
});

test("a line without recognizable parts is a title", async ({ server }) => {
  const { token } = await newPerson(server);
  const { task, spans } = await (await call(server, QUICK, { token, json: { text: "The 5th Wave", dry_run: false } })).json();
  expect(task).toMatchObject({ title: "The 5th Wave", due: null, labels: [] });
  expect(spans).toEqual([]);
});

for (const [what, json, pointers] of [
  ["no text", {}, ["/text"]],
  ["spaces only", { text: " \n" }, ["/text"]],
  ["U+0000", { text: "a\0b" }, ["/text"]],
  ["a title that is too long", { text: "x".repeat(501) }, ["/text"]],
  ["more than 1,000 characters", { text: "x ".repeat(501), dry_run: true }, ["/text"]],
  ["a dry run that is no yes or no", { text: "x", dry_run: "true" }, ["/dry_run"]],
  ["a field that is none", { text: "x", title: "x" }, ["/title"]],
] as [string, unknown, string[]][]) {
  test(`a line with ${what} is rejected`, async ({ server }) => {
    const { token } = await newPerson(server);
    expect(pointersOf(await problemOf(await call(server, QUICK, { token, json }), 422, "invalid_fields"))).toEqual(pointers);
    expect((await (await call(server, "/api/me/tasks", { token })).json()).items).toEqual([]);
  });
}

test("a line on another user's path is rejected", async ({ server }) => {
  const { token } = await newPerson(server);
  const owner = await newPerson(server);
  await problemOf(await call(server, `/api/${owner.id}/tasks/quick`, { token, json: { text: "Planted" } }), 403, "user_mismatch");
  expect((await (await call(server, "/api/me/tasks", { token: owner.token })).json()).items).toEqual([]);
});
