import { type ProblemCode, TITLES } from "#app/http/problem.ts";
import { type HeaderName, headerReferences } from "#app/openapi/headers.ts";

const HEADERS_OF: Partial<Record<ProblemCode, HeaderName[]>> = {
  unauthorized: ["WWW-Authenticate"],
  insufficient_scope: ["WWW-Authenticate"],
  rate_limited: ["Retry-After"],
  idempotency_in_progress: ["Retry-After"],
  unavailable: ["Retry-After"],
};

const COUNTED: HeaderName[] = ["RateLimit-Policy", "RateLimit"];
/** Refused before anybody is known whose limit it could count against. */
const UNCOUNTED: ProblemCode[] = ["unauthorized", "unavailable", "body_too_large"];

/** The answers to an operation that can be refused with these codes: one for each status, by reference. */
export function refusalReferences(codes: ProblemCode[]): Record<string, { $ref: string }> {
  const groups = Map.groupBy(codes, (code) => TITLES[code][0]);
  return Object.fromEntries([...groups].map(([status, group]) => [status, { $ref: `#/components/responses/${nameOf(group)}` }]));
}

/** All that those references of all operations lead to, as `components.responses`. */
export function refusalComponents(operations: ProblemCode[][]) {
  const groups = operations.flatMap((codes) => [...Map.groupBy(codes, (code) => TITLES[code][0]).values()]);
  return Object.fromEntries(groups.map((group) => [nameOf(group), refusal(group)]));
}

function nameOf(codes: ProblemCode[]): string {
  return codes.join("-or-");
}

function refusal(codes: ProblemCode[]) {
  const own = codes.flatMap((code) => HEADERS_OF[code] ?? []);
  const counted = codes.some((code) => UNCOUNTED.includes(code)) ? [] : COUNTED;
  const headers = headerReferences(["X-Request-Id", ...counted, ...new Set(own)]);
  const schema = { allOf: [{ $ref: "#/components/schemas/Problem" }, { type: "object", properties: { code: { enum: codes } } }] };
  const examples = Object.fromEntries(codes.map((code) => [code, { value: example(code) }]));
  const description = codes.map((code) => `\`${code}\`: ${TITLES[code][1]}.`).join(" ");
  return { description, headers, content: { "application/problem+json": { schema, examples } } };
}

function example(code: ProblemCode) {
  const [status, title] = TITLES[code];
  const errors = code === "invalid_fields" ? [{ pointer: "/title", message: "must not be empty" }] : undefined;
  return { type: `urn:doable:problem:${code}`, title, status, code, ...(errors && { errors }), request_id: "0199a3c2-5c0e-7d4e-9a53" };
}
