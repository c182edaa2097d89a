import { expect, test } from "vitest";
import type { ListAction, TaskAction } from "#app/changes/action.ts";
import { changeWords, plainText } from "#app/pages/change-words.ts";

const SESSION = { type: "session" } as const;

type Item<Action> = [action: Action, name: string | null, ...fields: string[]];

function changed<Action>(items: Item<Action>[], count = items.length) {
  return { items: items.map(([action, name, ...fields], index) => ({ id: String(index), name, action, fields })), count };
}

function words(tasks: Item<TaskAction>[], lists: Item<ListAction>[] = [], counts: { tasks?: number; lists?: number } = {}) {
  return changeWords({ tasks: changed(tasks, counts.tasks), lists: changed(lists, counts.lists), origin: SESSION });
}

function sentence(...args: Parameters<typeof words>): string {
  const said = words(...args);
  return said.detail === undefined ? plainText(said) : `${plainText(said)} · ${said.detail}`;
}

test.each<[Item<TaskAction>, string]>([
  [["created", "Milk"], "added “Milk”"],
  [["completed", "Milk", "status"], "completed “Milk”"],
  [["reopened", "Milk", "status"], "reopened “Milk”"],
  [["deleted", "Milk"], "deleted “Milk”"],
  [["restored", "Milk"], "restored “Milk”"],
  [["purged", null], "deleted a task for good"],
  [["moved", "Milk", "rank"], "moved “Milk” to another place"],
  [["moved", "Milk", "list_id", "rank"], "moved “Milk” to another list"],
  [["updated", "Milk", "list_id"], "moved “Milk” to another list"],
  [["updated", "Milk", "title"], "renamed “Milk”"],
  [["updated", "Milk", "due"], "changed the date of “Milk”"],
  [["updated", "Milk", "effort"], "edited “Milk” · effort"],
  [["updated", "Milk", "title", "start_date", "external_id"], "edited “Milk” · title, start, external id"],
])("a change of one task: %j", (item, expected) => {
  expect(sentence([item])).toBe(expected);
});

test("a change of several tasks names the first and counts the others", () => {
  const one: Item<TaskAction> = ["completed", "Milk", "status"];
  expect(sentence([one, ["completed", "Rent", "status"]])).toBe("completed “Milk” and 1 more");
  expect(sentence(Array(10).fill(one), [], { tasks: 42 })).toBe("completed “Milk” and 41 more");
  expect(sentence(Array(10).fill(one), [], { tasks: 1000 })).toBe("completed “Milk” and at least 999 more");
  expect(sentence([["purged", null]], [], { tasks: 6 })).toBe("deleted 6 tasks for good");
  expect(
    sentence([
      ["moved", "Milk", "list_id", "rank"],
      ["updated", "Skimmed", "list_id"],
    ]),
  ).toBe("moved “Milk” and 1 more to another list");
});

test("a completed repeating task is not counted together with its next occurrence", () => {
  expect(
    sentence([
      ["completed", "Rent", "status"],
      ["created", "Rent"],
    ]),
  ).toBe("completed “Rent” · next one added");
  expect(
    sentence([
      ["created", "Rent"],
      ["completed", "Rent", "status"],
    ]),
  ).toBe("completed “Rent” · next one added");
  expect(
    sentence([
      ["reopened", "Rent", "status"],
      ["purged", null],
    ]),
  ).toBe("reopened “Rent”");
});

test("a change that did several things counts each, if it names all tasks", () => {
  const items: Item<TaskAction>[] = [
    ["updated", "Milk", "title"],
    ["updated", "Rent", "notes"],
    ["deleted", "Old"],
  ];
  expect(sentence(items)).toBe("changed “Milk” and 2 more · 2 edited, 1 deleted");
  expect(sentence(items, [], { tasks: 30 })).toBe("changed “Milk” and 29 more");
});

test.each<[Item<ListAction>, string]>([
  [["created", "Home"], "created list “Home”"],
  [["updated", "Home", "name"], "renamed list “Home”"],
  [["updated", "Home", "color"], "changed the colour of list “Home”"],
  [["updated", "Home", "name", "color"], "edited list “Home”"],
  [["moved", "Home", "rank"], "moved list “Home”"],
  [["deleted", "Home"], "deleted list “Home”"],
  [["restored", "Home"], "restored list “Home”"],
])("a change of one list: %j", (item, expected) => {
  expect(sentence([], [item])).toBe(expected);
});

test("a change of tasks and lists is about the tasks, unless the list itself was deleted or restored", () => {
  const moved: Item<TaskAction>[] = [
    ["updated", "Milk", "list_id"],
    ["updated", "Rent", "list_id"],
  ];
  expect(sentence(moved, [["deleted", "Home"]])).toBe("deleted list “Home” · 2 tasks went to the Inbox");
  expect(sentence(moved, [["restored", "Home"]])).toBe("restored list “Home” · 2 tasks came back to it");
  expect(sentence([["created", "Milk"]], [["created", "Home"]])).toBe("added “Milk” · with list “Home”");
  expect(sentence([["created", "Milk"]], [["created", "Home"]], { tasks: 42, lists: 3 })).toBe("added “Milk” and 41 more · with 3 lists");
});

test("a change of which nothing is left says so", () => {
  expect(sentence([])).toBe("changed something that is gone for good");
});

test("a script is named by its access key", () => {
  const tasks = changed<TaskAction>([["created", "Milk"]]);
  const by = (name: string | null) => changeWords({ tasks, lists: changed<ListAction>([]), origin: { type: "key", id: "1", name } });
  expect(plainText(by("home-assistant"))).toBe("a script (home-assistant) added “Milk”");
  expect(plainText(by(null))).toBe("a script added “Milk”");
  expect(by(null).icon).toBe("script");
});

test("only what has a name and was not deleted as a list leads somewhere", () => {
  expect(words([["created", "Milk"]]).target).toEqual({ kind: "task", id: "0" });
  expect(words([], [["updated", "Home", "name"]]).target).toEqual({ kind: "list", id: "0" });
  expect(words([["purged", null]]).target).toBeUndefined();
  expect(words([], [["deleted", "Home"]]).target).toBeUndefined();
});
