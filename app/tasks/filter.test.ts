import { expect, test } from "vitest";
import { TaskFilter, TaskQuery } from "#app/tasks/filter.ts";

function refused(filter: unknown): string[] {
  return TaskFilter.safeParse(filter).error?.issues.map((issue) => issue.path.join(".")) ?? [];
}

test("a filter has twelve sorts and three states", () => {
  expect(TaskFilter.parse({})).toEqual({ status: "all", sort: "rank" });
  expect(TaskFilter.shape.sort.unwrap().options).toHaveLength(12);
  expect(refused({ status: "deleted", sort: "--rank" })).toEqual(["status", "sort"]);
  expect(refused({ sort: "id" })).toEqual(["sort"]);
});

test("an empty query is the first page of 50 of all tasks", () => {
  expect(TaskQuery.parse({})).toEqual({ status: "all", sort: "rank", limit: 50 });
});

test("text that Postgres can't store is no label and no external id", () => {
  expect(refused({ label: ["a\0b"] })).toEqual(["label.0"]);
  expect(refused({ external_id: "a\0b" })).toEqual(["external_id"]);
});

test("unknown parameters and values of a filter are rejected", () => {
  expect(refused({ colour: "red" })).toEqual([""]);
  expect(refused({ list_id: "inbox", parent_id: "1", min_priority: "9", due_from: "today", view: "later", deleted: "yes" })).toHaveLength(
    6,
  );
  expect(refused({ updated_since: "yesterday" })).toEqual(["updated_since"]);
  expect(TaskFilter.parse({ deleted: "false", min_priority: "2" })).toMatchObject({ deleted: false, min_priority: 2 });
});
