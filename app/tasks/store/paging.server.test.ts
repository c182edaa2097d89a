import fc from "fast-check";
import { expect, test } from "vitest";
import { inDayOrder } from "#app/tasks/day-order.ts";
import { TaskFilter } from "#app/tasks/filter.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task, TaskInput } from "#app/tasks/task.ts";
import { make, taskInput, unwrap } from "#app/testing/tasks.ts";
import { createTestUser } from "#app/testing/users.ts";

type Tasks = ReturnType<typeof tasksOf>;
type Sort = NonNullable<TaskFilter["sort"]>;

/** Every task has the word of this search, some twice. */
const WORD = "word";

const SORTS = TaskFilter.shape.sort.unwrap().options;

// The user is in Lisbon, where the clocks go back on 2026-10-25 at 01:00 UTC.
const someDue = fc.oneof(
  fc.constantFrom({ date: "2026-10-25" }, { date: "0001-01-01" }, { date: "9999-12-31" }),
  fc.record({ date: fc.constant("2026-10-25"), time: fc.constantFrom("00:30", "01:15", "02:00") }),
  fc.record({
    date: fc.constantFrom("2026-10-25", "0001-01-01", "9999-12-31"),
    time: fc.constantFrom("00:15", "00:30", "01:15", "02:00", "23:59"),
    timezone: fc.constantFrom("UTC", "Pacific/Kiritimati", "Etc/GMT+12"),
  }),
);

// Few values of each field, so that many tasks differ only in their ids.
const someTask: fc.Arbitrary<TaskInput> = fc
  .record({
    title: fc.constantFrom("a", "A", "b", "Ä", "z z", "zz", "🦊", "_", "'\"\\"),
    status: fc.constantFrom<TaskInput["status"][]>("open", "done"),
    priority: fc.integer({ min: 0, max: 3 }),
    notes: fc.constantFrom(WORD, `${WORD} ${WORD}`),
    due: fc.option(someDue, { nil: null }),
  })
  .map(taskInput);

/** `between` runs after each page. */
async function follow(tasks: Tasks, sort: Sort, limit: number, between?: () => Promise<unknown>): Promise<Task[][]> {
  const pages: Task[][] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await tasks.list({ status: "all", sort, ...(sort === "relevance" && { q: WORD }) }, { limit, cursor });
    if (!page || pages.length > 50) throw new Error("the cursor was refused, or leads round in a circle");
    pages.push(page.tasks);
    cursor = page.nextCursor;
    await between?.();
  }
  return pages;
}

function ids(tasks: Task[]): string[] {
  return tasks.map((task) => task.id);
}

/** The sort key as text that compares as in the database. `undefined` for orders that only the database knows, and for days. */
function keyOf(task: Task, sort: Sort): string | undefined {
  switch (sort.replace("-", "")) {
    case "rank":
      return task.rank;
    case "priority":
      return String(task.priority);
    case "created_at":
      return task.createdAt;
    case "updated_at":
      return task.updatedAt;
    default:
      return undefined;
  }
}

/** For days, by the order of pages. Otherwise by key and then by id, as text: a UUID's text has the order of its bytes. */
function inOrder(tasks: Task[], sort: Sort): Task[] {
  const byKey = (one: Task, other: Task) => {
    const [a, b] = [one, other].map((task) => `${keyOf(task, sort)}\n${task.id}`) as [string, string];
    return a < b ? -1 : 1;
  };
  const ordered = sort.endsWith("due") ? inDayOrder(tasks, "Europe/Lisbon") : tasks.toSorted(byKey);
  return sort.startsWith("-") ? ordered.reverse() : ordered;
}

async function tasksOfANewUser(inputs: TaskInput[]): Promise<{ tasks: Tasks; made: Task[] }> {
  const tasks = tasksOf(await createTestUser());
  const made: Task[] = [];
  for (const input of inputs) made.push(unwrap(await tasks.create(input)));
  return { tasks, made };
}

test("following the cursors gives each task once, in order, for every sort and page size", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(someTask, { maxLength: 14 }), fc.integer({ min: 1, max: 6 }), async (inputs, limit) => {
      const { tasks, made } = await tasksOfANewUser(inputs);
      for (const sort of SORTS) {
        const pages = await follow(tasks, sort, limit);
        const followed = pages.flat();
        expect(ids(followed).toSorted()).toEqual(ids(made).toSorted());
        expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
        if (/title|relevance/.test(sort)) expect(followed).toEqual((await follow(tasks, sort, 200)).flat());
        else expect(ids(followed)).toEqual(ids(inOrder(made, sort)));
      }
    }),
    { numRuns: 8 },
  );
});

