import { accessAnswers, accessPaths } from "#app/openapi/access.ts";
import { archiveAnswers, archivePaths, archiveRequests } from "#app/openapi/archive.ts";
import { changeAnswers, changePaths } from "#app/openapi/changes.ts";
import { commonAnswers, parameters, securitySchemes } from "#app/openapi/components.ts";
import { headerComponents } from "#app/openapi/headers.ts";
import { namedSchemas } from "#app/openapi/json-schema.ts";
import { listAnswers, listPaths, listRequests } from "#app/openapi/lists.ts";
import { complete, type Method, type OperationObject, operationObject, refusalsOf } from "#app/openapi/operation.ts";
import type { Paths } from "#app/openapi/paths.ts";
import { refusalComponents } from "#app/openapi/problem-responses.ts";
import { batchAnswers, batchPaths, batchRequests } from "#app/openapi/task-batches.ts";
import { verbAnswers, verbPaths, verbRequests } from "#app/openapi/task-commands.ts";
import { taskAnswers, taskPaths, taskRequests } from "#app/openapi/tasks.ts";

const PATHS: Paths = { ...accessPaths, ...taskPaths, ...verbPaths, ...batchPaths, ...listPaths, ...changePaths, ...archivePaths };

const REQUESTS = { ...taskRequests, ...verbRequests, ...batchRequests, ...listRequests, ...archiveRequests };
const ANSWERS = {
  ...commonAnswers,
  ...accessAnswers,
  ...taskAnswers,
  ...verbAnswers,
  ...batchAnswers,
  ...changeAnswers,
  ...archiveAnswers,
  ...listAnswers,
};

const DESCRIPTION = `Tasks of one person, for their scripts. JSON in, JSON out.

- Refusals are problem documents (RFC 9457). Decide by their \`code\`.
- \`ETag\` is the version. Send it back as \`If-Match\`, and nobody's change is lost.
- \`HEAD\` works wherever \`GET\` does; \`OPTIONS\` says what a path allows, to anybody.
- Every answer names its request in \`X-Request-Id\`.`;

/** The API in OpenAPI 3.1, made of the schemas that validate. `origin` is where it is served. */
export function openApiDocument(origin: string) {
  const operations = Object.entries(PATHS).flatMap(([path, item]) =>
    Object.entries(item).map(([method, parts]) => refusalsOf(path, complete(method as Method, parts))),
  );
  return {
    openapi: "3.1.1",
    info: {
      title: "Doable",
      version: "1",
      summary: "A calm to-do list that scripts can share",
      description: DESCRIPTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: origin }],
    tags: [
      { name: "Access", description: "Who is asking." },
      { name: "Tasks", description: "What there is to do." },
      { name: "Lists", description: "Where it belongs, and what it is called by." },
      { name: "Changes", description: "What has become of it." },
      { name: "Data", description: "All of it, out and in again." },
    ],
    paths: Object.fromEntries(Object.entries(PATHS).map(([path, item]) => [path, pathItem(path, item)])),
    components: {
      schemas: { ...namedSchemas(REQUESTS, "input"), ...namedSchemas(ANSWERS, "output") },
      parameters,
      headers: headerComponents,
      responses: refusalComponents(operations),
      securitySchemes,
    },
  };
}

type PathItem = { parameters?: { $ref: string }[] } & { [method in Method]?: OperationObject };

function pathItem(path: string, item: Paths[string]): PathItem {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ $ref: `#/components/parameters/${name}` }));
  const operations = Object.entries(item).map(([method, parts]) => [method, operationObject(path, complete(method as Method, parts))]);
  return { ...(names.length > 0 && { parameters: names }), ...Object.fromEntries(operations) };
}
