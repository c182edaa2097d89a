import { expect, test } from "vitest";
import { isNarrowed } from "#app/tasks/forms/page-filter.ts";
import { parsePageFilter } from "#app/tasks/forms/parse-page-filter.ts";

const LIST = "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001";

function read(search: string) {
  return parsePageFilter(new URLSearchParams(search));
}

test("an address can hold every part of the filter, under the API's names", () => {
  const search = `q= rent &status=done&view=overdue&list_id=${LIST}&label=home&label=car&min_priority=2&due_from=2026-12-01&due_to=2026-12-31`;
  expect(read(search)).toEqual({
    q: "rent",
    status: "done",
    view: "overdue",
    list_id: LIST,
    label: ["home", "car"],
    min_priority: 2,
    due_from: "2026-12-01",
    due_to: "2026-12-31",
  });
  expect(isNarrowed(read(search))).toBe(true);
});

test("an invalid parameter counts as absent, and the others still apply", () => {
  const search = "status=gone&view=later&list_id=inbox&label=&min_priority=9&due_from=&due_to=soon&q=+&colour=red&edit=1";
  expect(read(search)).toEqual({ status: "open" });
  expect(isNarrowed(read(search))).toBe(false);
  expect(read("label=home&min_priority=x")).toEqual({ status: "open", label: ["home"] });
  expect(read(`q=${"a".repeat(501)}`)).toEqual({ status: "open" });
});

test("done tasks are included by default only in a search", () => {
  expect(read("q=rent").status).toBe("all");
  expect(read("q=rent&status=open").status).toBe("open");
  expect(read("label=home").status).toBe("open");
  expect(isNarrowed(read("status=done"))).toBe(false);
});