test("each untouched task is listed once while other tasks are created, changed and removed between pages", async () => {
  const changes = fc.array(fc.tuple(fc.constantFrom("create", "update", "remove"), someTask), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(someTask, { minLength: 4, maxLength: 14 }),
      changes,
      fc.constantFrom(...SORTS),
      fc.integer({ min: 1, max: 4 }),
      async (inputs, toDo, sort, limit) => {
        const { tasks, made } = await tasksOfANewUser(inputs);
        const touchable = made.filter((_, index) => index % 2 === 0);
        const untouched = made.filter((_, index) => index % 2 === 1);
        const queue = toDo.slice();
        const pages = await follow(tasks, sort, limit, async () => {
          const [what, input] = queue.shift() ?? [];
          const target = touchable[queue.length % touchable.length];
          if (what === "create" && input) await tasks.create(input);
          if (what === "update" && input && target) await tasks.update(target.id, input);
          if (what === "remove" && target) await tasks.remove(target.id);
        });
        const seen = ids(pages.flat());
        for (const { id } of untouched) expect(seen.filter((other) => other === id)).toHaveLength(1);
      },
    ),
    { numRuns: 25 },
  );
});

test("a page with exactly the remaining tasks is the last one", async () => {
  const { tasks } = await tasksOfANewUser([taskInput({ title: "a" }), taskInput({ title: "b" })]);
  expect(await tasks.list({ status: "all", sort: "rank" }, { limit: 2 })).toMatchObject({ nextCursor: null });
  expect(await tasks.list({ status: "all", sort: "rank" }, { limit: 1 })).toMatchObject({ nextCursor: expect.any(String) });
});

test("a cursor works after its task was purged", async () => {
  const { tasks, made } = await tasksOfANewUser(["a", "b", "c"].map((title) => taskInput({ title })));
  const first = await tasks.list({ status: "all", sort: "title" }, { limit: 1 });
  await tasks.remove(made[0]?.id ?? "");
  const rest = await tasks.list({ status: "all", sort: "title" }, { limit: 5, cursor: first?.nextCursor ?? "" });
  expect(rest?.tasks.map((task) => task.title)).toEqual(["b", "c"]);
});

test("tasks without a due date come last, or first in the reversed order", async () => {
  const { tasks } = await tasksOfANewUser([
    taskInput({ title: "never" }),
    taskInput({ title: "late", due: { date: "9999-12-31" } }),
    taskInput({ title: "soon", due: { date: "2026-01-01" } }),
  ]);
  const titles = async (sort: Sort) => (await follow(tasks, sort, 1)).flat().map((task) => task.title);
  expect(await titles("due")).toEqual(["soon", "late", "never"]);
  expect(await titles("-due")).toEqual(["never", "late", "soon"]);
});

test("a cursor is refused for another filter, order or user", async () => {
  const { tasks } = await tasksOfANewUser(["a", "b"].map((title) => taskInput({ title })));
  const stranger = await tasksOfANewUser([taskInput({ title: "c" })]);
  const filter: TaskFilter = { status: "all", sort: "title" };
  const cursor = (await tasks.list(filter, { limit: 1 }))?.nextCursor ?? "";
  expect((await tasks.list(filter, { limit: 5, cursor }))?.tasks).toMatchObject([{ title: "b" }]);
  for (const other of [{ status: "open" }, { sort: "-title" }, { min_priority: 0 }] as const)
    expect(await tasks.list({ ...filter, ...other }, { limit: 1, cursor }), JSON.stringify(other)).toBeUndefined();
  expect(await stranger.tasks.list(filter, { limit: 1, cursor })).toBeUndefined();
});

test("a cursor by due date belongs to the user's time zone, in which days have that order", async () => {
  const user = await createTestUser();
  for (const title of ["a", "b"]) await make(tasksOf(user), { title });
  const page = await tasksOf(user).list({ status: "all", sort: "due" }, { limit: 1 });
  const cursor = page?.nextCursor ?? "";
  const elsewhere = tasksOf({ ...user, timezone: "Asia/Tokyo" });
  expect(await elsewhere.list({ status: "all", sort: "due" }, { limit: 1, cursor })).toBeUndefined();
  expect((await tasksOf(user).list({ status: "all", sort: "due" }, { limit: 1, cursor }))?.tasks).toMatchObject([{ title: "b" }]);
});
