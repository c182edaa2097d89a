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
    const isApi = path && file.startsWith("routes/api/") && !path.includes("*");
    return [...(isApi ? [`/${path.replaceAll(/:(\w+)/g, (_, name: string) => `{${snakeCase(name)}}`)}`] : []), ...apiPaths(children)];
  });
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

test("the document has exactly the paths of the API's routes", () => {
  expect(Object.keys(description.paths).sort()).toEqual(apiPaths(routes).sort());
});

test("the session cookie has the name that it has at that origin", () => {
  expect(description.components.securitySchemes.session).toMatchObject({ in: "cookie", name: "__Host-doable.session_token" });
  const { session } = openApiDocument("http://localhost:3000").components.securitySchemes;
  expect(session).toMatchObject({ in: "cookie", name: "doable.session_token" });
});

test("the OpenAPI linter reports nothing with its strict recommended rules", async () => {
  // A task id is a UUID, so `by-external-id` is none.
  const config = await createConfig({ extends: ["recommended-strict"], rules: { "no-ambiguous-paths": "off" } });
  const problems = await lintFromString({ source: JSON.stringify(description), config });
  expect(problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual([]);
});

test("the OpenAPI linter reports a broken document", async () => {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const { paths: _, ...broken } = description;
  expect(await lintFromString({ source: JSON.stringify(broken), config })).not.toEqual([]);
});

test("every problem code is documented by some operation", () => {
  const documented = Object.keys(description.components.responses).flatMap((name) => name.split("-or-"));
  // Server errors are not documented, method_not_allowed is for methods without an operation, and not_done occurs only inside batch results.
  const undocumented = ["internal_error", "method_not_allowed", "not_done"];
  expect([...new Set([...documented, ...undocumented])].sort()).toEqual(Object.keys(TITLES).sort());
});
