import type { JsonSchema } from "#app/openapi/json-schema.ts";

const FORMATS: Record<string, string> = { uuid: "id", date: "YYYY-MM-DD", "date-time": "time", uri: "address" };

/** A short description of a type: `"open" | "done"`, `list of text`, `id or null`. */
export function schemaLabel(schema: JsonSchema): string {
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "";
  const choices = (schema.anyOf ?? schema.oneOf ?? []).filter((choice) => typeof choice === "object");
  if (choices.length > 0) return [...new Set(choices.map(schemaLabel))].join(" or ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.type)) return schema.type.map((type) => schemaLabel({ ...schema, type })).join(" or ");
  if (schema.type === "array")
    return `list of ${typeof schema.items === "object" && !Array.isArray(schema.items) ? schemaLabel(schema.items) : "any"}`;
  if (schema.type === "string") return FORMATS[schema.format ?? ""] ?? lengthOf(schema);
  if (schema.type === "integer") return rangeOf(schema);
  return schema.properties ? `{ ${Object.keys(schema.properties).join(", ")} }` : (schema.type ?? "any");
}

function rangeOf({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: JsonSchema): string {
  return maximum < Number.MAX_SAFE_INTEGER ? `${minimum} to ${maximum}` : "whole number";
}

function lengthOf({ maxLength }: JsonSchema): string {
  return maxLength === undefined ? "text" : `text, up to ${maxLength.toLocaleString("en")}`;
}
