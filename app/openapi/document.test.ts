import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { TITLES } from "#app/http/problem.ts";
import { openApiDocument } from "#app/openapi/document.ts";
import routes from "#app/routes.ts";

const description = openApiDocument("https://doable.example");

interface RouteEntry {
  path?: string | undefined;
  file: string;
  children?: RouteEntry[] | undefined;
}

function apiPaths(entries: RouteEntry[]): string[] {
  return entries.flatMap(({ path, file, children = [] }) => {
    const isOurs = path && file.startsWith("routes/api/") && !path.includes("*");
    return [...(isOurs ? [`/${path.replaceAll(/:(\w+)/g, (_, name: string) => `{${snakeCase(name)}}`)}`] : []), ...apiPaths(children)];
  });
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

test("the description has every path of the API, and no other", () => {
  expect(Object.keys(description.paths).sort()).toEqual(apiPaths(routes).sort());
});

test("the linter for descriptions finds nothing, by its recommended rules", async () => {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const problems = await lintFromString({ source: JSON.stringify(description), config });
  expect(problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual([]);
});

test("the linter would find something", async () => {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const { paths: _, ...broken } = description;
  expect(await lintFromString({ source: JSON.stringify(broken), config })).not.toEqual([]);
});

test("every code of a refusal is said of some operation", () => {
  const said = Object.keys(description.components.responses).flatMap((name) => name.split("-or-"));
  // No operation promises a fault of ours, a method that an operation has is never refused, and one code stands only inside of a batch's answer.
  const never = ["internal_error", "method_not_allowed", "not_done"];
  expect([...new Set([...said, ...never])].sort()).toEqual(Object.keys(TITLES).sort());
});
