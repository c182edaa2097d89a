import { expect, test } from "vitest";
import { readTaskForm } from "#app/tasks/task-form.ts";

test("a form with a title alone is a task", () => {
  expect(readTaskForm({ title: " Pay rent " })).toEqual({
    success: true,
    input: { title: "Pay rent", notes: "", status: "open", priority: 0, due: null },
    values: { title: " Pay rent ", notes: "", priority: "0", due: "" },
  });
});

test("every field of a form arrives, and a line break as one character", () => {
  const read = readTaskForm({ title: "t", notes: "one\r\ntwo\rthree\nfour", priority: "3", due: "2026-12-01" });
  expect(read).toMatchObject({
    success: true,
    input: { notes: "one\ntwo\rthree\nfour", priority: 3, due: { date: "2026-12-01" } },
  });
});

test("what was typed comes back as it was, with one message beside each field that is wrong", () => {
  const typed = { title: "  ", notes: "x".repeat(20_001), priority: "high", due: "2026-02-30" };
  const read = readTaskForm(typed);
  expect(read.success).toBe(false);
  expect(read.values).toEqual(typed);
  expect(!read.success && Object.keys(read.errors).toSorted()).toEqual(["due", "notes", "priority", "title"]);
});

test("a form can't finish a task or name one", () => {
  expect(readTaskForm({ title: "t", status: "done", id: "1" })).toMatchObject({ success: true, input: { status: "open" } });
});
