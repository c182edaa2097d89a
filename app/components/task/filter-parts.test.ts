import { expect, test } from "vitest";
import { partsOf, toggled } from "#app/components/task/filter-parts.ts";
import { parsePageFilter } from "#app/tasks/forms/parse-page-filter.ts";

const LIST = "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001";
const DAYS = { from: "Tomorrow", to: "Fri 4 Dec" };

function filterOf(search: string) {
  return parsePageFilter(new URLSearchParams(search));
}

test("each part of a filter is said in words", () => {
  const search = `q=rent&view=overdue&list_id=${LIST}&label=home&label=car&min_priority=2&due_from=2026-12-01&due_to=2026-12-04`;
  const words = partsOf(filterOf(search), DAYS, [{ id: LIST, name: "Work" }]).map(({ text }) => text);
  const others = ["Priority medium or higher", "Due from Tomorrow", "Due until Fri 4 Dec", "#home", "#car"];
  expect(words).toEqual(["“rent”", "Overdue", "Work", ...others]);
  expect(partsOf(filterOf(`list_id=${LIST}`), DAYS, [])).toEqual([{ name: "list_id", value: LIST, text: "A list that is gone" }]);
  expect(partsOf(filterOf("status=done"), DAYS, [])).toEqual([]);
});

test("a part goes on and off by itself, on the first page", () => {
  const turn = (search: string, isOn: boolean, ...part: ["q" | "label" | "min_priority" | "view", string]) =>
    toggled(new URLSearchParams(search), isOn, ...part);
  expect(turn("status=done&cursor=abc", false, "label", "home")).toBe("?status=done&label=home");
  expect(turn("label=home&view=today", false, "label", "a&b")).toBe("?view=today&label=home&label=a%26b");
  expect(turn("label=home&label=+car", true, "label", "car")).toBe("?label=home");
  expect(turn("min_priority=1&label=car", false, "min_priority", "3")).toBe("?label=car&min_priority=3");
  expect(turn("view=today", true, "view", "today")).toBe(".");
  expect(turn("q=+rent+&label=car", true, "q", "rent")).toBe("?label=car");
});

test("a part that is clicked twice is not turned back", () => {
  expect(toggled(new URLSearchParams("label=home"), false, "label", "home")).toBe("?label=home");
  expect(toggled(new URLSearchParams("label=car"), true, "label", "home")).toBe("?label=car");
});
