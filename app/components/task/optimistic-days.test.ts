import { expect, test } from "vitest";
import { optimisticDays } from "#app/components/task/optimistic-days.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

const CALENDAR = { today: "2026-11-29", weekStart: 1, clock: "24" as const };

function task(id: string, date: string, time: string | null = null, priority = 0): TaskView {
  return {
    id,
    status: "open",
    labels: [],
    priority,
    timeLabel: time,
    due: { date, time, timezone: null },
    dueDay: date,
  } as unknown as TaskView;
}

const DAYS = {
  "2026-11-30": [task("a", "2026-11-30", "09:00"), task("b", "2026-11-30", null, 2)],
  "2026-12-01": [
    task("c", "2026-12-01", "08:00"),
    task("d", "2026-12-01", "10:00"),
    task("e", "2026-12-01", null, 3),
    task("f", "2026-12-01"),
  ],
  "2026-12-02": [],
};

function ids(...moves: [id: string, set: string, day?: string][]): Record<string, string> {
  const forms = moves.map(([id, set, day = ""]) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ intent: "bulk", id, set, day })) form.append(name, value);
    return form;
  });
  const sections = optimisticDays(DAYS, forms, CALENDAR);
  return Object.fromEntries(Object.entries(sections).map(([day, tasks]) => [day, tasks.map(({ id }) => id).join("")]));
}

test("a task with a pending new day is shown under it, by time and then priority", () => {
  expect(ids()).toEqual({ "2026-11-30": "ab", "2026-12-01": "cdef", "2026-12-02": "" });
  expect(ids(["a", "day", "2026-12-01"])).toEqual({ "2026-11-30": "b", "2026-12-01": "cadef", "2026-12-02": "" });
  expect(ids(["b", "day", "2026-12-01"])).toEqual({ "2026-11-30": "a", "2026-12-01": "cdebf", "2026-12-02": "" });
  expect(ids(["c", "day", "2026-12-02"], ["c", "day", "2026-11-30"])).toEqual({
    "2026-11-30": "cab",
    "2026-12-01": "def",
    "2026-12-02": "",
  });
});

test("a task that leaves the days stays in place until the server answers", () => {
  const unchanged = ids();
  for (const set of ["due none", "due today", "trash"]) expect(ids(["c", set])).toEqual(unchanged);
  expect(ids(["c", "day", "2027-01-01"])).toEqual(unchanged);
});

test("the tasks themselves are the server's", () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ intent: "bulk", id: "a", set: "day", day: "2026-12-02" })) form.append(name, value);
  expect(optimisticDays(DAYS, [form], CALENDAR)["2026-12-02"]?.[0]).toBe(DAYS["2026-11-30"][0]);
});
