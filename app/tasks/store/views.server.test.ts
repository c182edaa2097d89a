import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { changesOf } from "#app/changes/changes.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import type { Timestamp } from "#app/db/schema.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { sideBarOf } from "#app/lists/side-bar.server.ts";
import { dueDay, isOverdue, passedWallTimes } from "#app/tasks/dates.ts";
import { TaskFilter } from "#app/tasks/filter.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task, TaskInput } from "#app/tasks/task.ts";
import { make, makeList, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";
import { nextDayOr, type UserNow, userNowAt } from "#app/time.ts";

const ZONES = [
  "Etc/GMT+12",
  "Pacific/Pago_Pago",
  "America/New_York",
  "America/Nuuk",
  "UTC",
  "Europe/Lisbon",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
];

/** A Sunday with 23 hours in Lisbon, after a Saturday with 23 in Nuuk, and a week before a Sunday with 24½ in Lord Howe. */
const MIDDLE = Temporal.PlainDate.from("2026-03-29");

const day = fc.integer({ min: -3, max: 18 }).map((days) => MIDDLE.add({ days }).toString());
const time = fc.constantFrom("00:00", "00:30", "01:30", "02:00", "12:00", "23:00", "23:30", "23:59");
const due = fc.oneof(
  fc.record({ date: day, time: fc.option(time), timezone: fc.constant(null) }),
  fc.record({ date: day, time, timezone: fc.constantFrom(...ZONES) }),
);
const someTask: fc.Arbitrary<TaskInput> = fc
  .record({
    status: fc.constantFrom<TaskInput["status"][]>("open", "open", "open", "done"),
    due: fc.option(due, { freq: 8 }),
    start_date: fc.option(day),
    priority: fc.integer({ min: 0, max: 3 }),
  })
  .filter((fields) => !fields.start_date || !fields.due || fields.start_date <= fields.due.date)
  .map(taskInput);
const userNow = fc
  .tuple(fc.integer({ min: -3 * 1440, max: 3 * 1440 }), fc.constantFrom(0, 0, 1, 59), fc.constantFrom(...ZONES))
  .map(([minutes, seconds, timezone]) =>
    userNowAt(
      MIDDLE.toZonedDateTime("UTC")
        .toInstant()
        .add({ seconds: minutes * 60 + seconds }),
      timezone,
    ),
  );

/** The views that a task belongs to, computed without SQL. */
function belongs({ status, startDate, due, listId, parentId }: Task, userNow: UserNow) {
  const isOpen = status === "open";
  const isStarted = startDate === null || startDate <= userNow.today.toString();
  const days = due && userNow.today.until(dueDay(due, userNow)).days;
  return {
    overdue: isOpen && isStarted && due !== null && isOverdue(due, userNow),
    today: isOpen && isStarted && days !== null && days <= 0,
    upcoming: isOpen && isStarted && days !== null && days > 0 && days <= 14,
    inbox: isOpen && listId === null && parentId === null,
  };
}

/** No task becomes overdue before the time that the side bar names, or the minute that it names in an hour without an order. */
async function expectNothingBeforeNextDue(user: UserRef, tasks: Task[], now: UserNow): Promise<void> {
  const next = nextDayOr((await sideBarOf(user, now)).nextDue, now);
  if (passedWallTimes(now).length > 1) return expect(next.epochMilliseconds - now.now.epochMilliseconds).toBeLessThanOrEqual(60_000);
  const overdueAt = (instant: Temporal.Instant) => {
    const then = { ...userNowAt(instant, now.timezone), today: now.today };
    return ids(tasks.filter(({ status, due }) => status === "open" && due && isOverdue(due, then)));
  };
  expect(Temporal.Instant.compare(next, now.now)).toBeGreaterThanOrEqual(0);
  expect(overdueAt(next)).toEqual(overdueAt(now.now));
}

function ids(tasks: Task[] | undefined): string[] {
  return (tasks ?? []).map(({ id }) => id).toSorted();
}

test("at any time and in any zone, every view lists and counts exactly the tasks that the calendar gives", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const made: Task[] = [];
  for (const input of fc.sample(someTask, 80)) made.push(unwrap(await tasks.create(input)));
  for (const { id } of made.splice(0, 10)) unwrap(await tasks.remove(id));
  const list = await makeList(listsOf(user), { name: "Home" });
  for (const { id } of made.splice(0, 10)) made.push(unwrap(await tasks.update(id, { listId: list.id })));
  await fc.assert(
    fc.asyncProperty(userNow, async (now) => {
      const expected = (view: "overdue" | "today" | "upcoming" | "inbox") => ids(made.filter((task) => belongs(task, now)[view]));
      for (const view of ["overdue", "today", "upcoming", "inbox"] as const) {
        expect(ids((await tasks.list({ ...TaskFilter.parse({ view }) }, { limit: 200 }, now))?.tasks), view).toEqual(expected(view));
      }
      expect(ids((await tasks.today(now)).open)).toEqual(expected("today"));
      expect(ids((await tasks.upcoming(now)).tasks)).toEqual(expected("upcoming"));
      await expectNothingBeforeNextDue(user, made, now);
      const { length: inbox } = expected("inbox");
      expect((await sideBarOf(user, now)).counts).toEqual({
        today: expected("today").length,
        upcoming: expected("upcoming").length,
        inbox,
      });
    }),
    { numRuns: 25 },
  );
});

