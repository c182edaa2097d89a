import { expect, test } from "vitest";
import { commandsFor } from "#app/components/palette/palette-commands.ts";

const LISTS = [
  { id: "1", name: "Home", color: "green" },
  { id: "2", name: "Reading list", color: null },
];

function labels(query: string, titles: string[] = []) {
  const tasks = titles.map((label) => ({ id: label, label }));
  return commandsFor(query, LISTS, tasks).map(({ heading, commands }) => [heading, ...commands.map(({ label }) => label)]);
}

test("an empty query lists every page and every action", () => {
  const [pages, actions, ...others] = labels("");
  expect(pages).toEqual(expect.arrayContaining(["Today", "Trash", "Access keys", "Home", "Reading list"]));
  expect(actions).toEqual(expect.arrayContaining(["Add a task", "Log out"]));
  expect(others).toEqual([]);
});

test("keywords find a page or an action", () => {
  for (const [query, label] of Object.entries({ "order lists": "Lists", filter: "All tasks", "empty trash": "Trash", zone: "Settings" }))
    expect(labels(query)[0], query).toEqual(["Go to", label]);
  for (const [query, label] of Object.entries({ "new list": "New list", backup: "Export everything", overdue: "Move overdue to today" }))
    expect(labels(query).flat(), query).toContain(label);
});

test("every word of the query begins a word of the command, in any case and order", () => {
  expect(labels("TODAY move")[0]).toEqual(["Do", "Move overdue to today"]);
  expect(labels("read")[0]).toEqual(["Go to", "Reading list"]);
  expect(labels("ome").map(([heading]) => heading)).toEqual(["Search"]);
});

test("matches in the label come before matches in the keywords", () => {
  expect(labels("list")[0]).toEqual(["Go to", "Lists", "Reading list", "Home"]);
});

test("tasks come first, and only for a query", () => {
  expect(labels("home", ["Paint the home"]).map(([heading]) => heading)).toEqual(["Tasks", "Go to", "Search"]);
  expect(labels(" ", ["Paint the home"]).map(([heading]) => heading)).toEqual(["Go to", "Do"]);
});

test("Undo is always listed, and comes first for its name", () => {
  expect(labels("undo")[0]).toEqual(["Do", "Undo last change"]);
  expect(labels("changes")[0]).toEqual(["Go to", "History"]);
});

test("the search command contains the query", () => {
  const [search] = commandsFor(" a&b ", [], []).at(-1)?.commands ?? [];
  expect(search).toMatchObject({ label: "Search everything for “a&b”", to: "/tasks?q=a%26b" });
});
