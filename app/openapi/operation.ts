import type { ProblemCode } from "#app/http/problem.ts";
import { type HeaderName, headerRefs } from "#app/openapi/headers.ts";
import { type JsonSchema, querySchema } from "#app/openapi/json-schema.ts";
import { isBearer, type Method, type OperationSpec, type ResponseSpec } from "#app/openapi/operation-spec.ts";
import { type OperationProblems, problemResponseRefs } from "#app/openapi/problem-responses.ts";

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
  requestBody?: { required: boolean; content: Record<string, { schema: { $ref: string }; example: unknown }> };
  responses: Record<string, { $ref: string } | { description: string }>;
}

/** Of a POST that needs no body. */
const EMPTY_BODY = { schema: "EmptyBody", example: {}, isOptional: true };

/** Adds the optional body and the Idempotency-Key of every POST with a bearer token. */
export function withPostRules(method: Method, spec: OperationSpec): OperationSpec {
  if (method !== "post" || !isBearer(spec.needs)) return spec;
  const { body = EMPTY_BODY, headers = [], problems = [], responses } = spec;
  return {
    ...spec,
    body,
    headers: [...headers, "IdempotencyKey"],
    problems: [...problems, "idempotency_in_progress", "idempotency_key_reused"],
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, response]) => [
        status,
        { ...response, headers: [...(response.headers ?? []), "Idempotency-Replayed"] },
      ]),
    ),
  };
}

export function operationObject(path: string, spec: OperationSpec): OperationObject {
  const { id, tag, summary, description, needs, query, headers = [], body, form, responses } = spec;
  const parameters = [...headers.map((name) => ({ $ref: `#/components/parameters/${name}` })), ...(query ? queryParameters(query) : [])];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: securityOf(needs),
    parameters,
    ...(body && { requestBody: { required: !body.isOptional, content: contentOf(body) } }),
    ...(form && { requestBody: { required: false, content: contentOf({ ...form, types: ["application/x-www-form-urlencoded"] }) } }),
    responses: { ...responsesOf(responses, isBearer(needs)), ...problemResponseRefs(problemsOf(path, spec)) },
  };
}

export function problemsOf(path: string, { needs, query, headers = [], body, form, problems = [] }: OperationSpec): OperationProblems {
  const when: [boolean, ProblemCode[]][] = [
    [body !== undefined, ["malformed_json"]],
    [headers.length > 0, ["malformed_request"]],
    [isBearer(needs), ["unauthorized"]],
    [path.includes("{user_id}"), ["user_mismatch"]],
    [isBearer(needs), ["insufficient_scope"]],
    // A task that an external id does not name yet is created.
    [/\{(?!user_id|external_id)/.test(path), ["not_found"]],
    [headers.includes("IfMatch"), ["version_conflict"]],
    [body !== undefined, ["unsupported_media_type"]],
    [body !== undefined || form !== undefined, ["body_too_large"]],
    [body !== undefined || query !== undefined, ["invalid_fields"]],
    [isBearer(needs) || needs === "accessKey", ["rate_limited", "unavailable"]],
  ];
  const codes = when.flatMap(([applies, codes]) => (applies ? codes : []));
  return { codes: [...new Set([...codes, ...problems])].sort(), noun: path.includes("/lists/") ? "List" : "Task" };
}

function securityOf(needs: OperationSpec["needs"]): Record<string, string[]>[] {
  if (needs === "nothing") return [];
  if (needs === "accessKey") return [{ accessKey: [] }, { clientSecret: [] }, {}];
  return [isBearer(needs) ? { bearerToken: [needs] } : { [needs]: [] }];
}

function queryParameters({ schema, example = {} }: NonNullable<OperationSpec["query"]>): Parameter[] {
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

function contentOf({ schema, example, types = ["application/json"], text = {} }: NonNullable<OperationSpec["body"]>) {
  const json = types.map((type) => [type, { schema: { $ref: `#/components/schemas/${schema}` }, example }]);
  const texts = Object.entries(text).map(([type, example]) => [type, { schema: { type: "string" }, example }]);
  return Object.fromEntries([...json, ...texts]);
}

function contentByType(content: NonNullable<ResponseSpec["content"]>) {
  return Object.fromEntries(Object.entries(content).flatMap(([type, part]) => Object.entries(contentOf({ ...part, types: [type] }))));
}

function responsesOf(responses: OperationSpec["responses"], isLimited: boolean) {
  const common: HeaderName[] = ["X-Request-Id", ...(isLimited ? (["RateLimit-Policy", "RateLimit"] as const) : [])];
  return Object.fromEntries(
    Object.entries(responses).map(([status, { description, schema, headers = [], example, text, content }]) => [
      status,
      {
        description,
        headers: headerRefs([...common, ...headers]),
        ...(schema && { content: contentOf({ schema, example, ...(text && { text }) }) }),
        ...(content && { content: contentByType(content) }),
      },
    ]),
  );
}
