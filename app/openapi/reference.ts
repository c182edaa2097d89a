import { curlCommand } from "#app/openapi/curl-command.ts";
import { openApiDocument } from "#app/openapi/document.ts";
import type { JsonSchema } from "#app/openapi/json-schema.ts";
import type { OperationObject, Parameter } from "#app/openapi/operation.ts";
import type { Method } from "#app/openapi/operation-spec.ts";
import { schemaLabel } from "#app/openapi/schema-label.ts";

interface Reference {
  introduction: string;
  groups: { name: string; description: string; operations: OperationReference[] }[];
}

export interface OperationReference {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | undefined;
  needs: string;
  command: string;
  parameters: FieldReference[];
  body: FieldReference[];
  /** `text` has code in backticks. */
  responses: { status: string; text: string }[];
}

export interface FieldReference {
  name: string;
  type: string;
  isRequired: boolean;
  description: string | undefined;
}

type Document = ReturnType<typeof openApiDocument>;

export function reference(origin: string, userId = "me"): Reference {
  const document = openApiDocument(origin);
  const all = operationsOf(document, userId);
  const groups = document.tags.map(({ name, description }) => ({
    name,
    description,
    operations: all
      .filter(({ operation }) => operation.tags.includes(name))
      .map(({ path, method, operation, parameters, command }) => ({
        ...operationReference(document, operation),
        method: method.toUpperCase(),
        path,
        command,
        parameters: parameters.map(fieldOf),
      })),
  }));
  return { introduction: document.info.description, groups };
}

function operationsOf(document: Document, userId: string) {
  const origin = document.servers[0]?.url ?? "";
  return Object.entries(document.paths).flatMap(([path, { parameters: common = [], ...methods }]) =>
    Object.entries(methods).map(([name, operation]) => {
      const method = name as Method;
      const parameters = [...common, ...operation.parameters].map((parameter) => parameterOf(document, parameter));
      return { path, method, operation, parameters, command: curlCommand({ origin, path, method, operation, parameters, userId }) };
    }),
  );
}

function operationReference(document: Document, { operationId, summary, description, security, requestBody, responses }: OperationObject) {
  const [scheme, scopes = []] = Object.entries(security[0] ?? {})[0] ?? [];
  return {
    id: operationId,
    summary,
    description,
    needs: scopes[0] ?? { accessKey: "an access key", session: "a session" }[scheme ?? ""] ?? "nothing",
    body: bodyOf(document, requestBody),
    responses: Object.entries(responses).map(([status, response]) => ({ status, text: responseText(document, response) })),
  };
}

function parameterOf({ components }: Document, parameter: Parameter | { $ref: string }): Parameter {
  if (!("$ref" in parameter)) return parameter;
  return components.parameters[nameOfRef(parameter.$ref) as keyof typeof components.parameters] as Parameter;
}

function responseText({ components }: Document, response: { $ref: string } | { description: string }): string {
  return "$ref" in response ? (components.responses[nameOfRef(response.$ref)]?.description ?? "") : response.description;
}

function bodyOf({ components }: Document, body: OperationObject["requestBody"]): FieldReference[] {
  const [content] = Object.values(body?.content ?? {});
  const { properties = {}, required = [] } = (content && components.schemas[nameOfRef(content.schema.$ref)]) ?? {};
  return Object.entries(properties)
    .filter((entry): entry is [string, JsonSchema] => typeof entry[1] !== "boolean" && Object.keys(entry[1]).length > 0)
    .map(([name, schema]) => fieldOf({ name, required: required.includes(name), schema, description: descriptionOf(schema) }));
}

/** The description of a nullable field is inside its `anyOf`. */
function descriptionOf(schema: JsonSchema): string | undefined {
  return schema.description ?? schema.anyOf?.flatMap((part) => (typeof part === "object" && part.description) || [])[0];
}

function fieldOf({
  name,
  required = false,
  description,
  schema,
}: Pick<Parameter, "name" | "required" | "description" | "schema">): FieldReference {
  return { name, type: schemaLabel(schema), isRequired: required, description };
}

function nameOfRef(reference: string): string {
  return reference.split("/").at(-1) ?? "";
}
