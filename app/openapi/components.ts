import { z } from "zod";
import type { Scope } from "#app/auth/scopes.ts";
import { sessionCookieName } from "#app/auth/session-cookie.ts";
import { BatchResponse } from "#app/changes/operation.ts";
import { IDEMPOTENCY_TTL_HOURS, MAX_IDEMPOTENCY_KEY } from "#app/http/idempotency-key.ts";
import { MAX_ERRORS, type ProblemCode, TITLES } from "#app/http/problem.ts";
import { ListJson } from "#app/lists/list-json.ts";
import { LIST_ID, TASK_ID, USER_ID } from "#app/openapi/examples.ts";
import { textSchema } from "#app/openapi/json-schema.ts";
import { ExternalId } from "#app/tasks/task.ts";
import { QuotaName } from "#app/tasks/wire/quota.ts";
import { TaskJson } from "#app/tasks/wire/task-json.ts";

const codes = Object.keys(TITLES) as [ProblemCode, ...ProblemCode[]];

/** Problem Details (RFC 9457), with our own members. */
const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  code: z.enum(codes).meta({ description: "Stable: clients can rely on it." }),
  errors: z
    .array(z.strictObject({ pointer: z.string(), message: z.string() }))
    .optional()
    .meta({
      description: `Each invalid field, by its JSON Pointer into the body, or as \`?name\` of the query. At most ${MAX_ERRORS}; a last one without a pointer then says how many more there are.`,
    }),
  current: z.union([TaskJson, ListJson]).optional().meta({ description: "With version_conflict: the resource as it is now." }),
  existing_id: z.uuid().optional().meta({ description: "With external_id_taken: the task that has it." }),
  quota: QuotaName.optional().meta({ description: "With quota_exceeded: which quota." }),
  limit: z.int().optional().meta({ description: "With quota_exceeded: the most that the account can have." }),
  results: BatchResponse.shape.results.optional().meta({ description: "With batch_failed: the result of each operation." }),
  request_id: z.string(),
});

export const commonRequests = { EmptyBody: z.strictObject({}) };
export const commonResponses = { Problem, Description: z.looseObject({ openapi: z.string() }) };

const uuid = { type: "string", format: "uuid" };

export const parameters = {
  user_id: {
    name: "user_id",
    in: "path",
    required: true,
    description: "The token's own user, by id or as `me`. Any other id is a 403.",
    schema: { type: "string" },
    example: USER_ID,
  },
  task_id: { name: "task_id", in: "path", required: true, description: "A task of this user.", schema: uuid, example: TASK_ID },
  list_id: { name: "list_id", in: "path", required: true, description: "A list of this user.", schema: uuid, example: LIST_ID },
  external_id: {
    name: "external_id",
    in: "path",
    required: true,
    description: "A script's own name for the task, percent-encoded.",
    schema: textSchema(ExternalId),
    example: "rent-2026-12",
  },
  name: { name: "name", in: "path", required: true, description: "A label.", schema: { type: "string" }, example: "home" },
  IfMatch: {
    name: "If-Match",
    in: "header",
    description: "The entity tag that was read: if the version is another one by now, nothing is done and the response is 412.",
    schema: { type: "string" },
    example: '"7"',
  },
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    description: `Any text that identifies this request: sent again within ${IDEMPOTENCY_TTL_HOURS} hours, it is not done again and has the same response.`,
    schema: { type: "string", minLength: 1, maxLength: MAX_IDEMPOTENCY_KEY },
    example: "rent-2026-12",
  },
  IfNoneMatch: {
    name: "If-None-Match",
    in: "header",
    description: "An entity tag that the client has: if it is still current, the response is 304, which counts against no limit.",
    schema: { type: "string" },
    example: '"7"',
  },
  IfNoneMatchAny: {
    name: "If-None-Match",
    in: "header",
    description: "`*`: only create; if there is such a task already, nothing is done and the response is 412.",
    schema: { type: "string" },
    example: "*",
  },
};

const SCOPES: Record<Scope, string> = {
  "tasks:read": "Reading.",
  "tasks:write": "Everything that reads or changes tasks, lists and settings.",
  "tasks:create": "Only adding tasks.",
};

/** `origin` is the server's public address: the token URL begins with it, and its scheme decides the name of the session's cookie. */
export const securitySchemes = (origin: string) => ({
  bearerToken: {
    type: "oauth2",
    description: "A JWT as a bearer token (RFC 6750), from `POST /api/token` or from a session.",
    flows: { clientCredentials: { tokenUrl: `${origin}/api/token`, scopes: SCOPES } },
  },
  accessKey: {
    type: "apiKey",
    in: "header",
    name: "X-API-Key",
    description: "Created on /settings/access-keys. Accepted only by `POST /api/token`.",
  },
  clientSecret: {
    type: "http",
    scheme: "basic",
    description: "An access key as the client's secret, with any client's id, in front of `POST /api/token` (RFC 6749, section 2.3.1).",
  },
  session: { type: "apiKey", in: "cookie", name: sessionCookieName(origin), description: "The cookie of a browser that is signed in." },
});
