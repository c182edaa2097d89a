import fc from "fast-check";
import { expect, test } from "vitest";
import { comingTitles, foreseen, foreseenLists } from "#app/components/task/optimistic.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

const TASKS = ["a", "b", "c", "d"].map((id) => ({ id, status: "open" }) as TaskView);

/** A Wednesday. */
const CALENDAR = { today: "2026-11-25", weekStart: 1, clock: "24" as const };

function form(...entries: [string, string][]): FormData {
  const sent = new FormData();
  for (const [name, value] of entries) sent.append(name, value);
  return sent;
}

function ids(...forms: FormData[]): string {
  return foreseen(TASKS, forms, CALENDAR)
    .map(({ task }) => task.id)
    .join("");
}

test("with nothing on its way, rows are the tasks", () => {
  expect(foreseen(TASKS, [], CALENDAR)).toEqual(TASKS.map((task) => ({ task, isDone: false, isPending: false })));
});

test("a task on its way to being done is checked, and the others are not", () => {
  const rows = foreseen(TASKS, [form(["id", "b"], ["intent", "complete"])], CALENDAR);
  expect(rows.map(({ isDone }) => isDone)).toEqual([false, true, false, false]);
  expect(rows.map(({ isPending }) => isPending)).toEqual([false, true, false, false]);
});

test("the last word on a task counts", () => {
  const rows = foreseen(TASKS, [form(["id", "b"], ["intent", "complete"]), form(["id", "b"], ["intent", "reopen"])], CALENDAR);
  expect(rows[1]?.isDone).toBe(false);
});

test("a task on its way to the trash is gone", () => {
  expect(ids(form(["id", "b"], ["intent", "delete"]))).toBe("acd");
});

test("a task stays in sight while its editor is on its way to the trash with it: what was typed may come back", () => {
  expect(ids(form(["id", "b"], ["intent", "delete"], ["title", "typed"]))).toBe("abcd");
});

test("several tasks on their way are done, in the trash, or of another priority", () => {
  const several = (set: string) => form(["id", "b"], ["id", "d"], ["intent", "bulk"], ["set", set]);
  expect(ids(several("trash"))).toBe("ac");
  expect(foreseen(TASKS, [several("done")], CALENDAR).map(({ isDone }) => isDone)).toEqual([false, true, false, true]);
  expect(foreseen(TASKS, [several("priority 3")], CALENDAR).map(({ task }) => task.priority)).toEqual([undefined, 3, undefined, 3]);
});

test("several tasks on their way to a list, a label or a day say so", () => {
  const tasks = [
    {
      id: "b",
      status: "open",
      listId: null,
      labels: ["x"],
      dueLabel: { text: "Fri 4 Dec", tone: "plain" },
      timeLabel: null,
      isOverdue: true,
    } as unknown as TaskView,
  ];
  const changed = (set: string, label = "", day = "") =>
    foreseen(tasks, [form(["id", "b"], ["intent", "bulk"], ["set", set], ["label", label], ["day", day])], CALENDAR)[0];
  expect(changed("list 7")).toMatchObject({ isPending: true, task: { listId: "7" } });
  expect(changed("list ")?.task.listId).toBeNull();
  expect(changed("label", " #y ")?.task.labels).toEqual(["x", "y"]);
  expect(changed("label", "x")?.task.labels).toEqual(["x"]);
  expect(changed("label", " ")?.task.labels).toEqual(["x"]);
  expect(changed("due tomorrow")?.task).toMatchObject({ dueLabel: { text: "Tomorrow" }, isOverdue: false });
  expect(changed("due weekend")).toMatchObject({ isPending: true, task: { dueLabel: { text: "Sat 28 Nov", tone: "plain" } } });
  expect(changed("due next-week")?.task.dueLabel?.text).toBe("Mon 30 Nov");
  expect(changed("due none")?.task).toMatchObject({ dueLabel: null, isOverdue: false });
  expect(changed("day", "", "2027-01-02")?.task.dueLabel?.text).toBe("Sat 2 Jan 2027");
  expect(changed("day", "", "2026-11-20")?.task).toMatchObject({ dueLabel: { text: "Fri 20 Nov", tone: "late" }, isOverdue: true });
  expect(changed("day")?.task).toEqual(tasks[0]);
  expect(changed("unlabel", "x")?.task.labels).toEqual([]);
  expect(changed("", "y", "2026-11-25")?.task).toMatchObject({ labels: ["x", "y"], dueLabel: { text: "Today", tone: "soon" } });
  expect(foreseen(tasks, [form(["intent", "move-overdue"])], CALENDAR)[0]?.task).toMatchObject({
    dueLabel: { text: "Today" },
    isOverdue: false,
  });
});

test("a task that is put off keeps its time", () => {
  const timed = { id: "b", labels: [], timeLabel: "09:30" } as unknown as TaskView;
  const text = (set: string) => foreseen([timed], [form(["id", "b"], ["intent", "bulk"], ["set", set])], CALENDAR)[0]?.task.dueLabel?.text;
  expect(text("due tomorrow")).toBe("Tomorrow 09:30");
  expect(text("due today")).toBe("09:30");
});

test("a task whose editor is on its way says what was typed", () => {
  const task = {
    id: "b",
    title: "Before",
    listId: "7",
    labels: [],
    due: { date: "2026-12-04", time: "09:30", timezone: null },
    dueLabel: { text: "Fri 4 Dec 09:30", tone: "plain" },
    timeLabel: "09:30",
  } as unknown as TaskView;
  const typed = { id: "b", intent: "update", title: " After ", priority: "3", labels: "#x, y, x", due: "2026-12-04", time: "09:30" };
  const edited = (fields: object) => foreseen([task], [form(...Object.entries({ ...typed, ...fields }))], CALENDAR)[0]?.task;
  expect(edited({})).toMatchObject({ title: "After", priority: 3, labels: ["x", "y"], listId: "7", dueLabel: task.dueLabel });
  expect(edited({ title: " ", list: "" })).toMatchObject({ title: "Before", listId: null });
  expect(edited({ due: "2026-11-26", time: "" })?.dueLabel?.text).toBe("Tomorrow");
  expect(edited({ time: "10:00" })?.dueLabel?.text).toBe("Fri 4 Dec 10:00");
  expect(edited({ due: "", time: "" })).toMatchObject({ dueLabel: null, timeLabel: null });
});

test("lists change places on their way", () => {
  const lists = [{ id: "a" }, { id: "b" }, { id: "c" }];
  const order = (...forms: FormData[]) =>
    foreseenLists(lists, forms)
      .map(({ id }) => id)
      .join("");
  expect(order(form(["intent", "move-list"], ["id", "c"], ["place", "before b"]))).toBe("acb");
  expect(order(form(["intent", "move"], ["id", "c"], ["place", "before b"]))).toBe("abc");
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
  expect(comingTitles(forms, "a")).toEqual(["Sub"]);
  expect(comingTitles(forms, "b")).toEqual([]);
  expect(comingTitles([form(["intent", "create-lines"], ["lines", "- Three\n  - below\n- Four"])])).toEqual(["Three", "Four"]);
});
