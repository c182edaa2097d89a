import { expect, test } from "vitest";
import { commandsFor } from "#app/components/palette/palette-commands.ts";

const LISTS = [
  { id: "1", name: "Home", color: "green" },
  { id: "2", name: "Reading list", color: null },
];

function labels(query: string, options: { canUndo?: boolean; tasks?: string[] } = {}) {
  const tasks = (options.tasks ?? []).map((label) => ({ id: label, label }));
  return commandsFor(query, LISTS, tasks, options.canUndo ?? false).map(({ heading, commands }) => [
    heading,
    ...commands.map(({ label }) => label),
  ]);
}

test("before anything is typed there is every place and everything that can be done", () => {
  const [places, acts, ...others] = labels("");
  expect(places).toEqual(expect.arrayContaining(["Today", "Trash", "Access keys", "Home", "Reading list"]));
  expect(acts).toEqual(expect.arrayContaining(["Add a task", "Log out"]));
  expect(others).toEqual([]);
});

test("what a page is for finds it", () => {
  for (const [query, label] of Object.entries({ "order lists": "Lists", filter: "All tasks", "empty trash": "Trash", zone: "Settings" }))
    expect(labels(query)[0], query).toEqual(["Go to", label]);
  for (const [query, label] of Object.entries({ "new list": "New list", backup: "Export everything", overdue: "Move overdue to today" }))
    expect(labels(query).flat(), query).toContain(label);
});

test("every word begins one of the command's, in any case and order", () => {
  expect(labels("TODAY move")[0]).toEqual(["Do", "Move overdue to today"]);
  expect(labels("read")[0]).toEqual(["Go to", "Reading list"]);
  expect(labels("ome").map(([heading]) => heading)).toEqual(["Search"]);
});

test("what has the word in its name stands before what only goes by it", () => {
  expect(labels("list")[0]).toEqual(["Go to", "Lists", "Reading list", "Home"]);
});

test("tasks come first, and only once something is typed", () => {
  expect(labels("home", { tasks: ["Paint the home"] }).map(([heading]) => heading)).toEqual(["Tasks", "Go to", "Search"]);
  expect(labels(" ", { tasks: ["Paint the home"] }).map(([heading]) => heading)).toEqual(["Go to", "Do"]);
});

test("there is an undo only while there is something to take back", () => {
  expect(labels("undo").map(([heading]) => heading)).toEqual(["Search"]);
  expect(labels("undo", { canUndo: true })[0]).toEqual(["Do", "Undo"]);
});

test("the search for everything keeps what was typed", () => {
  const [search] = commandsFor(" a&b ", [], [], false).at(-1)?.commands ?? [];
  expect(search).toMatchObject({ label: "Search everything for “a&b”", to: "/tasks?q=a%26b" });
});
