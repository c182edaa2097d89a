import fc from "fast-check";
import { call, newPerson } from "../support/api.ts";
import { type Description, isBearer, type Operation, readDescription } from "../support/description.ts";
import { type DescribedRequest, exampleOf, newBelongings, sendRequest } from "../support/requests.ts";
import { expect, test } from "../support/test.ts";

// Random requests derived from the description: none causes a server error, and every error response is a described one.

const SEED = 20_261_121;
const REQUESTS = 3000;
const AT_ONCE = 8;

test.use({ serverEnv: { API_READS_PER_MINUTE: "1000000", API_WRITES_PER_MINUTE: "1000000", LOG_LEVEL: "error" } });

const deep = JSON.parse(`${'{"a":['.repeat(500)}1${"]}".repeat(500)}`);

const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 3.5, 1e308, -0, 2 ** 53, 2 ** 31, [], {}, [[]], "", " ", deep),
  fc.constantFrom(
    "\0",
    "\ud800",
    "\u202e",
    "é\u0301",
    "👩‍👩‍👧‍👦",
    "__proto__",
    "%00",
    "' or 1=1 --",
    "../..",
    "9999-12-31",
    "0000-00-00",
    "24:00",
  ),
  fc.constantFrom("x".repeat(501), "x".repeat(20_001), "FREQ=DAILY;COUNT=0", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "Mars/Olympus"),
  fc.integer().map((length) => Array.from({ length: Math.abs(length % 300) }, (_, index) => `label ${index}`)),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.uuid(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.jsonValue(),
);
const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }).filter((text) => text.isWellFormed()),
  fc.constantFrom(
    "",
    "0",
    "-1",
    "1e9",
    "999999999999",
    "\0",
    "true",
    '"1"',
    "*",
    "x".repeat(5000),
    "0199a3c2-5c0e-7d4e-9a53-1f0d7a4be001",
    "2026-02-30",
  ),
);
const headerText = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 60 });

interface Bent {
  operation: number;
  /** Which part to change; the new value is in `value`, `text` or `header`, depending on `how`. */
  part: number;
  value: unknown;
  text: string;
  header: string;
  how: "body" | "raw" | "query" | "path" | "header";
}

const bent: fc.Arbitrary<Bent> = fc.record({
  operation: fc.nat(),
  part: fc.nat(),
  value: odd,
  text: oddText,
  header: headerText,
  how: fc.constantFrom("body", "body", "body", "raw", "query", "path", "header"),
});

/** Paths to every part of a value; `[]` is the value itself. */
function waysInto(value: unknown, way: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([name, part]) => waysInto(part, [...way, name]))];
}

function replaced(value: unknown, [step, ...rest]: string[], by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((part, index) => (String(index) === step ? replaced(part, rest, by) : part));
  const object = value as Record<string, unknown>;
  return { ...object, [step]: replaced(object[step], rest, by) };
}

/** Bodies that JSON.stringify does not produce: truncated, with a duplicate name, with `__proto__`. */
function raw(body: unknown, { part, value, text }: Bent): string {
  const json = JSON.stringify(body) ?? "{}";
  const variants = [
    json.slice(0, part % (json.length + 1)),
    json.replace("{", `{"title":${JSON.stringify(value) ?? "1"},"title":1e400,`),
    json.replace("{", `{"__proto__":{"title":"x"},${JSON.stringify(text)}:1,`),
    `${"[".repeat(part % 20_000)}`,
    `\ufeff${json}`,
    text,
  ];
  return variants[part % variants.length] ?? "";
}

function bend(operation: Operation, request: DescribedRequest, change: Bent): DescribedRequest {
  const { how, part, value, text, header } = change;
  const pick = <T>(choices: T[]): T | undefined => choices[part % Math.max(1, choices.length)];
  const inPlace = (place: string) => pick(operation.parameters.filter((parameter) => parameter.in === place))?.name;
  if (how === "body" && operation.body)
    return { ...request, body: JSON.stringify(replaced(request.body, pick(waysInto(request.body)) ?? [], value)) ?? "" };
  if (how === "raw" && operation.body) return { ...request, body: raw(request.body, change) };
  if (how === "path") return { ...request, path: { ...request.path, [inPlace("path") ?? ""]: text || "%" } };
  if (how === "header") return { ...request, headers: { [inPlace("header") ?? "If-Match"]: header } };
  return { ...request, query: { ...request.query, [inPlace("query") ?? text]: text } };
}

async function tellsNoFault(description: Description, operation: Operation, answer: Response): Promise<string[]> {
  // The server parses one import at a time: another meanwhile is told when to come again.
  const isSecondImport = operation.operationId === "importAll" && answer.status === 503 && answer.headers.has("Retry-After");
  if (answer.status >= 500 && !isSecondImport) return [`${answer.status}: ${await answer.text()}`];
  return description.complaints(operation, answer);
}

test("no request causes a server error, and every response matches the description", async ({ server }) => {
  test.setTimeout(180_000);
  const description = await readDescription(server);
  const { token } = await newPerson(server);
  const operations = description.operations.filter(isBearer);
  const changes = fc.sample(bent, { seed: SEED, numRuns: REQUESTS });
  const wrong: unknown[] = [];
  const statuses = new Map<number, number>();

  async function worker(): Promise<void> {
    let own = await newBelongings(server, token);
    for (let change = changes.pop(); change; change = changes.pop()) {
      // Some requests delete what later ones need.
      if (changes.length % 10 === 0) own = await newBelongings(server, token);
      const operation = operations[change.operation % operations.length];
      if (!operation) continue;
      const request = bend(operation, exampleOf(operation, own), change);
      const answer = await sendRequest(server, operation, request, { token });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      // A changed path may belong to another operation, or to none.
      const complaints = change.how === "path" && answer.status < 500 ? [] : await tellsNoFault(description, operation, answer);
      if (complaints.length > 0) wrong.push({ operation: operation.operationId, request, complaints });
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(wrong.slice(0, 5), `${wrong.length} of ${REQUESTS}`).toEqual([]);
  expect([...statuses.keys()].sort()).toEqual(expect.arrayContaining([200, 400, 404, 422]));
  expect((await call(server, "/readyz")).status).toBe(200);
  expect(server.log).toEqual([]);
});
