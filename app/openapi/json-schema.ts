import { z } from "zod";

/** JSON Schema draft 2020-12, the dialect of OpenAPI 3.1. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The schemas by name, with a `$ref` where one contains another: `input` for requests, `output` for responses. */
export function namedSchemas(schemas: Record<string, z.ZodType>, direction: "input" | "output"): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { io: direction, uri: (id) => `#/components/schemas/${id}`, override: dropRedundantPattern });
  return Object.fromEntries(Object.entries(made.schemas).map(([name, schema]) => [name, withoutIds(schema)]));
}

export function querySchema(query: z.ZodObject): JsonSchema {
  return withoutIds(z.toJSONSchema(query, { io: "input", override: dropRedundantPattern }));
}

function withoutIds({ $schema: _, $id: __, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** A format makes the pattern that checks it redundant. */
function dropRedundantPattern({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.format) delete jsonSchema.pattern;
}
