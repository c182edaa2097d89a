import { createConfig, lintFromString, loadConfig } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { TITLES } from "#app/http/problem.ts";
import { openApiDocument } from "#app/openapi/document.ts";
import type { Method } from "#app/openapi/operation-spec.ts";
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
  const config = await loadConfig({ configPath: "redocly.yaml" });
  const problems = await lintFromString({ source: JSON.stringify(description), config });
  expect(problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual([]);
});

test("the OpenAPI linter reports a broken document", async () => {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const { paths: _, ...broken } = description;
  expect(await lintFromString({ source: JSON.stringify(broken), config })).not.toEqual([]);
});

test("no schema has a default, for which client generators would require the property", () => {
  const { schemas } = description.components;
  expect(JSON.stringify(schemas)).not.toContain('"default":');
  expect(schemas.NewTask).toMatchObject({
    required: ["title"],
    properties: { priority: { description: expect.stringMatching(/Default: `0`\.$/) } },
  });
});

function queryOf(path: string, method: Method): Record<string, unknown> {
  const parameters = description.paths[path]?.[method]?.parameters ?? [];
  return Object.fromEntries(parameters.flatMap((parameter) => ("in" in parameter ? [[parameter.name, parameter.schema]] : [])));
}

test("numbers and flags of a query are integers and booleans", () => {
  expect(queryOf("/api/{user_id}/tasks", "get")).toMatchObject({
    limit: { type: "integer", minimum: 1, maximum: 200 },
    min_priority: { type: "integer", minimum: 0, maximum: 3 },
    deleted: { type: "boolean" },
    total: { type: "boolean" },
    q: { type: "string" },
  });
  expect(queryOf("/api/{user_id}/tasks/{task_id}/complete", "post")).toEqual({ cascade: { type: "boolean" } });
  expect(queryOf("/api/{user_id}/import", "post")).toEqual({ dry_run: { type: "boolean" } });
});

function problemSchemaOf(path: string, method: Method, status: number): unknown {
  const answer = description.paths[path]?.[method]?.responses[status];
  const name = answer && "$ref" in answer ? answer.$ref.split("/").at(-1) : "";
  return description.components.responses[name ?? ""]?.content["application/problem+json"].schema;
}

test("a version conflict has the task or the list of its path", () => {
  const current = (noun: string) => ({
    allOf: [{}, { properties: { code: { enum: ["version_conflict"] }, current: { $ref: `#/components/schemas/${noun}` } } }],
  });
  expect(problemSchemaOf("/api/{user_id}/tasks/{task_id}", "patch", 412)).toMatchObject(current("Task"));
  expect(problemSchemaOf("/api/{user_id}/lists/{list_id}", "patch", 412)).toMatchObject(current("List"));
});

test("a POST without members of a body takes an empty one, with the problems of a body", () => {
  const reopen = description.paths["/api/{user_id}/tasks/{task_id}/reopen"]?.post;
  expect(reopen?.requestBody).toMatchObject({
    required: false,
    content: { "application/json": { schema: { $ref: "#/components/schemas/EmptyBody" } } },
  });
  expect(Object.keys(reopen?.responses ?? {})).toEqual(expect.arrayContaining(["400", "413", "415", "422"]));
});

test("a page of tasks has whole tasks, or the parts that `fields` names", () => {
  const { AnyTaskPage, TaskPartPage, TaskPart } = description.components.schemas;
  expect(AnyTaskPage?.anyOf).toEqual([{ $ref: "#/components/schemas/TaskPage" }, { $ref: "#/components/schemas/TaskPartPage" }]);
  expect(TaskPartPage).toMatchObject({ properties: { items: { items: { $ref: "#/components/schemas/TaskPart" } } } });
  expect(TaskPart).not.toHaveProperty("required");
});

test("every problem code is documented by some operation", () => {
  const documented = Object.values(description.components.responses).flatMap(({ content }) =>
    Object.keys(content["application/problem+json"].examples),
  );
  // Server errors are not documented, method_not_allowed is for methods without an operation, and not_done occurs only inside batch results.
  const undocumented = ["internal_error", "method_not_allowed", "not_done"];
  expect([...new Set([...documented, ...undocumented])].sort()).toEqual(Object.keys(TITLES).sort());
});
