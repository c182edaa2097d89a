import { expect, test } from "vitest";
import { readBulk } from "#app/tasks/forms/bulk-form.ts";

const today = Temporal.PlainDate.from("2026-11-25");

function read(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return readBulk(form, today, 1);
}

test("each button says what is to be done", () => {
  const id = crypto.randomUUID();
  expect(read({ set: "done" })).toEqual({ op: "complete" });
  expect(read({ set: "trash" })).toEqual({ op: "delete" });
  expect(read({ set: "due tomorrow" })).toEqual({ op: "update", changes: { due: { date: "2026-11-26" } } });
  expect(read({ set: "due none" })).toEqual({ op: "update", changes: { due: null } });
  expect(read({ set: `list ${id}` })).toEqual({ op: "update", changes: { listId: id } });
  expect(read({ set: "list " })).toEqual({ op: "update", changes: { listId: null } });
  expect(read({ set: "priority 0" })).toEqual({ op: "update", changes: { priority: 0 } });
});

test("a field counts when its button, or Enter in it, was pressed", () => {
  const fields = { label: " #errand ", day: "2027-01-02" };
  expect(read({ set: "label", ...fields })).toEqual({ op: "update", changes: { labels: ["errand"] }, label: "errand" });
  expect(read({ set: "unlabel", ...fields })).toEqual({ op: "update", changes: {}, unlabel: "errand" });
  expect(read({ set: "day", ...fields })).toEqual({ op: "update", changes: { due: { date: "2027-01-02" } } });
  expect(read({ set: "", ...fields })).toEqual({
    op: "update",
    changes: { labels: ["errand"], due: { date: "2027-01-02" } },
    label: "errand",
  });
  expect(read({ set: "priority 1", ...fields })).toEqual({ op: "update", changes: { priority: 1 } });
  expect(read({ set: "", label: "", day: "" })).toEqual({ op: "update", changes: {} });
});

for (const set of ["colour red", "due someday", "priority 4", "priority high", "list inbox", "null"]) {
  test(`“${set}” is no button of ours`, () => {
    expect(read({ set })).toBeUndefined();
  });
}

test("a label with a comma, or a day that is none, is refused", () => {
  expect(read({ set: "label", label: "a,b" })).toBeUndefined();
  expect(read({ set: "day", day: "tomorrow" })).toBeUndefined();
});
