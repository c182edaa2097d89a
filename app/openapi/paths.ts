import type { Method, OperationParts } from "#app/openapi/operation.ts";

/** By path, with the names of its parameters in braces. */
export type Paths = Record<string, Partial<Record<Method, OperationParts>>>;