test("a task that is due now is not overdue, and a second later it is, in SQL as in TypeScript", async () => {
  const tasks = tasksOf(await createTestUser());
  const now = Temporal.Instant.from("2026-03-28T12:00:00Z");
  const due = { date: "2026-03-28", time: "13:00" };
  const floating = await make(tasks, { due });
  const fixed = await make(tasks, { due: { date: "2026-03-28", time: "08:00", timezone: "America/New_York" } });
  for (const [seconds, expected] of [
    [-1, []],
    [0, []],
    [1, [floating.id, fixed.id]],
  ] as const) {
    const userNow = userNowAt(now.add({ seconds }), "Europe/Berlin");
    const overdue = await tasks.list(TaskFilter.parse({ view: "overdue" }), { limit: 9 }, userNow);
    expect(ids(overdue?.tasks)).toEqual([...expected].toSorted());
    for (const task of [floating, fixed]) expect(task.due && isOverdue(task.due, userNow)).toBe(expected.some((id) => id === task.id));
  }
});

/** Of the half hours around a change of the clocks in the user's zone: without a zone, and with the user's. */
const CLOCK_CHANGES: [timezone: string, change: string][] = [
  ["Europe/London", "2027-03-28T01:00:00Z"],
  ["Europe/London", "2027-10-31T01:00:00Z"],
  ["America/Nuuk", "2027-03-28T01:00:00Z"],
  ["America/Nuuk", "2027-10-31T01:00:00Z"],
];

test.each(CLOCK_CHANGES)("where the clocks of %s change at %s, SQL and TypeScript agree on every view", async (timezone, change) => {
  const user = { ...(await createTestUser()), timezone };
  const tasks = tasksOf(user);
  const at = Temporal.Instant.from(change);
  const wall = at.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(timezone).toPlainDateTime().add({ nanoseconds: 1 });
  const made: Task[] = [];
  for (const minutes of [-90, -60, -30, 0, 30, 60, 90]) {
    const [date = "", time] = wall.add({ minutes }).toString({ smallestUnit: "minute" }).split("T");
    for (const zone of [null, timezone, "UTC"]) made.push(await make(tasks, { due: { date, time, timezone: zone } }));
    made.push(await make(tasks, { due: { date } }));
  }
  for (const seconds of [-1, 0, 1, 1799, 1801, 3599, 3601, 5401, 7201]) {
    const now = userNowAt(at.add({ seconds }), timezone);
    await expectNothingBeforeNextDue(user, made, now);
    for (const days of [0, -1]) {
      const viewed = { ...now, today: now.today.add({ days }) };
      const expected = (view: "today" | "upcoming") => ids(made.filter((task) => belongs(task, viewed)[view]));
      expect(ids((await tasks.today(viewed)).open)).toEqual(expected("today"));
      expect(ids((await tasks.upcoming(viewed)).tasks)).toEqual(expected("upcoming"));
    }
    const overdue = await tasks.list(TaskFilter.parse({ view: "overdue" }), { limit: 99 }, now);
    expect(ids(overdue?.tasks), `${seconds}`).toEqual(ids(made.filter((task) => belongs(task, now).overdue)));
  }
});

