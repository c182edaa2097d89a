import { expect, test } from "vitest";
import { Problem } from "#app/http/problem.ts";

test("a problem becomes an uncacheable problem document", async () => {
  const response = new Problem("not_found").toResponse("request-1");
  expect(response.status).toBe(404);
  expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  expect(response.headers.get("Cache-Control")).toBe("no-store");
  expect(await response.json()).toEqual({
    type: "urn:doable:problem:not_found",
    title: "There is nothing here",
    status: 404,
    code: "not_found",
    request_id: "request-1",
  });
});

test("a problem includes its detail, errors, headers and extension members", async () => {
  const problem = new Problem("version_conflict", {
    detail: "Ünsent",
    errors: [{ pointer: "/title", message: "must not be empty" }],
    headers: { "Retry-After": "5" },
    extension: { current: { version: 8 } },
  });
  const response = problem.toResponse("request-1");
  expect(response.status).toBe(412);
  expect(response.headers.get("Retry-After")).toBe("5");
  expect(response.headers.get("Content-Length")).toBe(String((await response.clone().arrayBuffer()).byteLength));
  expect(await response.json()).toMatchObject({
    detail: "Ünsent",
    errors: [{ pointer: "/title", message: "must not be empty" }],
    current: { version: 8 },
  });
});
