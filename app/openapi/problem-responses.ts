import { type ProblemCode, TITLES } from "#app/http/problem.ts";
import { type HeaderName, headerRefs } from "#app/openapi/headers.ts";

const EXTRA_HEADERS: Partial<Record<ProblemCode, HeaderName[]>> = {
  unauthorized: ["WWW-Authenticate"],
  insufficient_scope: ["WWW-Authenticate"],
  rate_limited: ["Retry-After"],
  idempotency_in_progress: ["Retry-After"],
  unavailable: ["Retry-After"],
};

const RATE_LIMIT_HEADERS: HeaderName[] = ["RateLimit-Policy", "RateLimit"];
/** Returned before the user is known, so without rate limit headers. */
const WITHOUT_RATE_LIMIT: ProblemCode[] = ["unauthorized", "unavailable", "body_too_large"];

/** The problems of an operation. `noun` is the schema of the resource that a version_conflict shows. */
export interface OperationProblems {
  codes: ProblemCode[];
  noun: "Task" | "List";
}

/** References to the problem responses of an operation, by status. Codes with the same status share a response. */
export function problemResponseRefs({ codes, noun }: OperationProblems): Record<string, { $ref: string }> {
  const groups = Map.groupBy(codes, (code) => TITLES[code][0]);
  return Object.fromEntries([...groups].map(([status, group]) => [status, { $ref: `#/components/responses/${nameOf(group, noun)}` }]));
}

export function problemResponseComponents(operations: OperationProblems[]) {
  const groups = operations.flatMap(({ codes, noun }) =>
    [...Map.groupBy(codes, (code) => TITLES[code][0]).values()].map((group) => [nameOf(group, noun), problemResponse(group, noun)]),
  );
  return Object.fromEntries(groups) as Record<string, ReturnType<typeof problemResponse>>;
}

function nameOf(codes: ProblemCode[], noun: string): string {
  return codes.map((code) => (code === "version_conflict" ? `${code}-of-${noun}` : code)).join("-or-");
}

function problemResponse(codes: ProblemCode[], noun: string) {
  const extra = codes.flatMap((code) => EXTRA_HEADERS[code] ?? []);
  const rateLimit = codes.some((code) => WITHOUT_RATE_LIMIT.includes(code)) ? [] : RATE_LIMIT_HEADERS;
  const headers = headerRefs(["X-Request-Id", ...rateLimit, ...new Set(extra)]);
  const current = codes.includes("version_conflict") && { current: { $ref: `#/components/schemas/${noun}` } };
  const properties = { code: { enum: codes }, ...current };
  const schema = { allOf: [{ $ref: "#/components/schemas/Problem" }, { type: "object", properties }] };
  const examples = Object.fromEntries(codes.map((code) => [code, { value: problemExample(code) }]));
  const description = codes.map((code) => `\`${code}\`: ${TITLES[code][1]}.`).join(" ");
  return { description, headers, content: { "application/problem+json": { schema, examples } } };
}

export function problemExample(code: ProblemCode) {
  const [status, title] = TITLES[code];
  const errors = code === "invalid_fields" ? [{ pointer: "/title", message: "must not be empty" }] : undefined;
  return { type: `urn:doable:problem:${code}`, title, status, code, ...(errors && { errors }), request_id: "0199a3c2-5c0e-7d4e-9a53" };
}
