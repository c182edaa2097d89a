import { globSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "@playwright/test";

// The scripts that pages load, read from the build.

const CLIENT = "build/client";

/** Kilobytes (1,000 bytes) of scripts on the first visit of a page, compressed with Brotli: at most 3 % above the current size. */
const BUDGETS: Record<string, number> = {
  home: 106,
  signup: 107,
  login: 107,
  logout: 105,
  today: 132,
  upcoming: 133,
  inbox: 132,
  lists: 128,
  list: 133,
  tasks: 135,
  "tasks-of-user": 123,
  task: 135,
  history: 126,
  trash: 124,
  settings: 125,
  password: 124,
  "access-keys": 127,
  data: 125,
  "data-import": 124,
  "api-docs": 108,
  "not-found": 105,
};

/** A string in each package that any use of it includes and minifying keeps. */
const SERVER_ONLY = {
  zod: { text: "$ZodType", source: "node_modules/zod/v4/core/schemas.js" },
  kysely: { text: "SelectQueryNode", source: "node_modules/kysely/dist/operation-node/select-query-node.js" },
  pg: { text: "Client has encountered a connection error", source: "node_modules/pg/lib/client.js" },
  "better-auth": { text: "BETTER_AUTH_SECRET", source: "node_modules/better-auth/dist/context/secret-utils.mjs" },
  "common passwords": { text: "4815162342", source: "node_modules/@zxcvbn-ts/language-common/src/passwords.json" },
  jose: { text: "ERR_JOSE_GENERIC", source: "node_modules/jose/dist/webapi/util/errors.js" },
};

interface RouteEntry {
  id: string;
  parentId?: string;
  module: string;
  imports?: string[];
  hasDefaultExport: boolean;
}

interface Manifest {
  entry: { module: string; imports: string[] };
  routes: Record<string, RouteEntry>;
}

function readManifest(): Manifest {
  const [file = ""] = globSync(`${CLIENT}/assets/manifest-*.js`);
  return JSON.parse(
    readFileSync(file, "utf8")
      .replace(/^window\.__reactRouterManifest=/, "")
      .replace(/;$/, ""),
  );
}

/** The scripts of the entry, the route and its layouts, with all their imports. */
function scriptsOf(route: RouteEntry, { entry, routes }: Manifest): Set<string> {
  const scripts = [entry.module, ...entry.imports];
  for (let part: RouteEntry | undefined = route; part; part = routes[part.parentId ?? ""])
    scripts.push(part.module, ...(part.imports ?? []));
  return new Set(scripts);
}

function kilobytes(scripts: Iterable<string>): number {
  return [...scripts].reduce((sum, script) => sum + statSync(`${CLIENT}${script}.br`).size, 0) / 1000;
}

test("no page loads more scripts than its budget", () => {
  const manifest = readManifest();
  const layouts = new Set(Object.values(manifest.routes).map(({ parentId }) => parentId));
  const pages = Object.values(manifest.routes).filter(({ id, hasDefaultExport }) => hasDefaultExport && !layouts.has(id));
  const sizes = Object.fromEntries(pages.map((page) => [page.id.replace(/^routes\//, ""), kilobytes(scriptsOf(page, manifest))]));
  expect(Object.keys(sizes).toSorted()).toEqual(Object.keys(BUDGETS).toSorted());
  const over = Object.entries(sizes).filter(([page, size]) => size > (BUDGETS[page] ?? 0));
  expect(over).toEqual([]);
});

for (const [name, { text, source }] of Object.entries(SERVER_ONLY)) {
  test(`${name} stays on the server`, () => {
    expect(readFileSync(source, "utf8")).toContain(text);
    const scripts = globSync(`${CLIENT}/**/*.js`);
    expect(scripts.length).toBeGreaterThan(20);
    expect(scripts.filter((script) => readFileSync(script, "utf8").includes(text))).toEqual([]);
  });
}
