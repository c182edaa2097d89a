import { expect, test } from "vitest";
import { Problem } from "#app/http/problem.ts";

test("a problem is a problem document that nobody keeps", async () => {
  const answer = new Problem("not_found").toResponse("request-1");
  expect(answer.status).toBe(404);
  expect(answer.headers.get("Content-Type")).toBe("application/problem+json");
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
  expect(await answer.json()).toEqual({
    type: "urn:doable:problem:not_found",
    title: "There is nothing here",
    status: 404,
    code: "not_found",
    request_id: "request-1",
  });
});

test("a problem carries its detail, its errors, its headers and members of its own", async () => {
  const problem = new Problem("version_conflict", {
    detail: "Ünsent",
    errors: [{ pointer: "/title", message: "must not be empty" }],
    headers: { "Retry-After": "5" },
    extension: { current: { version: 8 } },
  });
  const answer = problem.toResponse("request-1");
  expect(answer.status).toBe(412);
  expect(answer.headers.get("Retry-After")).toBe("5");
  expect(answer.headers.get("Content-Length")).toBe(String((await answer.clone().arrayBuffer()).byteLength));
  expect(await answer.json()).toMatchObject({
    detail: "Ünsent",
    errors: [{ pointer: "/title", message: "must not be empty" }],
    current: { version: 8 },
  });
});
