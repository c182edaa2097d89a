import { expect, test } from "vitest";
import { parseBulkForm } from "#app/tasks/forms/bulk-form.ts";

const today = Temporal.PlainDate.from("2026-11-25");

function parse(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return parseBulkForm(form, today, 1);
}

test("each button of the bar gives its operation", () => {
  const id = crypto.randomUUID();
  expect(parse({ set: "done" })).toEqual({ op: "complete" });
  expect(parse({ set: "trash" })).toEqual({ op: "delete" });
  expect(parse({ set: "due tomorrow" })).toEqual({ op: "update", changes: { due: { date: "2026-11-26" } } });
  expect(parse({ set: "due none" })).toEqual({ op: "update", changes: { due: null } });
  expect(parse({ set: `list ${id}` })).toEqual({ op: "update", changes: { listId: id } });
  expect(parse({ set: "list " })).toEqual({ op: "update", changes: { listId: null } });
  expect(parse({ set: "priority 0" })).toEqual({ op: "update", changes: { priority: 0 } });
});

test("a field counts when its button was pressed, or Enter in it", () => {
  const fields = { label: " #errand ", day: "2027-01-02" };
  expect(parse({ set: "label", ...fields })).toEqual({ op: "update", changes: { labels: ["errand"] }, label: "errand" });
  expect(parse({ set: "unlabel", ...fields })).toEqual({ op: "update", changes: {}, unlabel: "errand" });
  expect(parse({ set: "day", ...fields })).toEqual({ op: "update", changes: { due: { date: "2027-01-02" } } });
  expect(parse({ set: "", ...fields })).toEqual({
    op: "update",
    changes: { labels: ["errand"], due: { date: "2027-01-02" } },
    label: "errand",
  });
  expect(parse({ set: "priority 1", ...fields })).toEqual({ op: "update", changes: { priority: 1 } });
  expect(parse({ set: "", label: "", day: "" })).toEqual({ op: "update", changes: {} });
});

for (const set of ["colour red", "due someday", "priority 4", "priority high", "list inbox", "null"]) {
  test(`“${set}” is not accepted as a button`, () => {
    expect(parse({ set })).toBeUndefined();
  });
}

test("a label with a comma and an invalid day are rejected", () => {
  expect(parse({ set: "label", label: "a,b" })).toBeUndefined();
  expect(parse({ set: "day", day: "tomorrow" })).toBeUndefined();
});
