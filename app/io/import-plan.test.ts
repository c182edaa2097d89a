import { expect, test } from "vitest";
import { InvalidArchive, ProblemList } from "#app/io/archive.ts";
import { parseCsvArchive } from "#app/io/csv.ts";
import type { ExistingData } from "#app/io/existing-data.ts";
import { planImport } from "#app/io/import-plan.ts";
import { parseJsonArchive } from "#app/io/json.ts";
import { locate } from "#app/io/locate.ts";

const EMPTY: ExistingData = { lists: [], tasks: [], externalIds: new Map(), openSeries: new Set(), timezone: "Europe/Lisbon" };
const DAILY = { due: { date: "2026-01-01" }, recurrence: { rrule: "FREQ=DAILY", anchor: "due" } };

function id(number: number): string {
  return `0199a3c2-5c0e-7d4e-9a53-${String(number).padStart(12, "0")}`;
}

async function pointers(archive: unknown, existing: Partial<ExistingData> = {}): Promise<string[]> {
  const parsed = await parseJsonArchive(archive);
  if (parsed instanceof InvalidArchive) return parsed.problems.map(({ pointer }) => pointer);
  const plan = await planImport(parsed, { ...EMPTY, ...existing });
  return plan instanceof ProblemList ? plan.first.map((problem) => locate(parsed.source, problem).pointer) : [];
}

async function plan(archive: unknown, existing: Partial<ExistingData> = {}) {
  const parsed = await parseJsonArchive(archive);
  if (parsed instanceof InvalidArchive) throw new Error(JSON.stringify(parsed.problems));
  const result = await planImport(parsed, { ...EMPTY, ...existing });
  if (result instanceof ProblemList) throw new Error(JSON.stringify(result));
  return result;
}

test.each<[string, unknown, string[]]>([
  ["a list", [], [""]],
  ["null", null, [""]],
  ["of no version", { tasks: [] }, ["/version"]],
  ["of another version", { version: 2, tasks: [] }, ["/version"]],
  ["with something unknown", { version: 1, users: [] }, ["/users"]],
  ["with tasks that are none", { version: 1, tasks: [null, 7, "x", {}] }, ["/tasks/0", "/tasks/1", "/tasks/2", "/tasks/3/title"]],
  ["with tasks that are no list", { version: 1, tasks: {} }, ["/tasks"]],
  ["with an unknown field", { version: 1, tasks: [{ title: "a", user_id: id(1) }] }, ["/tasks/0/user_id"]],
  ["with a list without a name or an id", { version: 1, lists: [{}] }, ["/lists/0/name", "/lists/0/id"]],
  ["with a rank that is none", { version: 1, tasks: [{ title: "a", rank: "z" }] }, ["/tasks/0/rank"]],
  ["from before the calendar", { version: 1, tasks: [{ title: "a", created_at: "0001-01-01T00:00:00+23:00" }] }, ["/tasks/0/created_at"]],
  ["with an instant that is none", { version: 1, tasks: [{ title: "a", updated_at: "2026-02-30T00:00:00Z" }] }, ["/tasks/0/updated_at"]],
  [
    "with a task open and completed",
    { version: 1, tasks: [{ title: "a", completed_at: "2026-01-01T00:00:00Z" }] },
    ["/tasks/0/completed_at"],
  ],
  ["with a series that doesn't repeat", { version: 1, tasks: [{ title: "a", series_id: id(1) }] }, ["/tasks/0/series_id"]],
  [
    "with the day of a rule that it lacks",
    { version: 1, tasks: [{ title: "a", occurrence_date: "2026-01-01" }] },
    ["/tasks/0/occurrence_date"],
  ],
  ["with a repeat without a date", { version: 1, tasks: [{ title: "a", recurrence: DAILY.recurrence }] }, ["/tasks/0/recurrence"]],
  [
    "with an id twice",
    {
      version: 1,
      tasks: [
        { id: id(1), title: "a" },
        { id: id(1).toUpperCase(), title: "b" },
      ],
    },
    ["/tasks/1/id"],
  ],
  [
    "with a list twice",
    {
      version: 1,
      lists: [
        { id: id(1), name: "a" },
        { id: id(1), name: "b" },
      ],
    },
    ["/lists/1/id"],
  ],
  [
    "with a subtask in another list than its parent",
    {
      version: 1,
      lists: [{ id: id(9), name: "l" }],
      tasks: [
        { id: id(1), title: "a" },
        { title: "b", parent_id: id(1), list_id: id(9) },
      ],
    },
    ["/tasks/1/list_id"],
  ],
  [
    "with an external id twice",
    {
      version: 1,
      tasks: [
        { title: "a", external_id: "x" },
        { title: "b", external_id: "x" },
      ],
    },
    ["/tasks/1/external_id"],
  ],
  [
    "with two open tasks of a series",
    {
      version: 1,
      tasks: [
        { id: id(1), title: "a", ...DAILY },
        { title: "b", ...DAILY, series_id: id(1) },
      ],
    },
    ["/tasks/1/series_id"],
  ],
  ["with a task below itself", { version: 1, tasks: [{ id: id(1), title: "a", parent_id: id(1) }] }, ["/tasks/0/parent_id"]],
  [
    "with trash below itself",
    {
      version: 1,
      tasks: [1, 2].map((number) => ({ id: id(number), title: "a", parent_id: id(3 - number), deleted_at: "2026-01-01T00:00:00Z" })),
    },
    ["/tasks/0/parent_id"],
  ],
  [
    "with two levels of subtasks",
    {
      version: 1,
      tasks: [
        { id: id(1), title: "a" },
        { id: id(2), title: "b", parent_id: id(1) },
        { title: "c", parent_id: id(2) },
      ],
    },
    ["/tasks/2/parent_id"],
  ],
  [
    "with a subtask of trash",
    {
      version: 1,
      tasks: [
        { id: id(1), title: "a", deleted_at: "2026-01-01T00:00:00Z" },
        { title: "b", parent_id: id(1) },
      ],
    },
    ["/tasks/1/parent_id"],
  ],
])("an archive %s is refused with a pointer to the problem", async (_what, archive, expected) => {
  expect(await pointers(archive)).toEqual(expected);
});

