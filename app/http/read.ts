import { z } from "zod";
import { exceededJsonBudget } from "#app/http/budget.ts";
import { addErrors, type FieldError, Problem } from "#app/http/problem.ts";

const JSON_TYPES = new Set(["application/json", "application/merge-patch+json"]);
/** The largest batch has about 5,000 values. */
const JSON_BUDGET = { values: 20_000, depth: 32 };
/** Parameters of a query. */
const MAX_PARAMETERS = 100;
const UNKNOWN = "is not known here";
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** An object of which some members are invalid: the valid ones, and the names of the others. */
export interface ValidMembers {
  valid: Record<string, unknown>;
  invalid: ReadonlySet<string>;
}

type FindFurther = (members: ValidMembers) => FieldError[] | Promise<FieldError[]>;

/**
 * Throws a `Problem` that lists every invalid field. Query parameters are not allowed beside a body. `findFurther` is called only
 * when the request is refused: what it finds in the valid members is listed too. `errors` are those found before in other parts
 * of the request.
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  findFurther: FindFurther = () => [],
  errors: FieldError[] = [],
): Promise<z.output<Schema>> {
  requireJson(request);
  const before = [...errors, ...queryErrors(request)];
  const body = parseJson(new Uint8Array(await request.arrayBuffer()));
  const result = schema.safeParse(body);
  if (result.success && before.length === 0) return result.data;
  const found = [...before, ...(result.error ? jsonErrors(result.error) : [])];
  throw new Problem("invalid_fields", { errors: addErrors(found, await findFurther(validMembers(body, result.error))) });
}

function queryErrors({ url }: Request): FieldError[] {
  return url.includes("?") ? [...new Set(new URL(url).searchParams.keys())].map((name) => ({ pointer: `?${name}`, message: UNKNOWN })) : [];
}

/** `within` is the path to the object in the value of `error`. */
export function validMembers(object: unknown, error: z.ZodError | undefined, within: PropertyKey[] = []): ValidMembers {
  const paths = (error?.issues ?? []).flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
  );
  const inside = paths.filter((path) => within.every((part, index) => path[index] === part));
  const invalid = new Set(inside.map((path) => String(path[within.length])));
  const members = typeof object === "object" && object !== null ? Object.entries(object) : [];
  return { valid: Object.fromEntries(members.filter(([name]) => !invalid.has(name))), invalid };
}

/** Requires no body, or an empty JSON object. */
export async function requireEmptyBody(request: Request): Promise<void> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.byteLength === 0) return;
  requireJson(request);
  validate(z.strictObject({}), parseJson(bytes), jsonPointer);
}

function requireJson(request: Request): void {
  if (JSON_TYPES.has(mediaTypeOf(request))) return;
  throw new Problem("unsupported_media_type", { headers: { Accept: [...JSON_TYPES].join(", ") } });
}

/** Without parameters; empty without a Content-Type. */
export function mediaTypeOf({ headers }: Request): string {
  return headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase() ?? "";
}

/** Unknown parameters are errors, and so are repeated ones that are not in `repeatable`. */
export function readQuery<Schema extends z.ZodType>(url: URL, schema: Schema, repeatable: string[] = []): z.output<Schema> {
  const { searchParams } = url;
  if (searchParams.size > MAX_PARAMETERS) throw invalid("?", `must have at most ${MAX_PARAMETERS} parameters`);
  const names = [...new Set(searchParams.keys())];
  const query = names.map((name) => [name, repeatable.includes(name) ? searchParams.getAll(name) : searchParams.get(name)]);
  const repeated = names.filter((name) => !repeatable.includes(name) && searchParams.getAll(name).length > 1);
  const errors = repeated.map((name) => ({ pointer: `?${name}`, message: "must come once" }));
  return validate(schema, Object.fromEntries(query), ([name = ""]) => `?${String(name)}`, errors);
}

/** The last segment of the path; empty if it can't be decoded. Not the router's parameter, in which `/` and `%2F` look the same. */
export function lastSegment({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname.slice(pathname.lastIndexOf("/") + 1));
  } catch {
    return "";
  }
}

export const NoQuery = z.strictObject({});

export function requireNoQuery(url: URL): void {
  if (url.search) readQuery(url, NoQuery);
}

function invalid(pointer: string, message: string): Problem {
  return new Problem("invalid_fields", { errors: [{ pointer, message }] });
}

function parseJson(bytes: Uint8Array): unknown {
  const exceeded = exceededJsonBudget(bytes, JSON_BUDGET);
  if (exceeded) throw invalid("", exceeded);
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    throw new Problem("malformed_json");
  }
}

function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  pointer: (path: PropertyKey[]) => string,
  errors: FieldError[] = [],
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success && errors.length === 0) return result.data;
  const invalid = result.error?.issues.flatMap((issue) => fieldErrors(issue, pointer)) ?? [];
  throw new Problem("invalid_fields", { errors: addErrors(errors, invalid) });
}

/** `within` is the path to the validated part of the body. */
export function jsonErrors(error: z.ZodError, within: PropertyKey[] = []): FieldError[] {
  return error.issues.flatMap((issue) => fieldErrors(issue, (path) => jsonPointer([...within, ...path])));
}

/** In characters. A longer name of an unknown field is not repeated: it may be as long as the body. */
const MAX_NAME_LENGTH = 200;

function fieldErrors(issue: z.core.$ZodIssue, pointer: (path: PropertyKey[]) => string): FieldError[] {
  if (issue.code !== "unrecognized_keys") return [{ pointer: pointer(issue.path), message: issue.message }];
  return issue.keys.map((key) =>
    key.length > MAX_NAME_LENGTH
      ? { pointer: pointer(issue.path), message: `has an unknown name of ${key.length.toLocaleString("en")} characters` }
      : { pointer: pointer([...issue.path, key]), message: UNKNOWN },
  );
}

/** RFC 6901, section 3: `~` and `/` are escaped. */
function jsonPointer(path: PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
