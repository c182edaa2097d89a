import fc from "fast-check";
import { expect, test } from "vitest";
import { comingTitles, foreseen } from "#app/components/foreseen.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

const TASKS = ["a", "b", "c", "d"].map((id) => ({ id, status: "open" }) as TaskView);

function form(...entries: [string, string][]): FormData {
  const sent = new FormData();
  for (const [name, value] of entries) sent.append(name, value);
  return sent;
}

function ids(...forms: FormData[]): string {
  return foreseen(TASKS, forms)
    .map(({ task }) => task.id)
    .join("");
}

test("with nothing on its way, rows are the tasks", () => {
  expect(foreseen(TASKS, [])).toEqual(TASKS.map((task) => ({ task, isDone: false, isPending: false })));
});

test("a task on its way to being done is checked, and the others are not", () => {
  const rows = foreseen(TASKS, [form(["id", "b"], ["intent", "complete"])]);
  expect(rows.map(({ isDone }) => isDone)).toEqual([false, true, false, false]);
  expect(rows.map(({ isPending }) => isPending)).toEqual([false, true, false, false]);
});

test("the last word on a task counts", () => {
  const rows = foreseen(TASKS, [form(["id", "b"], ["intent", "complete"]), form(["id", "b"], ["intent", "reopen"])]);
  expect(rows[1]?.isDone).toBe(false);
});

test("a task on its way to the trash is gone", () => {
  expect(ids(form(["id", "b"], ["intent", "delete"]))).toBe("acd");
});

test("several tasks on their way are done, in the trash, or of another priority", () => {
  const several = (set: string) => form(["id", "b"], ["id", "d"], ["intent", "bulk"], ["set", set]);
  expect(ids(several("trash"))).toBe("ac");
  expect(foreseen(TASKS, [several("done")]).map(({ isDone }) => isDone)).toEqual([false, true, false, true]);
  expect(foreseen(TASKS, [several("priority 3")]).map(({ task }) => task.priority)).toEqual([undefined, 3, undefined, 3]);
});

test("moves follow each other", () => {
  expect(
    ids(form(["id", "a"], ["intent", "move"], ["place", "after b"]), form(["id", "a"], ["intent", "move"], ["place", "after c"])),
  ).toBe("bcad");
});

test("a move among tasks that are not here changes nothing", () => {
  expect(ids(form(["id", "a"], ["intent", "move"], ["place", "after z"]))).toBe("abcd");
  expect(ids(form(["id", "z"], ["intent", "move"], ["place", "after a"]))).toBe("abcd");
});

test("a moved task stands beside its neighbour, and the others keep their order", () => {
  const letter = fc.constantFrom("a", "b", "c", "d");
  fc.assert(
    fc.property(letter, letter, fc.boolean(), (id, neighbour, isAfter) => {
      fc.pre(id !== neighbour);
      const order = ids(form(["id", id], ["intent", "move"], ["place", `${isAfter ? "after" : "before"} ${neighbour}`]));
      expect(order).toContain(isAfter ? neighbour + id : id + neighbour);
      expect(order.replace(id, "")).toBe("abcd".replace(id, ""));
    }),
  );
});

test("tasks that are being added are named in their order, and subtasks are none of this list's", () => {
  const forms = [
    form(["intent", "create"], ["title", "One"]),
    form(["intent", "create"], ["title", "Two"]),
    form(["intent", "create"], ["title", "Sub"], ["parent", "a"]),
    form(["intent", "update"], ["title", "Other"]),
  ];
  expect(comingTitles(forms)).toEqual(["One", "Two"]);
  expect(comingTitles([form(["intent", "create-lines"], ["lines", "- Three\n  - below\n- Four"])])).toEqual(["Three", "Four"]);
});
