import { newPerson } from "../support/api.ts";
import { readDescription } from "../support/description.ts";
import { exampleOf, newBelongings, sendRequest } from "../support/requests.ts";
import { expect, test } from "../support/test.ts";

/** Headers that differ from response to response, or belong to the connection. */
const PASSING = new Set(["date", "x-request-id", "ratelimit", "content-security-policy", "connection", "keep-alive", "transfer-encoding"]);

function lastingHeaders({ headers }: Response): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !PASSING.has(name)));
}

test("every response on a user's path has rate-limit headers, errors included", async ({ server }) => {
  const { operations } = await readDescription(server);
  const [{ token }, stranger] = [await newPerson(server), await newPerson(server)];
  const own = await newBelongings(server, token);
  for (const operation of operations.filter(({ path }) => path.startsWith("/api/{user_id}/"))) {
    const example = exampleOf(operation, own);
    const policy = operation.method === "GET" ? '"reads";q=600;w=60' : '"writes";q=120;w=60';
    const asked = {
      done: await sendRequest(server, operation, example, { token }),
      "of another user": await sendRequest(server, operation, { ...example, path: { ...example.path, user_id: stranger.id } }, { token }),
      "with an unknown parameter": await sendRequest(server, operation, { ...example, query: { nonsense: "1" } }, { token }),
    };
    for (const [what, answer] of Object.entries(asked)) {
      const described = `${operation.method} ${operation.path}, ${what}`;
      expect([described, answer.headers.get("RateLimit-Policy")]).toEqual([described, policy]);
      expect([described, answer.headers.get("RateLimit")]).toEqual([described, expect.stringMatching(/^"(reads|writes)";r=\d+;t=\d+$/)]);
    }
  }
});

test("HEAD has the status and headers of GET on every path, and no body", async ({ server }) => {
  const { operations } = await readDescription(server);
  const { token } = await newPerson(server);
  const own = await newBelongings(server, token);
  for (const operation of operations.filter(({ method, path }) => method === "GET" && path.startsWith("/api/{user_id}/"))) {
    const example = exampleOf(operation, own);
    const headers = { "Accept-Encoding": "identity" };
    const [get, head] = [
      await sendRequest(server, operation, example, { token, headers }),
      await sendRequest(server, operation, example, { token, headers, method: "HEAD" }),
    ];
    expect([operation.path, head.status]).toEqual([operation.path, get.status]);
    expect(await head.text()).toBe("");
    const expected = lastingHeaders(get);
    // The length of an export is known only once it is written (RFC 9110, section 9.3.2).
    if (operation.path.endsWith("/export")) delete expected["content-length"];
    expect(lastingHeaders(head)).toEqual(expected);
  }
});
