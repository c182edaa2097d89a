import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { call } from "./api.ts";
import type { DoableServer } from "./server.ts";

// The server's OpenAPI document, with every reference followed.

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: Schema;
  example?: unknown;
}

interface Content {
  schema: Schema;
  example?: unknown;
}

interface DescribedAnswer {
  headers?: Record<string, unknown>;
  content?: Record<string, Content>;
}

export interface Operation {
  operationId: string;
  /** Upper case. */
  method: string;
  path: string;
  security: Record<string, string[]>[];
  parameters: Parameter[];
  body: (Content & { type: string }) | undefined;
  answers: Record<string, DescribedAnswer>;
}

export interface Description {
  operations: Operation[];
  resolve<T extends object>(value: T): T;
  /** How a response differs from its operation's description; empty if it conforms. */
  complaints(operation: Operation, answer: Response): Promise<string[]>;
}

const METHODS = ["get", "post", "put", "patch", "delete"] as const;
type Method = (typeof METHODS)[number];

interface OperationObject {
  operationId: string;
  security: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, DescribedAnswer>;
}
type PathItem = { parameters?: Parameter[] } & { [method in Method]?: OperationObject };

export async function readDescription(server: DoableServer): Promise<Description> {
  const document = await (await call(server, "/api/openapi.json")).json();
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, "api");

  function resolve<T extends object>(value: T): T {
    const { $ref } = value as { $ref?: string };
    if ($ref === undefined) return value;
    const steps = $ref.slice(2).split("/");
    return resolve(steps.reduce((part, step) => part[step.replaceAll("~1", "/").replaceAll("~0", "~")], document));
  }

  const validators = new Map<Schema, ValidateFunction>();

  function wrongOf(schema: Schema, value: unknown): string[] {
    const validate = validators.get(schema) ?? ajv.compile(absolute(schema) as object);
    validators.set(schema, validate);
    return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  async function complaints(operation: Operation, answer: Response): Promise<string[]> {
    const described = operation.answers[answer.status];
    if (!described) return [`${answer.status} is not described: ${await answer.clone().text()}`];
    const type = answer.headers.get("Content-Type")?.split(";", 1)[0];
    if (!described.content) return answer.body && (await answer.clone().text()) ? [`${answer.status} has a body`] : [];
    const content = described.content[type ?? ""];
    if (!content) return [`${answer.status} is ${type}`];
    return type?.endsWith("json") ? wrongOf(content.schema, await answer.clone().json()) : [];
  }

  const operations = Object.entries<PathItem>(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? operationOf(path, method, item.parameters ?? [], item[method], resolve) : [])),
  );
  return { operations, resolve, complaints };
}

function operationOf(
  path: string,
  method: Method,
  common: Parameter[],
  { operationId, security, parameters = [], requestBody, responses }: OperationObject,
  resolve: Description["resolve"],
): Operation {
  const [type = "", content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  return {
    operationId,
    method: method.toUpperCase(),
    path,
    security,
    parameters: [...common, ...parameters].map(resolve),
    body: content && { ...content, type },
    answers: Object.fromEntries(Object.entries(responses).map(([status, answer]) => [status, resolve(answer)])),
  };
}

function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === "$ref" && typeof part === "string" ? `api${part}` : absolute(part)]),
  );
}

export function isBearer({ security }: Operation): boolean {
  return security.some((scheme) => "bearerToken" in scheme);
}
