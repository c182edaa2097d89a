import type { ServerBuild } from "react-router";
import { expect, test } from "vitest";
import { apiBuild } from "#app/server/api-build.ts";

const [measure, guard, own] = [() => undefined, () => undefined, () => undefined];

const build = {
  routes: {
    root: { id: "root", path: "", module: { default: () => null, middleware: [measure] } },
    today: { id: "today", parentId: "root", path: "today", module: { default: () => null } },
    docs: { id: "docs", parentId: "root", path: "api/docs", module: { default: () => null } },
    healthz: { id: "healthz", parentId: "root", path: "healthz", module: {} },
    guard: { id: "guard", parentId: "root", module: { middleware: [guard] } },
    tasks: { id: "tasks", parentId: "guard", path: "api/:userId/tasks", module: { middleware: [own] } },
    other: { id: "other", parentId: "root", path: "api/*", module: {} },
  },
} as unknown as ServerBuild;

test("only API resource routes remain, without parents", () => {
  const routes = Object.values(apiBuild(build).routes);
  expect(routes.map((route) => [route?.id, route?.parentId])).toEqual([
    ["tasks", undefined],
    ["other", undefined],
  ]);
});

test("each route keeps the middleware of its ancestors, in order", () => {
  const { tasks, other } = apiBuild(build).routes;
  expect(tasks?.module.middleware).toEqual([measure, guard, own]);
  expect(other?.module.middleware).toEqual([measure]);
});
