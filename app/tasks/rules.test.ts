import { expect, test } from "vitest";
import { applyPatch, validateFields } from "#app/tasks/rules.ts";
import { taskInput } from "#app/testing/tasks.ts";

type Fields = Parameters<typeof taskInput>[0];

const ID = "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001";
const DAILY = { rrule: "FREQ=DAILY", anchor: "due" } as const;

function pointers(fields: Fields): string[] {
  return validateFields(taskInput(fields)).map(({ pointer }) => pointer);
}

test("fields that fit together are valid, also at the boundaries of the rules", () => {
  const valid: Fields[] = [
    {},
    { due: { date: "2026-12-01" }, start_date: "2026-12-01" },
    { due: { date: "2026-12-01", time: "00:00", timezone: "UTC" }, recurrence: DAILY },
    { start_date: "2026-12-01" },
    { due: { date: "2026-12-01", timezone: "UTC" } },
    { parent_id: ID, list_id: ID },
  ];
  for (const fields of valid) expect(pointers(fields), JSON.stringify(fields)).toEqual([]);
});

test("each rule that is broken is a problem at its field", () => {
  expect(pointers({ due: { date: "2026-12-01" }, start_date: "2026-12-02" })).toEqual(["/start_date"]);
  expect(pointers({ recurrence: DAILY })).toEqual(["/recurrence"]);
  expect(validateFields({ ...taskInput(), due: { date: "", time: "09:00", timezone: null } })).toMatchObject([{ pointer: "/due/date" }]);
});

test("a member that a patch leaves out of a new due or recurrence is a problem at that member", () => {
  const patched = (patch: Parameters<typeof applyPatch>[1]) =>
    validateFields(applyPatch(taskInput({ due: { date: "2026-12-01" } }), patch)).map(({ pointer }) => pointer);
  expect(patched({ recurrence: { anchor: "due" } })).toEqual(["/recurrence/rrule"]);
  expect(patched({ recurrence: { rrule: "FREQ=DAILY" } })).toEqual(["/recurrence/anchor"]);
  expect(patched({ recurrence: {} })).toEqual(["/recurrence/rrule", "/recurrence/anchor"]);
  expect(patched({ due: null, recurrence: { anchor: "due" } })).toEqual(["/recurrence/rrule", "/recurrence"]);
});
