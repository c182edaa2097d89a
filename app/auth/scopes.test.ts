import { expect, test } from "vitest";
import { allows, parseScopes, Scope } from "#app/auth/scopes.ts";

test("a token that may write may do everything", () => {
  for (const wanted of Scope.options) expect(allows(["tasks:write"], wanted)).toBe(true);
});

test("reading and creating cover nothing but themselves", () => {
  expect(Scope.options.filter((wanted) => allows(["tasks:read"], wanted))).toEqual(["tasks:read"]);
  expect(Scope.options.filter((wanted) => allows(["tasks:create"], wanted))).toEqual(["tasks:create"]);
  expect(Scope.options.filter((wanted) => allows(["tasks:read", "tasks:create"], wanted))).toEqual(["tasks:read", "tasks:create"]);
});

test("no scope allows nothing", () => {
  for (const wanted of Scope.options) expect(allows([], wanted)).toBe(false);
});

test("the claim is a list with spaces between, and an unknown scope grants nothing", () => {
  expect(parseScopes("tasks:read tasks:write")).toEqual(["tasks:read", "tasks:write"]);
  expect(parseScopes("admin tasks:read TASKS:WRITE tasks:write,tasks:create  tasks:*")).toEqual(["tasks:read"]);
});

test("a claim that is no text grants nothing", () => {
  for (const claim of [undefined, null, "", 1, ["tasks:write"], { scope: "tasks:write" }]) expect(parseScopes(claim)).toEqual([]);
});