test("a parent may be an existing task, but not a subtask or one in the trash", async () => {
  const below = { version: 1, tasks: [{ title: "a", parent_id: id(1) }] };
  expect(await pointers(below)).toEqual(["/tasks/0/parent_id"]);
  expect(await pointers(below, { tasks: [{ id: id(1), parentId: null, listId: null, isTrashed: false }] })).toEqual([]);
  expect(await pointers(below, { tasks: [{ id: id(1), parentId: id(2), listId: null, isTrashed: false }] })).toEqual([
    "/tasks/0/parent_id",
  ]);
  expect(await pointers(below, { tasks: [{ id: id(1), parentId: null, listId: null, isTrashed: true }] })).toEqual(["/tasks/0/parent_id"]);
});

test("parents come before their subtasks, whatever their order in the archive", async () => {
  const trashed = { deleted_at: "2026-01-01T00:00:00Z" };
  const { tasks } = await plan({
    version: 1,
    tasks: [
      { id: id(3), title: "c", parent_id: id(2), ...trashed },
      { id: id(2), title: "b", parent_id: id(1) },
      { id: id(1), title: "a" },
    ],
  });
  expect(tasks.map(({ title }) => title)).toEqual(["a", "b", "c"]);
});

test("a subtask is in its parent's list: the archive need not name it, and an existing parent may have moved", async () => {
  const lists = [id(8), id(9)].map((list) => ({ id: list, name: "l" }));
  const parent = { id: id(1), title: "a", list_id: id(9) };
  const below = { id: id(2), title: "b", parent_id: id(1) };
  for (const list_id of [null, id(9)]) {
    expect((await plan({ version: 1, lists, tasks: [{ ...below, list_id }, parent] })).tasks).toMatchObject([
      parent,
      { ...below, list_id: id(9) },
    ]);
  }
  const moved = { lists, tasks: [{ id: id(1), parentId: null, listId: id(8), isTrashed: false }] };
  for (const list_id of [null, id(9)]) {
    expect((await plan({ version: 1, tasks: [parent, { ...below, list_id }] }, moved)).tasks).toMatchObject([{ ...below, list_id: id(8) }]);
  }
});

test("a rule of an archive is read as one of the API", async () => {
  const rrule = "RRULE:UNTIL=20261231T000000Z;FREQ=DAILY";
  const task = { title: "a", due: { date: "2026-01-01", time: "01:00" }, recurrence: { rrule, anchor: "due" } };
  const { tasks } = await plan({ version: 1, tasks: [task] });
  expect(tasks[0]?.recurrence).toEqual({ rrule: "FREQ=DAILY;UNTIL=20261230", anchor: "due" });
});

