import { z } from "zod";

/** For the OpenAPI document: the JSON type that the text of a query parameter is parsed to. */
export interface QueryValueMeta {
  parsed: { type: "boolean" } | { type: "integer"; minimum: number; maximum: number };
}

export const QueryFlag = z
  .enum(["true", "false"])
  .meta({ parsed: { type: "boolean" } } satisfies QueryValueMeta)
  .transform((value) => value === "true");

export function queryInteger(minimum: number, maximum: number) {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= minimum && Number(text) <= maximum, message)
    .meta({ parsed: { type: "integer", minimum, maximum } } satisfies QueryValueMeta)
    .transform(Number);
}
