import { expect, test } from "vitest";
import { fieldsOf } from "#app/tasks/rules.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { make, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

type Tasks = ReturnType<typeof tasksOf>;

const FORTNIGHTLY = { rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", anchor: "due" } as const;
const FIVE_MONDAYS = { rrule: "FREQ=WEEKLY;BYDAY=MO;COUNT=5", anchor: "due" } as const;

function at(date: string) {
  return { date, time: null, timezone: null };
}

function day(days: number): string {
  return Temporal.Now.plainDateISO("Europe/Lisbon").add({ days }).toString();
}

const ALONE = { recurrence: null, seriesId: null, occurrenceDate: null };

async function completed(tasks: Tasks, id: string): Promise<Task> {
  return unwrap(await tasks.complete(id)).next as Task;
}

test.each<[string, (task: Task) => object]>([
  ["the date alone", () => ({ due: { date: "2090-01-09" } })],
  ["a time too", () => ({ due: { date: "2090-01-09", time: "09:00", timezone: "Asia/Tokyo" } })],
  ["the whole task", (task) => ({ ...fieldsOf(task), due: at("2090-01-09") })],
  ["the completion too", () => ({ due: { date: "2090-01-09" }, status: "done" })],
])("an occurrence that is moved keeps its rhythm: a change of %s", async (_what, changes) => {
  const tasks = tasksOf(await createTestUser());
  const task = await make(tasks, { due: at("2090-01-02"), recurrence: FORTNIGHTLY });
  expect(await tasks.update(task.id, changes(task))).toMatchObject({ occurrenceDate: "2090-01-02" });
  unwrap(await tasks.complete(task.id));
  const open = (await tasks.list({ status: "open", sort: "rank" }, { limit: 9 }))?.tasks;
  expect(open).toMatchObject([{ due: { date: "2090-01-16" }, occurrenceDate: null, previousId: task.id }]);
});

test("an occurrence that is moved and skipped goes on in its rhythm, on a day that the rule gave", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { due: at("2090-01-02"), recurrence: FORTNIGHTLY });
  unwrap(await tasks.update(id, { due: { date: "2090-01-09" } }));
  expect(await tasks.skip(id)).toMatchObject({ due: { date: "2090-01-16" }, occurrenceDate: null });
  unwrap(await tasks.update(id, { due: { date: "2090-01-15" } }));
  expect(await tasks.skip(id)).toMatchObject({ due: { date: "2090-01-30" } });
});

test("moving overdue tasks to today leaves the rhythm of each alone", async () => {
  const tasks = tasksOf(await createTestUser());
  const every = (days: number, due: number) =>
    make(tasks, { due: at(day(due)), recurrence: { rrule: `FREQ=DAILY;INTERVAL=${days}`, anchor: "due" } });
  const [one, two, plain] = [await every(14, -7), await every(3, -1), await make(tasks, { due: at(day(-1)) })];
  unwrap(await tasks.update(two.id, { due: { date: day(-2) } }));
  unwrap(await tasks.moveOverdueToToday());
  expect(await tasks.find(plain.id)).toMatchObject({ due: { date: day(0) }, occurrenceDate: null });
  expect(await completed(tasks, one.id)).toMatchObject({ due: { date: day(7) } });
  expect(await completed(tasks, two.id)).toMatchObject({ due: { date: day(2) } });
});

test("a rule that is sent again in another spelling is no change, and a changed rule begins anew with the due date", async () => {
  const tasks = tasksOf(await createTestUser());
  const { id } = await make(tasks, { due: at("2090-01-02"), recurrence: FORTNIGHTLY });
  const same = { rrule: "FREQ=WEEKLY;INTERVAL=2", anchor: "due" } as const;
  expect(await tasks.update(id, { due: { date: "2090-01-09" }, recurrence: same })).toMatchObject({ occurrenceDate: "2090-01-02" });
  const daily = { rrule: "FREQ=DAILY;INTERVAL=3", anchor: "due" } as const;
  expect(await tasks.update(id, { recurrence: daily })).toMatchObject({ occurrenceDate: null });
  expect(await tasks.update(id, { due: { date: "2090-01-10" }, recurrence: FORTNIGHTLY })).toMatchObject({ occurrenceDate: null });
  expect(await completed(tasks, id)).toMatchObject({ due: { date: "2090-01-23" } });
});

