import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

// The linter holds the layers, by the path of a file and what it imports. Here it is seen to.

const UPWARDS = "Layers: routes → archive, feed → tasks, lists, auth → http → db → env. Never upwards.";
const STATEMENTS = "Routes know HTTP: statements belong to the repositories.";
const TOKENS = "Routes know HTTP: tokens belong to app/auth.";
const ENVIRONMENT = "Routes know HTTP: the environment is read below them.";
const SHOWN = "Components get what they show from their route.";
const BY_ALIAS = "Other folders are named from #app/ on";

/** What the linter says of a project that has our rules and these files, of which each imports one thing. One text per file. */
async function lint(imports: readonly (readonly [path: string, imported: string])[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "doable-layers-"));
  await copyFile("biome.json", join(folder, "biome.json"));
  const files = imports.map(([path], index) => (path.endsWith("/") ? `${path}x${index}.ts` : path));
  for (const [index, file] of files.entries()) {
    await mkdir(join(folder, dirname(file)), { recursive: true });
    await writeFile(join(folder, file), `import { anything } from "${imports[index]?.[1]}";\nanything();\n`);
  }
  const diagnostics = await diagnosticsIn(folder);
  await rm(folder, { recursive: true });
  return files.map((file) =>
    diagnostics
      .filter(({ location }) => location.path === file)
      .map(({ message }) => message)
      .join("\n"),
  );
}

function diagnosticsIn(folder: string): Promise<{ message: string; location: { path: string } }[]> {
  const options = ["lint", "--reporter=json", "--max-diagnostics=none"];
  return new Promise((resolve) =>
    // It fails, as it should: what counts is what it says.
    execFile(`${process.cwd()}/node_modules/.bin/biome`, options, { cwd: folder }, (_failed, output) =>
      resolve(JSON.parse(output).diagnostics),
    ),
  );
}

test("a layer imports nothing from above itself, nor what belongs to another", async () => {
  const refused = [
    ["app/routes/", "kysely", STATEMENTS],
    ["app/routes/", "pg", STATEMENTS],
    ["app/routes/", "#app/db/database.server.ts", STATEMENTS],
    ["app/routes/", "jose", TOKENS],
    ["app/routes/", "#app/env.server.ts", ENVIRONMENT],
    ["app/routes/api/", "kysely", STATEMENTS],
    ["app/routes/api/", "pg", STATEMENTS],
    ["app/routes/api/", "#app/db/database.server.ts", STATEMENTS],
    ["app/routes/api/", "jose", TOKENS],
    ["app/routes/api/", "#app/env.server.ts", ENVIRONMENT],
    ["app/routes/api/", "#app/tasks/tasks.server.ts", "tasksFor in ./repositories"],
    ["app/routes/api/", "#app/lists/lists.server.ts", "listsFor in ./repositories"],
    ["app/routes/api/", "#app/archive/archive.server.ts", "archiveFor in ./repositories"],
    ["app/routes/api/", "#app/feed/feed.server.ts", "feedFor in ./repositories"],
    ["app/components/", "#app/tasks/tasks.server.ts", SHOWN],
    ["app/components/", "#app/env.server.ts", SHOWN],
    ...above("archive", "routes", "auth", "components", "openapi", "server"),
    ...above("feed", "routes", "auth", "components", "openapi", "server"),
    ...above("tasks", "routes", "archive", "feed", "auth", "components", "openapi", "server"),
    ...above("lists", "routes", "archive", "feed", "auth", "components", "openapi", "server"),
    ...above("auth", "routes", "archive", "feed", "tasks", "lists", "components", "openapi", "server"),
    ...above("http", "routes", "archive", "feed", "tasks", "lists", "auth", "components", "openapi", "server"),
    ...above("db", "routes", "archive", "feed", "tasks", "lists", "auth", "http", "components", "openapi", "server"),
  ] as const;
  const said = await lint(refused.map(([path, imported]) => [path, imported]));
  for (const [index, [path, imported, message]] of refused.entries()) expect(said[index], `${path} imports ${imported}`).toContain(message);
});

function above(layer: string, ...others: string[]) {
  return others.map((other) => [`app/${layer}/`, `#app/${other}/part/anything.ts`, UPWARDS] as const);
}

test("no folder climbs out of itself into another", async () => {
  const layers = ["routes", "components", "archive", "feed", "tasks", "lists", "auth", "http", "db", "openapi", "server"];
  const climbing = layers.flatMap((layer) => [
    [`app/${layer}/`, "../db/database.server.ts"] as const,
    [`app/${layer}/api/`, "../../db/database.server.ts"] as const,
  ]);
  const said = await lint(climbing);
  for (const [index, [path]] of climbing.entries()) expect(said[index], path).toContain(BY_ALIAS);
});

test("what lies below, and what lies beside in the same folder, may be imported", async () => {
  const said = await lint([
    ["app/routes/", "#app/tasks/tasks.server.ts"],
    ["app/routes/", "./viewing.server"],
    ["app/routes/api/", "./repositories"],
    ["app/routes/api/repositories.ts", "#app/tasks/tasks.server.ts"],
    ["app/components/", "#app/tasks/task.ts"],
    ["app/archive/", "#app/tasks/tasks.server.ts"],
    ["app/feed/", "#app/lists/list.ts"],
    ["app/tasks/", "#app/lists/list.ts"],
    ["app/lists/", "#app/tasks/task.ts"],
    ["app/auth/", "#app/tasks/dates.ts"],
    ["app/auth/", "#app/http/problem.ts"],
    ["app/http/", "#app/db/database.server.ts"],
    ["app/db/", "#app/env.server.ts"],
  ]);
  expect(said.filter((line) => line !== "")).toEqual([]);
});
