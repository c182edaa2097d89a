import { expect, test } from "vitest";
import { taskDetails } from "#app/pages/task-details.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { userNowAt } from "#app/time.ts";

const viewer = { userNow: userNowAt(Temporal.Instant.from("2026-11-25T12:00Z"), "UTC") };

function task(fields: Partial<Task>): Task {
  return {
    id: "1",
    title: "Pay rent",
    status: "open",
    due: null,
    startDate: null,
    listId: null,
    parentId: null,
    deletedAt: null,
    ...fields,
  } as Task;
}

function due(date: string) {
  return { due: { date, time: null, timezone: null } };
}

/** The link of a message about one task. */
function shown(page: string, fields: Partial<Task>) {
  return taskDetails(new URL(page, "http://localhost"), [task(fields)], viewer).show;
}

function shownOfTwo(page: string, one: Partial<Task>, other: Partial<Task>) {
  return taskDetails(new URL(page, "http://localhost"), [task(one), task(other)], viewer).show;
}

test("one task is named by its title, several by their number", () => {
  const url = new URL("http://localhost/inbox");
  expect(taskDetails(url, [task({})], viewer)).toEqual({ title: "Pay rent", show: undefined });
  expect(taskDetails(url, [task({}), task({})], viewer)).toEqual({ count: 2, show: undefined });
});

for (const [page, fields] of [
  ["/today", due("2026-11-25")],
  ["/today", due("2026-11-20")],
  ["/today", { status: "done" }],
  ["/upcoming", due("2026-12-09")],
  ["/inbox", {}],
  ["/lists/7", { listId: "7" }],
  ["/tasks", { listId: "7" }],
  ["/tasks?status=done", { status: "done" }],
  ["/tasks?status=all&sort=title", { status: "done" }],
  ["/task/1", { status: "done" }],
  ["/task/9", { parentId: "9" }],
  ["/trash", { deletedAt: "2026-11-25T12:00:00.000Z" }],
] as [string, Partial<Task>][])
  test(`${page} still shows ${JSON.stringify(fields)}`, () => {
    expect(shown(page, fields)).toBeUndefined();
  });

for (const [page, fields] of [
  ["/today", due("2026-11-26")],
  ["/today", {}],
  ["/today", { ...due("2026-11-25"), startDate: "2026-11-30" }],
  ["/upcoming", due("2026-11-25")],
  ["/upcoming", due("2026-12-10")],
  ["/upcoming", { ...due("2026-11-26"), status: "done" }],
  ["/inbox", { listId: "7" }],
  ["/inbox", { parentId: "9" }],
  ["/lists/7", { listId: "8" }],
  ["/tasks", { status: "done" }],
  ["/tasks?status=done", {}],
  ["/tasks?label=home", {}],
  ["/trash", {}],
] as [string, Partial<Task>][])
  test(`${page} does not show ${JSON.stringify(fields)} any more, so a message links to it`, () => {
    expect(shown(page, fields)).toBe("/task/1");
  });

test("a deleted task is in the trash", () => {
  expect(shown("/today", { deletedAt: "2026-11-25T12:00:00.000Z" })).toBe("/trash");
});

test("several tasks are shown on the page that has all of them", () => {
  const tomorrow = due("2026-11-26");
  expect(shownOfTwo("/today", tomorrow, tomorrow)).toBe("/upcoming");
  expect(shownOfTwo("/today", tomorrow, due("2026-11-25"))).toBe("/tasks");
  expect(shownOfTwo("/upcoming", { status: "done" }, { status: "done" })).toBe("/tasks?status=done");
  expect(shownOfTwo("/today", { listId: "7" }, { listId: "7" })).toBe("/lists/7");
  expect(shownOfTwo("/today", {}, {})).toBe("/inbox");
  expect(taskDetails(new URL("http://localhost/today"), [task(tomorrow), task(tomorrow)], viewer, "/lists/7").show).toBe("/lists/7");
});
