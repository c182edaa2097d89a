import { expect, test } from "vitest";
import { TaskFilter } from "#app/tasks/filter.ts";

/** The parts that are refused. */
function refused(filter: unknown): string[] {
  return TaskFilter.safeParse(filter).error?.issues.map((issue) => issue.path.join(".")) ?? [];
}

test("a filter knows twelve sorts and three states, and nothing else", () => {
  expect(TaskFilter.parse({})).toEqual({ status: "all", sort: "rank" });
  expect(TaskFilter.shape.sort.unwrap().options).toHaveLength(12);
  expect(refused({ status: "deleted", sort: "--rank" })).toEqual(["status", "sort"]);
  expect(refused({ sort: "id" })).toEqual(["sort"]);
});
