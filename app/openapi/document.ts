import { accessPaths, accessRequests, accessResponses } from "#app/openapi/access.ts";
import { archivePaths, archiveRequests, archiveResponses } from "#app/openapi/archive.ts";
import { changePaths, changeResponses } from "#app/openapi/changes.ts";
import { commonRequests, commonResponses, parameters, securitySchemes } from "#app/openapi/components.ts";
import { OPENAPI_VERSION } from "#app/openapi/examples.ts";
import { headerComponents } from "#app/openapi/headers.ts";
import { historyPaths, historyRequests, historyResponses } from "#app/openapi/history.ts";
import { namedSchemas } from "#app/openapi/json-schema.ts";
import { listPaths, listRequests, listResponses } from "#app/openapi/lists.ts";
import { mePaths, meRequests, meResponses } from "#app/openapi/me.ts";
import { type OperationObject, operationObject, problemsOf, withPostRules } from "#app/openapi/operation.ts";
import type { Method, Paths } from "#app/openapi/operation-spec.ts";
import { problemResponseComponents } from "#app/openapi/problem-responses.ts";
import { batchPaths, batchRequests, batchResponses } from "#app/openapi/task-batches.ts";
import { commandPaths, commandRequests, commandResponses } from "#app/openapi/task-commands.ts";
import { taskPaths, taskRequests, taskResponses } from "#app/openapi/tasks.ts";

const PATHS: Paths = {
  ...accessPaths,
  ...mePaths,
  ...taskPaths,
  ...commandPaths,
  ...batchPaths,
  ...listPaths,
  ...changePaths,
  ...historyPaths,
  ...archivePaths,
};

const REQUESTS = {
  ...commonRequests,
  ...accessRequests,
  ...meRequests,
  ...taskRequests,
  ...commandRequests,
  ...batchRequests,
  ...listRequests,
  ...historyRequests,
  ...archiveRequests,
};
const RESPONSES = {
  ...commonResponses,
  ...accessResponses,
  ...meResponses,
  ...taskResponses,
  ...commandResponses,
  ...batchResponses,
  ...changeResponses,
  ...historyResponses,
  ...archiveResponses,
  ...listResponses,
};

const DESCRIPTION = `Tasks of one person, for their scripts. JSON in, JSON out.

- Errors are problem documents (RFC 9457) with a stable \`code\`.
- \`ETag\` is the version. Sent back as \`If-Match\`, it keeps a write from overwriting another one.
- \`HEAD\` works wherever \`GET\` does; \`OPTIONS\` lists the methods of a path, and needs no token.
- Every response has an \`X-Request-Id\`, which the server's log has too.`;

/** OpenAPI 3.1, generated from the schemas that validate requests. `origin` is the server's public address. */
export function openApiDocument(origin: string) {
  const operations = Object.entries(PATHS).flatMap(([path, item]) =>
    Object.entries(item).map(([method, spec]) => problemsOf(path, withPostRules(method as Method, spec))),
  );
  return {
    openapi: OPENAPI_VERSION,
    info: {
      title: "Doable",
      version: "1",
      summary: "A calm to-do list that scripts can share",
      description: DESCRIPTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: origin }],
    tags: [
      { name: "Access", description: "Tokens, and the user they stand for." },
      { name: "Tasks", description: "Tasks, one at a time or many." },
      { name: "Lists", description: "Lists and labels." },
      { name: "Changes", description: "What has changed, and undo." },
      { name: "Data", description: "Export and import." },
    ],
    paths: Object.fromEntries(Object.entries(PATHS).map(([path, item]) => [path, pathItem(path, item)])),
    components: {
      schemas: { ...namedSchemas(REQUESTS, "input"), ...namedSchemas(RESPONSES, "output") },
      parameters,
      headers: headerComponents,
      responses: problemResponseComponents(operations),
      securitySchemes: securitySchemes(origin),
    },
  };
}

type PathItem = { parameters?: { $ref: string }[] } & { [method in Method]?: OperationObject };

function pathItem(path: string, item: Paths[string]): PathItem {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ $ref: `#/components/parameters/${name}` }));
  const operations = Object.entries(item).map(([method, spec]) => [method, operationObject(path, withPostRules(method as Method, spec))]);
  return { ...(names.length > 0 && { parameters: names }), ...Object.fromEntries(operations) };
}
