import { expect, test } from "vitest";
import { TaskFilter } from "#app/tasks/filter.ts";
import { TaskQuery } from "#app/tasks/wire/task-list.ts";

function refused(filter: unknown): string[] {
  return TaskFilter.safeParse(filter).error?.issues.map((issue) => issue.path.join(".")) ?? [];
}

test("a filter has thirteen sorts and three states", () => {
  expect(TaskFilter.parse({})).toEqual({ status: "all" });
  expect(TaskFilter.shape.sort.unwrap().options).toHaveLength(13);
  expect(refused({ status: "deleted", sort: "--rank" })).toEqual(["status", "sort"]);
  expect(refused({ sort: "id" })).toEqual(["sort"]);
});

test("an empty query is the first page of 50 of all tasks", () => {
  expect(TaskQuery.parse({})).toEqual({ status: "all", limit: 50 });
});

test("relevance is an order of searches only, which is reported with every other problem", () => {
  expect(TaskQuery.safeParse({ sort: "relevance", q: "rent" }).success).toBe(true);
  const { error } = TaskQuery.safeParse({ sort: "relevance", q: " ", limit: "0", colour: "red" });
  expect(error?.issues.map(({ path }) => path.join())).toEqual(["limit", "", "sort"]);
});

test("the fields of a page are names of a task's fields, each once", () => {
  expect(TaskQuery.parse({ fields: "title,id,title" }).fields).toEqual(["title", "id"]);
  for (const fields of ["", "title,", "titel", "user_id", "constructor", "title, id"])
    expect(
      TaskQuery.safeParse({ fields }).error?.issues.map(({ path }) => path.join()),
      fields,
    ).toEqual(["fields"]);
});

test("text that Postgres can't store is no label and no external id", () => {
  expect(refused({ label: ["a\0b"] })).toEqual(["label.0"]);
  expect(refused({ external_id: "a\0b" })).toEqual(["external_id"]);
});

test("unknown parameters and values of a filter are rejected", () => {
  expect(refused({ colour: "red" })).toEqual([""]);
  expect(
    refused({ list_id: "inbox", parent_id: "1", min_priority: "9", due_from: "yesterday", view: "later", deleted: "yes" }),
  ).toHaveLength(6);
  expect(refused({ updated_since: "yesterday" })).toEqual(["updated_since"]);
  expect(TaskFilter.parse({ deleted: "false", min_priority: "2" })).toMatchObject({ deleted: false, min_priority: 2 });
});