test("a repeating subtask keeps the day that its rule gave when its parent's next occurrence copies it", async () => {
  const tasks = tasksOf(await createTestUser());
  const parent = await make(tasks, { due: at("2090-01-02"), recurrence: FIVE_MONDAYS });
  const subtask = await make(tasks, { parent_id: parent.id, due: at("2090-01-02"), recurrence: FORTNIGHTLY });
  unwrap(await tasks.update(subtask.id, { due: { date: "2090-01-09" } }));
  const { next } = unwrap(await tasks.complete(parent.id, { cascade: true }));
  const copied = { status: "open", due: { date: "2090-01-09" }, occurrenceDate: "2090-01-02" };
  expect(await tasks.subtasksOf(next?.id ?? "")).toMatchObject([copied]);
});

/** The occurrences of 4 March, moved to the 5th, 11 and 18 March; the last one is open. */
async function threeMondays(tasks: Tasks): Promise<Task[]> {
  const { id } = await make(tasks, { due: at("2030-03-04"), recurrence: FIVE_MONDAYS });
  const first = unwrap(await tasks.update(id, { due: { date: "2030-03-05" } }));
  const second = await completed(tasks, first.id);
  return [first, second, await completed(tasks, second.id)];
}

test.each<[string, (tasks: Tasks, id: string) => Promise<unknown>]>([
  ["the verb", (tasks, id) => tasks.reopen(id)],
  ["its status", (tasks, id) => tasks.update(id, { status: "open" })],
  ["its status and another field", (tasks, id) => tasks.update(id, { status: "open", notes: "n" })],
  ["the whole task", async (tasks, id) => tasks.update(id, { ...fieldsOf((await tasks.find(id)) as Task), status: "open" })],
])("an older occurrence that is reopened by %s is a task of its own, and the series goes on", async (_what, reopen) => {
  const tasks = tasksOf(await createTestUser());
  const [first, second, third] = (await threeMondays(tasks)) as [Task, Task, Task];
  expect(await reopen(tasks, first.id)).toMatchObject({ status: "open", due: first.due, ...ALONE });
  expect(await tasks.find(third.id)).toEqual(third);
  expect(unwrap(await tasks.complete(first.id)).next).toBeNull();
  expect(await reopen(tasks, second.id)).toMatchObject({ status: "open", recurrence: second.recurrence, seriesId: first.id });
  expect(await tasks.find(third.id)).toBeUndefined();
});

test("of a series that has ended, only the last occurrence goes on when it is reopened", async () => {
  const tasks = tasksOf(await createTestUser());
  const recurrence = { rrule: "FREQ=DAILY;COUNT=2", anchor: "due" } as const;
  const first = await make(tasks, { due: at("2090-01-02"), recurrence });
  const last = await completed(tasks, first.id);
  expect(unwrap(await tasks.complete(last.id)).next).toBeNull();
  expect(await tasks.reopen(first.id)).toMatchObject({ recurrence: null, seriesId: null });
  expect(await tasks.reopen(last.id)).toMatchObject({ recurrence: { rrule: "FREQ=DAILY;COUNT=1" }, seriesId: first.id });
});

test("a done occurrence that was in the trash still takes back its next one; an open one leaves a series that goes on", async () => {
  const tasks = tasksOf(await createTestUser());
  const [first, second, third] = (await threeMondays(tasks)) as [Task, Task, Task];
  unwrap(await tasks.remove(second.id));
  expect(await tasks.restore(second.id)).toMatchObject({ status: "done", seriesId: first.id });
  unwrap(await tasks.remove(third.id));
  unwrap(await tasks.reopen(second.id));
  expect(await tasks.restore(third.id)).toMatchObject({ status: "open", seriesId: null, recurrence: null, occurrenceDate: null });
  const again = await completed(tasks, second.id);
  expect(await tasks.reopen(second.id)).toMatchObject({ status: "open", seriesId: first.id });
  expect(await tasks.find(again.id)).toBeUndefined();
});
