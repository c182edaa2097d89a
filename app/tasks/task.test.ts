import fc from "fast-check";
import { expect, test } from "vitest";
import type { z } from "zod";
import { CalendarDate, TaskChanges, TaskId, TaskInput, TaskInputJson, TaskReplacementJson } from "#app/tasks/task.ts";

function accepts(schema: z.ZodType, value: unknown): boolean {
  return schema.safeParse(value).success;
}

function refused(schema: z.ZodType, value: unknown): string[] {
  return schema.safeParse(value).error?.issues.map((issue) => issue.path.join(".")) ?? [];
}

test("a new task needs a title only", () => {
  expect(TaskInput.parse({ title: "Pay rent" })).toEqual({
    title: "Pay rent",
    notes: "",
    status: "open",
    listId: null,
    parentId: null,
    labels: [],
    priority: 0,
    due: null,
    startDate: null,
    recurrence: null,
    externalId: null,
  });
});

test("a title is trimmed and otherwise unchanged", () => {
  expect(TaskInput.parse({ title: " \t\u00a0 a  b\tc \n" }).title).toBe("a  b\tc");
});

test("an empty or blank title is rejected", () => {
  for (const title of ["", " ", "\n\t\u2003"]) expect(refused(TaskInput, { title })).toEqual(["title"]);
});

test("a title has up to 500 code points", () => {
  expect(accepts(TaskInput, { title: "x".repeat(500) })).toBe(true);
  expect(accepts(TaskInput, { title: "🦊".repeat(500) })).toBe(true);
  expect(accepts(TaskInput, { title: ` ${"x".repeat(500)} ` })).toBe(true);
  expect(refused(TaskInput, { title: "x".repeat(501) })).toEqual(["title"]);
  expect(refused(TaskInput, { title: "🦊".repeat(501) })).toEqual(["title"]);
});

test("notes are unchanged, up to 20,000 characters", () => {
  expect(TaskInput.parse({ title: "t", notes: "  # Heading\r\n\n " }).notes).toBe("  # Heading\r\n\n ");
  expect(accepts(TaskInput, { title: "t", notes: "🦊".repeat(20_000) })).toBe(true);
  expect(refused(TaskInput, { title: "t", notes: "x".repeat(20_001) })).toEqual(["notes"]);
});

test("text that Postgres can't store is rejected", () => {
  for (const text of ["a\0b", "\ud83e", "\udd8a", "\udd8a\ud83e"]) {
    expect(refused(TaskInput, { title: text })).toEqual(["title"]);
    expect(refused(TaskInput, { title: "t", notes: text })).toEqual(["notes"]);
    expect(refused(TaskChanges, { title: text, notes: text })).toEqual(["title", "notes"]);
  }
});

test("every accepted title has 1 to 500 well-formed code points without surrounding space", () => {
  const piece = fc.constantFrom("a", " ", "\t", "\u00a0", "\u2028", "\ufeff", "é", "🦊", "\ud83e", "\udd8a", "\0", "x".repeat(499));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const typed = pieces.join("");
      const title = TaskInput.safeParse({ title: typed }).data?.title;
      if (title === undefined) return;
      expect([...title].length).toBeGreaterThan(0);
      expect([...title].length).toBeLessThanOrEqual(500);
      expect(title).toBe(title.trim());
      expect(title.isWellFormed() && !title.includes("\0")).toBe(true);
    }),
  );
});

test("all invalid fields are reported at once", () => {
  const bad = { title: "", notes: 1, status: "later", priority: 4, due: { date: "tomorrow" }, colour: "red" };
  expect(refused(TaskInput, bad).toSorted()).toEqual(["", "due.date", "notes", "priority", "status", "title"]);
});

test("a priority is a whole number from 0 to 3", () => {
  for (const priority of [0, 1, 2, 3]) expect(accepts(TaskInput, { title: "t", priority })).toBe(true);
  for (const priority of [-1, 4, 1.5, "1", true, Number.NaN]) expect(refused(TaskInput, { title: "t", priority })).toEqual(["priority"]);
});