test("a day is sorted by time, then by priority, then in manual order", async () => {
  const tasks = tasksOf(await createTestUser());
  const date = "2026-11-21";
  for (const [title, fields] of [
    ["low", { due: { date }, priority: 1 }],
    ["high", { due: { date }, priority: 3 }],
    ["by hand", { due: { date }, priority: 1 }],
    ["evening", { due: { date, time: "18:00" } }],
    ["morning", { due: { date, time: "08:00" } }],
    // 08:30 in Lisbon, and 23:50 on the day before.
    ["evening in Tokyo", { due: { date, time: "17:30", timezone: "Asia/Tokyo" } }],
    ["morning in Tokyo", { due: { date, time: "08:50", timezone: "Asia/Tokyo" } }],
    ["late", { due: { date: "2026-11-20" } }],
  ] as const) {
    await make(tasks, { title, ...fields });
  }
  const now = userNowAt(Temporal.Instant.from("2026-11-21T12:00:00Z"), "Europe/Lisbon");
  expect((await tasks.today(now)).open.map(({ title }) => title)).toEqual([
    "morning in Tokyo",
    "late",
    "morning",
    "evening in Tokyo",
    "evening",
    "high",
    "low",
    "by hand",
  ]);
});

test("a day that exceeds its page is cut in display order, and says so", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  await changesOf(user).batch(
    Array.from({ length: 150 }, () => ({ op: "create" as const, task: taskInput({ due: { date: "2026-11-20" } }) })),
    { atomic: true },
  );
  const now = userNowAt(Temporal.Instant.from("2026-11-21T12:00:00Z"), "Europe/Lisbon");
  expect(await tasks.today(now)).toMatchObject({ isCut: { open: false, done: false } });
  // 23:50 on the day before in Lisbon.
  const { id } = await make(tasks, { due: { date: "2026-11-21", time: "08:50", timezone: "Asia/Tokyo" } });
  const { open, isCut } = await tasks.today(now);
  expect(open).toHaveLength(150);
  expect(open[0]).toMatchObject({ id });
  expect(isCut).toEqual({ open: true, done: false });
});

test("done today are the tasks completed since the user's day began, latest first", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const first = await make(tasks, { title: "first", status: "done" });
  const second = await make(tasks, { title: "second", status: "done" });
  await make(tasks, { title: "open" });
  const begins = Temporal.Now.plainDateISO("Europe/Lisbon").toZonedDateTime("Europe/Lisbon").toInstant();
  const before = begins.subtract({ milliseconds: 1 });
  await db
    .updateTable("task")
    .set({ completedAt: sql<Timestamp>`${begins.toString()}::timestamptz` })
    .where("id", "=", first.id)
    .execute();
  expect((await tasks.today()).done.map(({ id }) => id)).toEqual([second.id, first.id]);
  await db
    .updateTable("task")
    .set({ completedAt: sql<Timestamp>`${before.toString()}::timestamptz` })
    .where("id", "=", first.id)
    .execute();
  expect(ids((await tasks.today()).done)).toEqual([second.id]);
});

