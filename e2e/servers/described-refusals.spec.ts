import { randomUUID } from "node:crypto";
import { type Call, makeAccessKey, newPerson, tokenFor } from "../support/api.ts";
import { isBearer, type Operation, readDescription } from "../support/description.ts";
import { type DescribedRequest, exampleOf, newBelongings, sendRequest } from "../support/requests.ts";
import { expect, test } from "../support/test.ts";

// Errors that the description declares for many operations, provoked on each of them.

test.use({ serverEnv: { API_READS_PER_MINUTE: "1000000", API_WRITES_PER_MINUTE: "1000000" } });

interface Tokens {
  all: string;
  reading: string;
  creating: string;
}

type Provoke = (operation: Operation, request: DescribedRequest, tokens: Tokens) => DescribedRequest & { token?: string; type?: string };

const UNREADABLE: Record<string, string> = { "If-Match": "x", "If-None-Match": "x", "Idempotency-Key": "x".repeat(256) };

const PROVOKE: Record<string, Provoke> = {
  unauthorized: (_, request) => ({ ...request, token: "no.such.token" }),
  user_mismatch: (_, request) => ({ ...request, path: { ...request.path, user_id: randomUUID() } }),
  insufficient_scope: ({ security }, request, { reading, creating }) => ({
    ...request,
    token: security[0]?.bearerToken?.includes("tasks:read") ? creating : reading,
  }),
  not_found: ({ operationId }, request) => {
    const path = { ...allNobodys(request.path), user_id: "me" };
    return operationId === "undo" ? { ...request, path, body: { change: 1_000_000 } } : { ...request, path };
  },
  malformed_json: (_, request) => ({ ...request, body: '{"title":' }),
  malformed_request: ({ parameters }, request) => {
    const header = parameters.find(({ name }) => name in UNREADABLE)?.name;
    if (header) return { ...request, headers: { [header]: UNREADABLE[header] ?? "" } };
    return { ...request, query: { [parameters.some(({ name }) => name === "since") ? "since" : "cursor"]: "x" } };
  },
  version_conflict: (_, request) => ({ ...request, headers: { "If-Match": '"999"' } }),
  unsupported_media_type: (_, request) => ({ ...request, type: "text/plain" }),
  invalid_fields: ({ body }, request) =>
    body ? { ...request, body: { ...(request.body as object), nonsense: 1 } } : { ...request, query: { nonsense: "1" } },
};

/** Tested elsewhere: provoking these takes more than one request. */
const ELSEWHERE = [
  ...["batch_failed", "body_too_large", "external_id_taken", "has_open_subtasks", "idempotency_in_progress", "idempotency_key_reused"],
  ...["not_recurring", "quota_exceeded", "rate_limited", "resync_required", "unavailable"],
];

function allNobodys(path: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.keys(path).map((name) => [name, randomUUID()]));
}

function codesOf({ answers }: Operation): string[] {
  return Object.values(answers).flatMap(({ content = {} }) => {
    const { allOf = [] } = content["application/problem+json"]?.schema ?? {};
    return allOf.flatMap(({ properties }) => (properties?.code?.enum ?? []) as string[]);
  });
}

test("every operation returns the errors that its description declares", async ({ server }) => {
  test.setTimeout(120_000);
  const { operations, complaints } = await readDescription(server);
  const person = await newPerson(server);
  const reading = await tokenFor(server, await makeAccessKey(server, person, "Reads", ["tasks:read"]));
  const creating = await tokenFor(server, await makeAccessKey(server, person, "Adds", ["tasks:create"]));
  const tokens = { all: person.token, reading, creating };
  const tried = new Set<string>();
  for (const operation of operations.filter(isBearer)) {
    for (const code of codesOf(operation)) {
      const provoke = PROVOKE[code];
      if (!provoke && ELSEWHERE.includes(code)) continue;
      if (!provoke) throw new Error(`nothing is known that leads to ${code}`);
      const own = await newBelongings(server, tokens.all, operation.operationId);
      const { token = tokens.all, type, ...request } = provoke(operation, exampleOf(operation, own), tokens);
      const answer = await sendRequest(server, operation, request, { token, ...(type && { headers: { "Content-Type": type } }) });
      const problem = await answer.clone().json();
      expect([operation.operationId, code, problem.code]).toEqual([operation.operationId, code, code]);
      expect(await complaints(operation, answer), `${operation.operationId} ${code}`).toEqual([]);
      tried.add(code);
    }
  }
  expect([...tried].sort()).toEqual(Object.keys(PROVOKE).sort());
});

test("the refusals of requests that can't be read are described for every operation", async ({ server }) => {
  const { operations, complaints } = await readDescription(server);
  const { token } = await newPerson(server);
  const own = await newBelongings(server, token);
  const unreadable: Call[] = [
    { body: '{"title":', headers: { "Content-Type": "application/json" } },
    { body: "[]", headers: { "Content-Type": "application/json" } },
    { body: "text", headers: { "Content-Type": "text/plain" } },
    ...Object.entries(UNREADABLE).map(([name, value]) => ({ headers: { [name]: value } })),
  ];
  for (const operation of operations.filter((one) => isBearer(one) && one.method !== "GET")) {
    for (const change of unreadable) {
      const answer = await sendRequest(server, operation, exampleOf(operation, own), { token, ...change });
      expect([operation.operationId, change, await complaints(operation, answer)]).toEqual([operation.operationId, change, []]);
    }
  }
});

test("every operation's success matches its description", async ({ server }) => {
  const { operations, complaints } = await readDescription(server);
  const { token } = await newPerson(server);
  for (const operation of operations.filter(isBearer)) {
    const own = await newBelongings(server, token, operation.operationId);
    const answer = await sendRequest(server, operation, exampleOf(operation, own), { token });
    expect([operation.operationId, answer.ok, await complaints(operation, answer)]).toEqual([operation.operationId, true, []]);
    for (const name of Object.keys(operation.answers[answer.status]?.headers ?? {}).filter(
      (name) => !["Link", "Idempotency-Replayed"].includes(name),
    )) {
      expect([operation.operationId, name, answer.headers.has(name)]).toEqual([operation.operationId, name, true]);
    }
  }
});
