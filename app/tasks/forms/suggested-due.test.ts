import { expect, test } from "vitest";
import { moveSuggestedDue } from "#app/tasks/forms/suggested-due.ts";

const TODAY = Temporal.PlainDate.from("2026-11-29");

function dueOf(fields: Record<string, string>): unknown {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  moveSuggestedDue(form, TODAY);
  return form.get("due");
}

test("a day that the page suggested moves with the user's day", () => {
  const onSaturday = { suggested_on: "2026-11-28" };
  expect(dueOf({ ...onSaturday, due: "2026-11-28", suggested_due: "2026-11-28" })).toBe("2026-11-29");
  expect(dueOf({ ...onSaturday, due: "2026-11-29", suggested_due: "2026-11-29" })).toBe("2026-11-30");
  expect(dueOf({ suggested_on: "2026-11-29", due: "2026-11-29", suggested_due: "2026-11-29" })).toBe("2026-11-29");
  // The user has moved west.
  expect(dueOf({ suggested_on: "2026-11-30", due: "2026-11-30", suggested_due: "2026-11-30" })).toBe("2026-11-29");
});

test("a day that was chosen or removed stays", () => {
  const suggested = { suggested_on: "2026-11-28", suggested_due: "2026-11-28" };
  expect(dueOf({ ...suggested, due: "2026-12-24" })).toBe("2026-12-24");
  expect(dueOf({ ...suggested, due: "" })).toBe("");
  expect(dueOf({ due: "2026-11-28" })).toBe("2026-11-28");
  expect(dueOf({ due: "2026-11-28", suggested_due: "2026-11-28", suggested_on: "yesterday" })).toBe("2026-11-28");
  expect(dueOf({ due: "soon", suggested_due: "soon", suggested_on: "2026-11-28" })).toBe("soon");
});
