import { expect, test } from "vitest";
import { importsOf, readImports } from "#app/testing/import-graph.ts";
import { violations } from "#app/testing/layers.ts";

const BELOW: Record<string, string> = {
  db: "base",
  http: "base db",
  auth: "base db http",
  tasks: "base db http auth",
  lists: "base db http auth tasks",
  changes: "base db http auth tasks lists",
  io: "base db http auth tasks lists",
  components: "base db http auth tasks lists changes io",
  openapi: "base db http auth tasks lists changes io components",
  jobs: "base db http auth tasks lists changes io components",
  pages: "base db http auth tasks lists changes io components",
  routes: "base db http auth tasks lists changes io components openapi jobs pages",
  server: "base db http auth tasks lists changes io components openapi jobs pages routes",
  cli: "base db http auth tasks lists changes io components openapi jobs pages routes server",
};

function imported(from: string, to: string, isTypeOnly = false) {
  return { from, to, isTypeOnly };
}

function said(from: string, to: string): string {
  return violations([imported(from, to)]).join("\n");
}

test("the app, the migrations and the e2e tests keep the layers, without circles", () => {
  const imports = readImports("app", "migrations", "e2e");
  expect(imports.length).toBeGreaterThan(1000);
  expect(violations(imports)).toEqual([]);
});

test("a room imports from those below it and from no other", () => {
  const fileIn = (room: string) => (room === "base" ? "app/time.ts" : `app/${room}/part/any.ts`);
  const rooms = ["base", ...Object.keys(BELOW)];
  for (const room of rooms) {
    const allowed = new Set([room, ...(BELOW[room]?.split(" ") ?? [])]);
    for (const other of rooms) {
      const message = violations([imported(fileIn(room), fileIn(other))]).filter((line) => line.endsWith(`${other} is not below ${room}`));
      expect(message, `${room} imports ${other}`).toHaveLength(allowed.has(other) ? 0 : 1);
    }
  }
});

test("files of the framework count as routes, and a new folder needs a layer", () => {
  expect(said("app/tasks/task.ts", "app/root.tsx")).toContain("routes is not below tasks");
  expect(said("app/root.tsx", "app/pages/viewer.server.ts")).toBe("");
  expect(said("app/mail/send.ts", "app/tasks/task.ts")).toContain("mail is in no layer");
});

test("each rule beyond the layers fires", () => {
  for (const room of ["routes", "routes/api", "pages", "components", "openapi", "jobs"]) {
    const file = `app/${room}/any.ts`;
    for (const to of ["kysely", "pg", "app/db/schema.ts"]) expect(said(file, to)).toContain("SQL belongs to the repositories");
    expect(said(file, "jose")).toContain("tokens belong to app/auth");
    expect(said(file, "app/env.server.ts")).toContain("the environment is read further down");
  }
  for (const name of ["tasks/store/tasks", "lists/lists", "changes/changes", "io/archive"])
    expect(said("app/routes/api/any.ts", `app/${name}.server.ts`)).toContain("API routes use the repositories of ./repositories.ts");
  expect(said("app/components/task/any.tsx", "app/tasks/store/tasks.server.ts")).toContain("components run in the browser");
  for (const path of ["./near.ts", "../db/schema.ts"]) expect(said("app/http/any.ts", path)).toContain("named from #app/ on");
  for (const path of ["app/testing/users.ts", "app/http/form.test.ts"])
    expect(said("app/cli/any.ts", path)).toContain("only tests import test helpers");
  expect(said("migrations/2026-01-01.ts", "app/time.ts")).toContain("migrations never change");
  expect(said("e2e/http/any.spec.ts", "app/time.ts")).toContain("know the app by its responses only");
});

test("what no rule forbids is allowed", () => {
  expect(said("app/routes/api/repositories.ts", "app/tasks/store/tasks.server.ts")).toBe("");
  expect(violations([imported("app/routes/api/import.ts", "app/io/archive.server.ts", true)])).toEqual([]);
  expect(said("app/routes/inbox.tsx", "app/tasks/store/tasks.server.ts")).toBe("");
  expect(said("app/auth/any.ts", "jose")).toBe("");
  expect(said("app/root.tsx", "./app.css")).toBe("");
  expect(said("app/db/any.test.ts", "app/testing/users.ts")).toBe("");
  expect(said("app/db/any.test.ts", "app/tasks/task.ts")).toBe("");
  expect(said("app/testing/users.ts", "app/testing/tokens.ts")).toBe("");
});

test("a circle is found however long it is, also beside files that only lead into it", () => {
  const chain = ["a", "b", "c", "d", "b"].map((name) => `app/http/${name}.ts`);
  const imports = chain.slice(1).map((to, index) => imported(chain[index] ?? "", to, index === 2));
  expect(violations(imports)).toEqual(["circle: app/http/b.ts → app/http/c.ts → app/http/d.ts"]);
  expect(violations(imports.slice(0, -1))).toEqual([]);
  expect(violations([imported("app/http/self.ts", "app/http/self.ts")])).toEqual(["circle: app/http/self.ts"]);
});

test("imports are found in each of their forms", () => {
  const text = `
    import "#app/a.ts";
    import type { A } from "#app/b.ts";
    import { type B, c } from "./c.ts";
    import stylesheet from "../d.css?url";
    export * from "kysely/helpers/postgres";
    export type { E } from "@scope/package/part";
    import type { Route } from "./+types/x";
    const later = () => import("#app/f.tsx");
    type Later = typeof import("#app/g.tsx");
    export const own = <p>{later}</p>;
  `;
  expect(importsOf("app/http/x.tsx", text).map(({ to, isTypeOnly }) => [to, isTypeOnly])).toEqual([
    ["app/a.ts", false],
    ["app/b.ts", true],
    ["./c.ts", false],
    ["../d.css", false],
    ["kysely", false],
    ["@scope/package", true],
    ["app/f.tsx", false],
    ["app/g.tsx", true],
  ]);
  expect(importsOf("e2e/http/x.ts", `import "../support/y.ts";`)).toEqual([imported("e2e/http/x.ts", "e2e/support/y.ts")]);
});
