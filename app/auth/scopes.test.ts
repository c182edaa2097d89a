import { expect, test } from "vitest";
import { allows, parseScopes, Scope } from "#app/auth/scopes.ts";

test("tasks:write covers every scope", () => {
  for (const wanted of Scope.options) expect(allows(["tasks:write"], wanted)).toBe(true);
});

test("tasks:read and tasks:create cover only themselves", () => {
  expect(Scope.options.filter((wanted) => allows(["tasks:read"], wanted))).toEqual(["tasks:read"]);
  expect(Scope.options.filter((wanted) => allows(["tasks:create"], wanted))).toEqual(["tasks:create"]);
  expect(Scope.options.filter((wanted) => allows(["tasks:read", "tasks:create"], wanted))).toEqual(["tasks:read", "tasks:create"]);
});

test("a token without scopes is allowed nothing", () => {
  for (const wanted of Scope.options) expect(allows([], wanted)).toBe(false);
});

test("the claim is split at spaces, and unknown scopes are ignored", () => {
  expect(parseScopes("tasks:read tasks:write")).toEqual(["tasks:read", "tasks:write"]);
  expect(parseScopes("admin tasks:read TASKS:WRITE tasks:write,tasks:create  tasks:*")).toEqual(["tasks:read"]);
});

test("a claim that is not a string grants no scope", () => {
  for (const claim of [undefined, null, "", 1, ["tasks:write"], { scope: "tasks:write" }]) expect(parseScopes(claim)).toEqual([]);
});
