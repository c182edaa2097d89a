import type { z } from "zod";
import type { Scope } from "#app/auth/scopes.ts";
import type { ProblemCode } from "#app/http/problem.ts";
import { type HeaderName, headerReferences } from "#app/openapi/headers.ts";
import { type JsonSchema, querySchema } from "#app/openapi/json-schema.ts";
import { refusalReferences } from "#app/openapi/problem-responses.ts";

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** What a noun's file says of one operation. All that follows from it, `operationObject` adds. */
export interface OperationParts {
  id: string;
  tag: "Access" | "Tasks" | "Lists" | "Changes" | "Data";
  summary: string;
  description?: string;
  /** What a bearer token must cover; or which other credential is asked for, if any. */
  needs: Scope | "accessKey" | "session" | "nothing";
  query?: { schema: z.ZodObject; example?: Record<string, unknown> };
  /** Of the request, by their names in `components.parameters`. */
  headers?: ("IfMatch" | "IfNoneMatch" | "IdempotencyKey")[];
  body?: { schema: string; example: unknown; types?: string[]; text?: Record<string, string> };
  answers: Record<number, Answer>;
  /** Beside those that follow from the rest. */
  refusals?: ProblemCode[];
}

interface Answer {
  description: string;
  /** Its name in `components.schemas`; without one there is no body. */
  schema?: string;
  headers?: HeaderName[];
  example?: unknown;
  /** Examples of what it may be instead, by media type. */
  text?: Record<string, string>;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description?: string | undefined;
  schema: JsonSchema;
  example?: unknown;
}

export interface OperationObject {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters: (Parameter | { $ref: string })[];
  requestBody?: { required: true; content: Record<string, { schema: { $ref: string }; example: unknown }> };
  responses: Record<string, { $ref: string } | { description: string }>;
}

/** Whatever is posted with a token can be posted once for each key. */
export function complete(method: Method, parts: OperationParts): OperationParts {
  if (method !== "post" || !isBearer(parts.needs)) return parts;
  const { headers = [], refusals = [], answers } = parts;
  return {
    ...parts,
    headers: [...headers, "IdempotencyKey"],
    refusals: [...refusals, "idempotency_in_progress", "idempotency_key_reused"],
    answers: Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [
        status,
        { ...answer, headers: [...(answer.headers ?? []), "Idempotency-Replayed"] },
      ]),
    ),
  };
}

/** An operation as OpenAPI has it. */
export function operationObject(path: string, parts: OperationParts): OperationObject {
  const { id, tag, summary, description, needs, query, headers = [], body, answers } = parts;
  const parameters = [...headers.map((name) => ({ $ref: `#/components/parameters/${name}` })), ...(query ? queryParameters(query) : [])];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: securityOf(needs),
    parameters,
    ...(body && { requestBody: { required: true, content: contentOf(body) } }),
    responses: { ...answersOf(answers, isBearer(needs)), ...refusalReferences(refusalsOf(path, parts)) },
  };
}

/** Every code that an operation may be refused with. */
export function refusalsOf(path: string, { needs, query, headers = [], body, refusals = [] }: OperationParts): ProblemCode[] {
  const when: [boolean, ProblemCode[]][] = [
    [body !== undefined, ["malformed_json"]],
    [headers.length > 0, ["malformed_request"]],
    [isBearer(needs) || needs === "accessKey", ["unauthorized"]],
    [path.includes("{user_id}"), ["user_mismatch"]],
    [isBearer(needs), ["insufficient_scope"]],
    [path.replace("{user_id}", "").includes("{"), ["not_found"]],
    [headers.includes("IfMatch"), ["version_conflict"]],
    [body !== undefined, ["body_too_large", "unsupported_media_type"]],
    [body !== undefined || query !== undefined, ["invalid_fields"]],
    [isBearer(needs) || needs === "accessKey", ["rate_limited", "unavailable"]],
  ];
  const codes = when.flatMap(([applies, codes]) => (applies ? codes : []));
  return [...new Set([...codes, ...refusals])].sort();
}

function isBearer(needs: OperationParts["needs"]): boolean {
  return needs.startsWith("tasks:");
}

function securityOf(needs: OperationParts["needs"]): Record<string, string[]>[] {
  if (needs === "nothing") return [];
  return [isBearer(needs) ? { bearerToken: [needs] } : { [needs]: [] }];
}

function queryParameters({ schema, example = {} }: NonNullable<OperationParts["query"]>): Parameter[] {
  const { properties = {}, required = [] } = querySchema(schema);
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (typeof schema === "boolean") return [];
    const { description, ...rest } = schema;
    const isRequired = required.includes(name);
    return {
      name,
      in: "query",
      required: isRequired,
      ...(description && { description }),
      schema: rest,
      ...(name in example && { example: example[name] }),
    };
  });
}

function contentOf({ schema, example, types = ["application/json"], text = {} }: NonNullable<OperationParts["body"]>) {
  const json = types.map((type) => [type, { schema: { $ref: `#/components/schemas/${schema}` }, example }]);
  const texts = Object.entries(text).map(([type, example]) => [type, { schema: { type: "string" }, example }]);
  return Object.fromEntries([...json, ...texts]);
}

function answersOf(answers: OperationParts["answers"], isLimited: boolean) {
  const common: HeaderName[] = ["X-Request-Id", ...(isLimited ? (["RateLimit-Policy", "RateLimit"] as const) : [])];
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, headers = [], example, text }]) => [
      status,
      {
        description,
        headers: headerReferences([...common, ...headers]),
        ...(schema && { content: contentOf({ schema, example, ...(text && { text }) }) }),
      },
    ]),
  );
}
