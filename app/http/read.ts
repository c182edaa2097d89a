import { z } from "zod";
import { type FieldError, Problem } from "#app/http/problem.ts";

const JSON_TYPES = new Set(["application/json", "application/merge-patch+json"]);
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The body as JSON that fits the schema, where the address has no parameters: none is known beside a body. Throws a `Problem` that names every bad field at once. */
export async function readJson<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
  requireJson(request);
  if (request.url.includes("?")) requireNoQuery(new URL(request.url));
  return valid(schema, parse(new Uint8Array(await request.arrayBuffer())), jsonPointer);
}

/** The body of a request that has nothing to say: none, of whatever type, or an empty object. */
export async function readNothing(request: Request): Promise<void> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.byteLength === 0) return;
  requireJson(request);
  valid(z.strictObject({}), parse(bytes), jsonPointer);
}

function requireJson(request: Request): void {
  if (JSON_TYPES.has(mediaTypeOf(request))) return;
  throw new Problem("unsupported_media_type", { headers: { Accept: [...JSON_TYPES].join(", ") } });
}

/** Without its parameters; empty where the body has none. */
export function mediaTypeOf({ headers }: Request): string {
  return headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase() ?? "";
}

/** The query as the schema wants it. A parameter that it doesn't know is an error, and so is one that comes twice and is not among `lists`. */
export function readQuery<Schema extends z.ZodType>(url: URL, schema: Schema, lists: string[] = []): z.output<Schema> {
  const { searchParams } = url;
  const names = [...new Set(searchParams.keys())];
  const query = names.map((name) => [name, lists.includes(name) ? searchParams.getAll(name) : searchParams.get(name)]);
  const repeated = names.filter((name) => !lists.includes(name) && searchParams.getAll(name).length > 1);
  const errors = repeated.map((name) => ({ pointer: `?${name}`, message: "must come once" }));
  return valid(schema, Object.fromEntries(query), ([name]) => `?${String(name)}`, errors);
}

/** Where no parameter is known, as `readQuery` has it. */
export const NoQuery = z.strictObject({});

export function requireNoQuery(url: URL): void {
  if (url.search) readQuery(url, NoQuery);
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    throw new Problem("malformed_json");
  }
}

function valid<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  pointer: (path: PropertyKey[]) => string,
  errors: FieldError[] = [],
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success && errors.length === 0) return result.data;
  const wrong = result.error?.issues.flatMap((issue) => fieldErrors(issue, pointer)) ?? [];
  const known = new Set(errors.map((error) => error.pointer));
  throw new Problem("invalid_fields", { errors: [...errors, ...wrong.filter((error) => !known.has(error.pointer))] });
}

/** Each thing that is wrong with JSON, and where. `within`: the way there, when only a part of a body was read. */
export function jsonErrors(error: z.ZodError, within: PropertyKey[] = []): FieldError[] {
  return error.issues.flatMap((issue) => fieldErrors(issue, (path) => jsonPointer([...within, ...path])));
}

function fieldErrors(issue: z.core.$ZodIssue, pointer: (path: PropertyKey[]) => string): FieldError[] {
  if (issue.code !== "unrecognized_keys") return [{ pointer: pointer(issue.path), message: issue.message }];
  return issue.keys.map((key) => ({ pointer: pointer([...issue.path, key]), message: "is not known here" }));
}

/** RFC 6901, section 3: `~` and `/` are escaped. */
function jsonPointer(path: PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