test("a due date is an existing day of the years 1 to 9999", () => {
  for (const day of ["2026-12-31", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"]) expect(accepts(CalendarDate, day)).toBe(true);
  const none = ["2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01", "-001-01-01"];
  const malformed = ["2026-1-1", "20260101", "2026-01-01T00:00:00Z", "+002026-01-01", "10000-01-01", " 2026-01-01", "2026-01-01\n", ""];
  for (const day of [...none, ...malformed]) expect(accepts(CalendarDate, day), day).toBe(false);
});

test("a date is accepted exactly if the calendar has it", () => {
  const part = (maximum: number) => fc.integer({ min: 0, max: maximum }).map((number) => String(number).padStart(2, "0"));
  const year = fc.integer({ min: 1, max: 9999 }).map((number) => String(number).padStart(4, "0"));
  fc.assert(
    fc.property(year, part(13), part(32), (y, m, d) => {
      const isDay = (() => {
        try {
          Temporal.PlainDate.from({ year: Number(y), month: Number(m), day: Number(d) }, { overflow: "reject" });
          return true;
        } catch {
          return false;
        }
      })();
      expect(accepts(CalendarDate, `${y}-${m}-${d}`)).toBe(isDay);
    }),
  );
});

test("a due has a date, a time and a zone, and nothing else", () => {
  expect(refused(TaskInput, { title: "t", due: { date: "2026-12-01", year: 2026 } })).toEqual(["due"]);
  expect(refused(TaskInput, { title: "t", due: {} })).toEqual(["due.date"]);
  expect(refused(TaskInput, { title: "t", due: "2026-12-01" })).toEqual(["due"]);
});

test("null in changes clears what can be cleared", () => {
  expect(TaskChanges.parse({ notes: null, priority: null, due: null })).toEqual({ notes: "", priority: 0, due: null });
  expect(refused(TaskChanges, { title: null, status: null })).toEqual(["title", "status"]);
});

test("absent fields of changes stay absent", () => {
  expect(TaskChanges.parse({})).toEqual({});
  expect(Object.keys(TaskChanges.parse({ priority: 1 }))).toEqual(["priority"]);
});

test("a replacement reports every missing field", () => {
  expect(refused(TaskReplacementJson, {}).toSorted()).toEqual(Object.keys(TaskInputJson.shape).toSorted());
  expect(accepts(TaskReplacementJson, TaskInputJson.parse({ title: "t", status: "done" }))).toBe(true);
});

test("a task id is a UUID", () => {
  expect(accepts(TaskId, "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001")).toBe(true);
  for (const id of ["", "1", "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be00", "0199a3c25c0e7d4e9a531f0d7a4be001", "..", "\0"]) {
    expect(accepts(TaskId, id)).toBe(false);
  }
});

test("labels are up to 20 distinct texts of 1 to 50 characters without commas", () => {
  const labels = Array.from({ length: 20 }, (_, index) => `label ${index}`);
  expect(TaskInput.parse({ title: "t", labels: [...labels.slice(1), " 🦊 "] }).labels).toContain("🦊");
  for (const bad of [
    [...labels, "one more"],
    ["a", "a"],
    ["a", " a "],
  ])
    expect(refused(TaskInput, { title: "t", labels: bad })).toEqual(["labels"]);
  for (const label of ["", " ", "a,b", "x".repeat(51), "a\0b"])
    expect(refused(TaskInput, { title: "t", labels: [label] })[0]).toBe("labels.0");
  expect(TaskChanges.parse({ labels: null })).toEqual({ labels: [] });
});

test("a due time is a wall time, and its zone has an IANA name", () => {
  const due = { date: "2026-12-01", time: "23:59", timezone: "Asia/Kathmandu" };
  expect(TaskInput.parse({ title: "t", due }).due).toEqual(due);
  expect(TaskInput.parse({ title: "t", due: { date: "2026-12-01" } }).due).toEqual({ date: "2026-12-01", time: null, timezone: null });
  for (const time of ["24:00", "9:00", "12:60", "12:00:00", "", "noon"]) {
    expect(refused(TaskInput, { title: "t", due: { ...due, time } })).toEqual(["due.time"]);
    expect(refused(TaskChanges, { due: { time } })).toEqual(["due.time"]);
  }
  for (const timezone of ["+02:00", "Mars/Olympus", ""])
    expect(refused(TaskInput, { title: "t", due: { ...due, timezone } })).toEqual(["due.timezone"]);
});

test("list, parent and external ids must be well-formed", () => {
  expect(refused(TaskInput, { title: "t", list_id: "inbox", parent_id: "1", external_id: " " })).toEqual([
    "list_id",
    "parent_id",
    "external_id",
  ]);
  expect(refused(TaskInput, { title: "t", external_id: "x".repeat(201) })).toEqual(["external_id"]);
  expect(TaskChanges.parse({ list_id: null, parent_id: null, external_id: null, start_date: null, recurrence: null })).toEqual({
    listId: null,
    parentId: null,
    externalId: null,
    startDate: null,
    recurrence: null,
  });
});
