import { expect, test } from "vitest";
import { Problem, type ProblemCode, reportedErrors, TITLES } from "#app/http/problem.ts";

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

test("100 errors are reported, and how many more there are", () => {
  const errors = Array.from({ length: 101 }, (_, index) => ({ pointer: `/${index}`, message: "is wrong" }));
  const hundred = errors.slice(0, 100);
  expect(reportedErrors(hundred)).toEqual(hundred);
  expect(reportedErrors(errors)).toEqual([...hundred, { pointer: "", message: "and 1 more" }]);
  expect(reportedErrors(hundred, 1_200).at(-1)).toEqual({ pointer: "", message: "and 1,100 more" });
});

test("the status of each code stays: clients rely on both", () => {
  const codes = Object.keys(TITLES) as ProblemCode[];
  expect(Object.groupBy(codes, (code) => new Problem(code).status)).toEqual({
    400: ["malformed_json", "malformed_request"],
    401: ["unauthorized"],
    403: ["user_mismatch", "insufficient_scope"],
    404: ["not_found"],
    405: ["method_not_allowed"],
    409: ["idempotency_in_progress", "external_id_taken", "has_open_subtasks", "not_recurring"],
    410: ["resync_required"],
    412: ["version_conflict"],
    413: ["body_too_large"],
    415: ["unsupported_media_type"],
    422: ["invalid_fields", "quota_exceeded", "batch_failed", "idempotency_key_reused"],
    424: ["not_done"],
    429: ["rate_limited"],
    500: ["internal_error"],
    503: ["unavailable"],
  });
});
