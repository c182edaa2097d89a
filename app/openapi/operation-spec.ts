import type { z } from "zod";
import type { Scope } from "#app/auth/scopes.ts";
import type { ProblemCode } from "#app/http/problem.ts";
import type { HeaderName } from "#app/openapi/headers.ts";

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** By path, with parameter names in braces. */
export type Paths = Record<string, Partial<Record<Method, OperationSpec>>>;

/** The hand-written part of an operation. `operationObject` of operation.ts derives the rest. */
export interface OperationSpec {
  id: string;
  tag: "Access" | "Tasks" | "Lists" | "Changes" | "Data";
  summary: string;
  description?: string;
  /** The scope that a bearer token must cover, or another credential. */
  needs: Scope | "accessKey" | "session" | "nothing";
  query?: { schema: z.ZodObject; example?: Record<string, unknown> };
  /** Request headers, by their names in `components.parameters`. */
  headers?: ("IfMatch" | "IfNoneMatch" | "IfNoneMatchAny" | "IdempotencyKey")[];
  body?: { schema: string; example: unknown; isOptional?: boolean; types?: string[]; text?: Record<string, string> };
  /** A form that may be sent instead of headers. */
  form?: { schema: string; example: unknown };
  responses: Record<number, ResponseSpec>;
  /** Codes in addition to those that `problemsOf` derives. */
  problems?: ProblemCode[];
}

export interface ResponseSpec {
  description: string;
  /** A name in `components.schemas`; without it there is no body. */
  schema?: string;
  headers?: HeaderName[];
  example?: unknown;
  /** Examples in other media types. */
  text?: Record<string, string>;
  /** Other content, by media type, in place of `schema`. */
  content?: Record<string, { schema: string; example: unknown }>;
}

export const NOT_MODIFIED: ResponseSpec = { description: "It is still as If-None-Match says.", headers: ["ETag"] };

/** Whether it takes a bearer token. */
export function isBearer(needs: OperationSpec["needs"]): boolean {
  return needs.startsWith("tasks:");
}
