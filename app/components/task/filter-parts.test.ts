import { expect, test } from "vitest";
import { filterParts, withToggled } from "#app/components/task/filter-parts.ts";
import { parsePageFilter } from "#app/tasks/forms/parse-page-filter.ts";

const LIST = "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001";
const DAYS = { from: "Tomorrow", to: "Fri 4 Dec" };

function filterOf(search: string) {
  return parsePageFilter(new URLSearchParams(search));
}

test("each part of a filter has a text", () => {
  const search = `q=rent&view=overdue&list_id=${LIST}&label=home&label=car&min_priority=2&due_from=2026-12-01&due_to=2026-12-04`;
  const words = filterParts(filterOf(search), DAYS, [{ id: LIST, name: "Work" }]).map(({ text }) => text);
  const others = ["Priority medium or higher", "Due from Tomorrow", "Due until Fri 4 Dec", "#home", "#car"];
  expect(words).toEqual(["“rent”", "Overdue", "Work", ...others]);
  expect(filterParts(filterOf(`list_id=${LIST}`), DAYS, [])).toEqual([{ name: "list_id", value: LIST, text: "A list that is gone" }]);
  expect(filterParts(filterOf("status=done"), DAYS, [])).toEqual([]);
});

test("toggling changes one part and returns to the first page", () => {
  const toggle = (search: string, isOn: boolean, ...part: ["q" | "label" | "min_priority" | "view", string]) =>
    withToggled(new URLSearchParams(search), isOn, ...part);
  expect(toggle("status=done&cursor=abc", false, "label", "home")).toBe("?status=done&label=home");
  expect(toggle("label=home&view=today", false, "label", "a&b")).toBe("?view=today&label=home&label=a%26b");
  expect(toggle("label=home&label=+car", true, "label", "car")).toBe("?label=home");
  expect(toggle("min_priority=1&label=car", false, "min_priority", "3")).toBe("?label=car&min_priority=3");
  expect(toggle("view=today", true, "view", "today")).toBe(".");
  expect(toggle("q=+rent+&label=car", true, "q", "rent")).toBe("?label=car");
});

test("toggling a part to the state that it already has changes nothing", () => {
  expect(withToggled(new URLSearchParams("label=home"), false, "label", "home")).toBe("?label=home");
  expect(withToggled(new URLSearchParams("label=car"), true, "label", "home")).toBe("?label=car");
});
