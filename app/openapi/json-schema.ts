import { z } from "zod";

/** JSON Schema, draft 2020-12, which is what OpenAPI 3.1 speaks. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Each schema under its name, with references where one is part of another: as a caller sends it, or as an answer has it. */
export function namedSchemas(schemas: Record<string, z.ZodType>, direction: "input" | "output"): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { io: direction, uri: (id) => `#/components/schemas/${id}`, override: tidy });
  return Object.fromEntries(Object.entries(made.schemas).map(([name, schema]) => [name, bare(schema)]));
}

/** What each parameter of a query may be, and which must be there. */
export function querySchema(query: z.ZodObject): JsonSchema {
  return bare(z.toJSONSchema(query, { io: "input", override: tidy }));
}

function bare({ $schema: _, $id: __, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** A format says it better than the pattern that checks it. */
function tidy({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.format) delete jsonSchema.pattern;
}
