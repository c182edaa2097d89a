import { z } from "zod";
import type { QueryValueMeta } from "#app/http/query-value.ts";

/** JSON Schema draft 2020-12, the dialect of OpenAPI 3.1. */
export type JsonSchema = z.core.JSONSchema.BaseSchema & Partial<QueryValueMeta>;

/** The schemas by name, with a `$ref` where one contains another: `input` for requests, `output` for responses. */
export function namedSchemas(schemas: Record<string, z.ZodType>, direction: "input" | "output"): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, {
    io: direction,
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      dropRedundantPattern(jsonSchema);
      replaceDefault(jsonSchema, direction);
    },
  });
  return Object.fromEntries(Object.entries(made.schemas).map(([name, schema]) => [name, withoutIds(schema)]));
}

export function querySchema(query: z.ZodObject): JsonSchema {
  const made = z.toJSONSchema(query, {
    io: "input",
    override: ({ jsonSchema }) => {
      dropRedundantPattern(jsonSchema);
      replaceText(jsonSchema);
    },
  });
  return withoutIds(made);
}

/** The rules of a text, without its description. */
export function textSchema(text: z.ZodType<string, string>): JsonSchema {
  const { description: _, ...schema } = withoutIds(z.toJSONSchema(text, { io: "input" }));
  return schema;
}

function withoutIds({ $schema: _, $id: __, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** A format makes the pattern that checks it redundant. */
function dropRedundantPattern(schema: JsonSchema): void {
  if (schema.format) delete schema.pattern;
}

/** Client generators take a property with a `default` for one that is always there, and require it in requests as well. */
function replaceDefault(schema: JsonSchema, direction: "input" | "output"): void {
  if (!("default" in schema)) return;
  const { default: value, description = "" } = schema;
  delete schema.default;
  if (direction === "input" && value !== null) schema.description = `${description} Default: \`${JSON.stringify(value)}\`.`.trimStart();
}

/** The type that the text of a query parameter is parsed to, in place of the rules for that text. */
function replaceText(schema: JsonSchema): void {
  const { parsed } = schema;
  if (!parsed) return;
  for (const keyword of ["parsed", "pattern", "enum", "type"] as const) delete schema[keyword];
  Object.assign(schema, parsed);
}