test("each part of a filter narrows the list", async () => {
  const user = await createTestUser();
  const tasks = tasksOf(user);
  const home = await makeList(listsOf(user), { name: "Home" });
  const plain = await make(tasks);
  const listed = await make(tasks, { list_id: home.id, labels: ["a", "b"], priority: 2 });
  const parent = await make(tasks, { list_id: home.id, labels: ["a"], priority: 3, external_id: "x" });
  const subtask = await make(tasks, { parent_id: parent.id, due: { date: "2026-12-01" } });
  const trashed = await make(tasks, { labels: ["a"], external_id: "y" });
  unwrap(await tasks.remove(trashed.id));
  const found = async (filter: Partial<TaskFilter>) =>
    (await tasks.list({ ...TaskFilter.parse({}), ...filter }, { limit: 50 }))?.tasks.map(({ id }) => id);
  expect(await found({})).toEqual([plain.id, listed.id, parent.id, subtask.id]);
  expect(await found({ list_id: home.id })).toEqual([listed.id, parent.id, subtask.id]);
  expect(await found({ topLevelIn: home.id })).toEqual([listed.id, parent.id]);
  expect(await found({ topLevelIn: null })).toEqual([plain.id]);
  expect(await found({ view: "inbox" })).toEqual([plain.id]);
  expect(await found({ parent_id: parent.id })).toEqual([subtask.id]);
  expect(await found({ label: ["a"] })).toEqual([listed.id, parent.id]);
  expect(await found({ label: ["a", "b"] })).toEqual([listed.id]);
  expect(await found({ any_label: ["b", "c"] })).toEqual([listed.id]);
  expect(await found({ any_label: ["B", "a"] })).toEqual([listed.id, parent.id]);
  expect(await found({ not_label: ["b"] })).toEqual([plain.id, parent.id, subtask.id]);
  expect(await found({ not_label: ["B", "A"] })).toEqual([plain.id, subtask.id]);
  expect(await found({ label: ["a"], not_label: ["b"], any_label: ["a", "b"] })).toEqual([parent.id]);
  expect(await found({ has_due: true })).toEqual([subtask.id]);
  expect(await found({ has_due: false })).toEqual([plain.id, listed.id, parent.id]);
  expect(await found({ min_priority: 3 })).toEqual([parent.id]);
  expect(await found({ due_from: "2026-12-01", due_to: "2026-12-01" })).toEqual([subtask.id]);
  expect(await found({ due_from: "2026-12-02" })).toEqual([]);
  expect(await found({ due_to: "2026-11-30" })).toEqual([]);
  expect(await found({ external_id: "x" })).toEqual([parent.id]);
  expect(await found({ external_id: "y" })).toEqual([]);
  expect(await found({ deleted: true })).toEqual([trashed.id]);
  expect(await found({ updated_since: subtask.updatedAt })).toContain(subtask.id);
  expect(await found({ updated_since: "2100-01-01T00:00:00+02:00" })).toEqual([]);
  expect(await tasks.labels()).toEqual([
    { name: "a", openCount: 2 },
    { name: "b", openCount: 1 },
  ]);
});

