import fc from "fast-check";
import { expect, test } from "vitest";
import { optimisticLists, optimisticRows, pendingTitles } from "#app/components/task/optimistic.ts";
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
  return optimisticRows(TASKS, forms, CALENDAR)
    .map(({ task }) => task.id)
    .join("");
}

test("without pending forms, rows are the tasks", () => {
  expect(optimisticRows(TASKS, [], CALENDAR)).toEqual(TASKS.map((task) => ({ task, isDone: false, isPending: false })));
});

test("a pending completion marks its task as done and no other", () => {
  const rows = optimisticRows(TASKS, [form(["id", "b"], ["intent", "complete"])], CALENDAR);
  expect(rows.map(({ isDone }) => isDone)).toEqual([false, true, false, false]);
  expect(rows.map(({ isPending }) => isPending)).toEqual([false, true, false, false]);
});

test("the last pending form for a task wins", () => {
  const rows = optimisticRows(TASKS, [form(["id", "b"], ["intent", "complete"]), form(["id", "b"], ["intent", "reopen"])], CALENDAR);
  expect(rows[1]?.isDone).toBe(false);
});

test("a pending deletion hides the task", () => {
  expect(ids(form(["id", "b"], ["intent", "delete"]))).toBe("acd");
});

test("a pending deletion from an editor keeps the task visible, because its values may be rejected", () => {
  expect(ids(form(["id", "b"], ["intent", "delete"], ["title", "typed"]))).toBe("abcd");
});

test("a pending bulk form completes, deletes or prioritizes its tasks", () => {
  const bulk = (set: string) => form(["id", "b"], ["id", "d"], ["intent", "bulk"], ["set", set]);
  expect(ids(bulk("trash"))).toBe("ac");
  expect(optimisticRows(TASKS, [bulk("done")], CALENDAR).map(({ isDone }) => isDone)).toEqual([false, true, false, true]);
  expect(optimisticRows(TASKS, [bulk("priority 3")], CALENDAR).map(({ task }) => task.priority)).toEqual([undefined, 3, undefined, 3]);
});

test("a subtask goes along with its parent to another list, and nowhere by itself", () => {
  const tasks = [
    { id: "a", status: "open", parentId: null, listId: "1" },
    { id: "b", status: "open", parentId: "a", listId: "1" },
    { id: "c", status: "open", parentId: "elsewhere", listId: "1" },
  ] as TaskView[];
  const listsAfter = (...ids: string[]) => {
    const sent = form(["intent", "bulk"], ["set", "list 7"], ...ids.map((id): [string, string] => ["id", id]));
    return optimisticRows(tasks, [sent], CALENDAR).map(({ task }) => task.listId);
  };
  expect(listsAfter("a")).toEqual(["7", "7", "1"]);
  expect(listsAfter("b", "c")).toEqual(["1", "1", "1"]);
});

test("a pending bulk form sets the list, the labels or the day of its tasks", () => {
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
    optimisticRows(tasks, [form(["id", "b"], ["intent", "bulk"], ["set", set], ["label", label], ["day", day])], CALENDAR)[0];
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
  expect(optimisticRows(tasks, [form(["intent", "move-overdue"])], CALENDAR)[0]?.task).toMatchObject({
    dueLabel: { text: "Today" },
    isOverdue: false,
  });
});

test("a rescheduled task keeps its time of day", () => {
  const timed = { id: "b", labels: [], timeLabel: "09:30" } as unknown as TaskView;
  const text = (set: string) =>
    optimisticRows([timed], [form(["id", "b"], ["intent", "bulk"], ["set", set])], CALENDAR)[0]?.task.dueLabel?.text;
  expect(text("due tomorrow")).toBe("Tomorrow 09:30");
  expect(text("due today")).toBe("09:30");
});

test("a time in another zone keeps its distance from the user's day, also through several pending forms", () => {
  const due = { date: "2026-12-04", time: "09:30", timezone: "Pacific/Kiritimati" };
  const task = { id: "b", labels: [], due, dueDay: "2026-12-03", timeLabel: "19:30" } as unknown as TaskView;
  const moved = (...days: string[]) =>
    optimisticRows(
      [task],
      days.map((day) => form(["id", "b"], ["intent", "bulk"], ["set", "day"], ["day", day])),
      CALENDAR,
    )[0]?.task;
  const expected = { due: { ...due, date: "2026-12-01" }, dueDay: "2026-11-30", dueLabel: { text: "Mon 30 Nov 19:30" } };
  expect(moved("2026-12-01")).toMatchObject(expected);
  expect(moved("2027-01-02", "2026-12-01")).toMatchObject(expected);
});

test("a pending edit shows the values of the editor", () => {
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
  const edited = (fields: object) => optimisticRows([task], [form(...Object.entries({ ...typed, ...fields }))], CALENDAR)[0]?.task;
  expect(edited({})).toMatchObject({ title: "After", priority: 3, labels: ["x", "y"], listId: "7", dueLabel: task.dueLabel });
  expect(edited({ title: " ", list: "" })).toMatchObject({ title: "Before", listId: null });
  expect(edited({ due: "2026-11-26", time: "" })?.dueLabel?.text).toBe("Tomorrow");
  expect(edited({ time: "10:00" })?.dueLabel?.text).toBe("Fri 4 Dec 10:00");
  expect(edited({ due: "", time: "" })).toMatchObject({ dueLabel: null, timeLabel: null });
});

test("a pending move reorders the lists", () => {
  const lists = [{ id: "a" }, { id: "b" }, { id: "c" }];
  const order = (...forms: FormData[]) =>
    optimisticLists(lists, forms)
      .map(({ id }) => id)
      .join("");
  expect(order(form(["intent", "move-list"], ["id", "c"], ["place", "before b"]))).toBe("acb");
  expect(order(form(["intent", "move"], ["id", "c"], ["place", "before b"]))).toBe("abc");
});

test("pending moves are applied in order", () => {
  expect(
    ids(form(["id", "a"], ["intent", "move"], ["place", "after b"]), form(["id", "a"], ["intent", "move"], ["place", "after c"])),
  ).toBe("bcad");
});

test("a move of or beside an unknown task changes nothing", () => {
  expect(ids(form(["id", "a"], ["intent", "move"], ["place", "after z"]))).toBe("abcd");
  expect(ids(form(["id", "z"], ["intent", "move"], ["place", "after a"]))).toBe("abcd");
});

test("a moved task is beside its neighbour, and the others keep their order", () => {
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

test("pending titles are in order, and those of subtasks are listed by parent", () => {
  const forms = [
    form(["intent", "create"], ["title", "One"]),
    form(["intent", "create"], ["title", "Two"]),
    form(["intent", "create"], ["title", "Sub"], ["parent", "a"]),
    form(["intent", "update"], ["title", "Other"]),
  ];
  expect(pendingTitles(forms)).toEqual(["One", "Two"]);
  expect(pendingTitles(forms, "a")).toEqual(["Sub"]);
  expect(pendingTitles(forms, "b")).toEqual([]);
  expect(pendingTitles([form(["intent", "create-lines"], ["lines", "- Three\n  - below\n- Four"])])).toEqual(["Three", "Four"]);
});