test("read-only fields of API responses are accepted, and ids in upper case", async () => {
  const { tasks, lists } = await plan({
    version: 1,
    lists: [{ id: id(9).toUpperCase(), name: "l", version: 3, open_count: 7 }],
    tasks: [
      { id: "0199A3C2-5C0E-7D4E-9A53-00000000000F", title: "a", list_id: id(9).toUpperCase(), version: 7, url: "https://doable.example/" },
    ],
  });
  expect(tasks[0]).toMatchObject({ id: "0199a3c2-5c0e-7d4e-9a53-00000000000f", list_id: id(9) });
  expect(lists[0]).toMatchObject({ id: id(9) });
});

test("an open task of a series that has an open occurrence does not repeat", async () => {
  const day = { occurrence_date: "2026-01-01" };
  const archive = { version: 1, tasks: [{ id: id(1), title: "a", ...DAILY, series_id: id(5), ...day }] };
  expect((await plan(archive)).tasks[0]).toMatchObject({ recurrence: DAILY.recurrence, series_id: id(5), ...day });
  const alone = (await plan(archive, { openSeries: new Set([id(5)]) })).tasks[0];
  expect(alone).toMatchObject({ recurrence: null, series_id: null, occurrence_date: null });
});

test("an open task whose own id is that of a series with an open occurrence does not repeat", async () => {
  const archive = { version: 1, tasks: [{ id: id(5), title: "a", ...DAILY }] };
  expect((await plan(archive)).tasks[0]).toMatchObject({ recurrence: DAILY.recurrence });
  expect((await plan(archive, { openSeries: new Set([id(5)]) })).tasks[0]).toMatchObject({ recurrence: null, series_id: null });
});

test("a list that a table knows by name only is the existing list of that name, the first if there are several", async () => {
  const parsed = await parseCsvArchive("title,list\nMilk,Home\nBread,Work\n");
  if (parsed instanceof InvalidArchive) throw new Error(JSON.stringify(parsed.problems));
  const lists = [7, 8, 9].map((number) => ({ id: id(number), name: number === 9 ? "Garden" : "Home" }));
  const result = await planImport(parsed, { ...EMPTY, lists });
  expect(result).toMatchObject({ lists: [{ name: "Work" }], skipped: { lists: 1 } });
  const [milk, bread] = "tasks" in result ? result.tasks : [];
  expect(milk?.list_id).toBe(id(7));
  expect(bread?.list_id).toBe("lists" in result ? result.lists[0]?.id : undefined);
});

test("existing lists and tasks are skipped, by id or external id", async () => {
  const archive = {
    version: 1,
    lists: [{ id: id(9), name: "l" }],
    tasks: [
      { id: id(1), title: "a" },
      { title: "b", external_id: "x" },
      { title: "c" },
      // In the trash, an external id may be another task's.
      { title: "d", external_id: "x", deleted_at: "2026-01-01T00:00:00Z" },
    ],
  };
  const existing = {
    lists: [{ id: id(9), name: "other" }],
    tasks: [{ id: id(1), parentId: null, listId: null, isTrashed: true }],
    externalIds: new Map([["x", id(2)]]),
  };
  const { lists, tasks, skipped } = await plan(archive, existing);
  expect(lists).toEqual([]);
  expect(tasks.map(({ title }) => title)).toEqual(["c", "d"]);
  expect(skipped).toEqual({ lists: 1, tasks: 2 });
});

test("an archive with more than 50,000 tasks is refused before its tasks are parsed", async () => {
  expect(await pointers({ version: 1, tasks: new Array(50_001).fill({}) })).toEqual(["/tasks"]);
});

test("a task with more problems than are reported is refused like any other", async () => {
  const fields = Object.fromEntries(Array.from({ length: 150_000 }, (_, index) => [`x${index}`, 1]));
  const named = await pointers({ version: 1, tasks: [fields, { title: "" }] });
  expect(named).toHaveLength(101);
  expect(named.at(-1)).toBe("");
  const [inFrame] = await pointers({ version: 1, tasks: [], ...fields });
  expect(inFrame).toBe("/x0");
});