test("tasks are created and completed on days of the user's zone, and today is its current day", async () => {
  const tasks = tasksOf(await createTestUser());
  // A day with 23 hours in Lisbon, and 23:30 on the day before it there.
  const [begins, ends] = ["2026-03-29T00:00:00Z", "2026-03-29T22:59:59.999Z"];
  const before = "2026-03-28T23:59:59.999Z";
  const after = "2026-03-29T23:00:00Z";
  const made = new Map<string, string>();
  for (const instant of [before, begins, ends, after]) {
    const { id } = await make(tasks, { status: "done", due: { date: "2026-03-29" } });
    const at = sql<Timestamp>`${instant}::timestamptz`;
    await db.updateTable("task").set({ createdAt: at, completedAt: at }).where("id", "=", id).execute();
    made.set(id, instant);
  }
  const open = await make(tasks);
  const now = userNowAt(Temporal.Instant.from("2026-03-29T12:00:00Z"), "Europe/Lisbon");
  const found = async (filter: Partial<TaskFilter>) =>
    (await tasks.list({ status: "all", ...filter }, { limit: 9 }, now))?.tasks.map(({ id }) => made.get(id) ?? "open");
  for (const day of ["today", "2026-03-29"]) {
    expect(await found({ completed_from: day, completed_to: day })).toEqual([begins, ends]);
    expect(await found({ completed_from: day })).toEqual([begins, ends, after]);
    expect(await found({ completed_to: day })).toEqual([before, begins, ends]);
    expect(await found({ created_from: day, created_to: day })).toEqual([begins, ends]);
    expect(await found({ created_from: day })).toEqual([begins, ends, after, "open"]);
    expect(await found({ due_from: day })).toHaveLength(4);
    expect(await found({ due_from: "2026-03-30", due_to: day })).toEqual([]);
  }
  expect(await found({ created_to: "9999-12-31", created_from: "0001-01-01" })).toHaveLength(5);
  expect(await tasks.count({ status: "all", created_from: "2026-03-29", q: undefined })).toBe(4);
  expect(await tasks.find(open.id)).toBeDefined();
});

test("a count is of all tasks that match, and of no other user's", async () => {
  const tasks = tasksOf(await createTestUser());
  const stranger = tasksOf(await createTestUser());
  for (const title of ["one", "two", "three"]) await make(tasks, { title, labels: ["a"] });
  await make(stranger, { title: "one", labels: ["a"] });
  expect(await tasks.count({ status: "all" })).toBe(3);
  expect(await tasks.count({ status: "open", q: "one", label: ["A"] })).toBe(1);
  expect(await tasks.count({ status: "done" })).toBe(0);
});

test("the database accepts every filter that the schema accepts", async () => {
  const tasks = tasksOf(await createTestUser());
  const typed = [
    { updated_since: "0000-01-01T00:00:00Z" },
    { updated_since: "9999-12-31T23:59:59.999-23:59" },
    { updated_since: "2026-01-01T00:00:00+23:00" },
    { label: ["a\0b"] },
    { label: ["{\"'\\,}"] },
    { external_id: "a\0b" },
    { due_from: "0001-01-01", due_to: "9999-12-31" },
    { completed_from: "0001-01-01", completed_to: "9999-12-31" },
    { any_label: ["{\"'\\,}"], not_label: ["a\0b"] },
  ];
  for (const filter of typed) {
    const { data } = TaskFilter.safeParse(filter);
    if (data) expect(await tasks.list(data, { limit: 10 }), JSON.stringify(filter)).toMatchObject({ tasks: [] });
  }
});

test("the first and the last possible day can have a time in any zone", async () => {
  const tasks = tasksOf(await createTestUser());
  for (const due of [
    { date: "0001-01-01", time: "00:00", timezone: "Pacific/Kiritimati" },
    { date: "9999-12-31", time: "23:59", timezone: "Etc/GMT+12" },
  ]) {
    const { id } = await make(tasks, { due });
    expect(await tasks.find(id)).toMatchObject({ due });
  }
  expect((await tasks.today()).open).toHaveLength(1);
});

test("relations give the progress of subtasks and the parent's title", async () => {
  const tasks = tasksOf(await createTestUser());
  const parent = await make(tasks, { title: "Parent" });
  const one = await make(tasks, { parent_id: parent.id });
  const two = await make(tasks, { parent_id: parent.id, status: "done" });
  unwrap(await tasks.remove((await make(tasks, { parent_id: parent.id })).id));
  const alone = await make(tasks);
  expect(await tasks.relations([parent, one, alone])).toEqual(
    new Map([
      [parent.id, { progress: { done: 1, total: 2 }, parentTitle: null }],
      [one.id, { progress: null, parentTitle: "Parent" }],
      [alone.id, { progress: null, parentTitle: null }],
    ]),
  );
  expect(await tasks.subtasksOf(parent.id)).toEqual([one, two]);
});
