import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { Problem } from "#app/http/problem.ts";
import { readJson, readQuery } from "#app/http/read.ts";

const Body = z.strictObject({ title: z.string(), count: z.int().optional(), due: z.strictObject({ date: z.iso.date() }).optional() });
const Query = z.strictObject({ status: z.enum(["open", "done"]).optional(), limit: z.string().regex(/^\d+$/).optional() });

function post(body: BodyInit | null, type = "application/json"): Request {
  return new Request("http://localhost/", { method: "POST", body, headers: { "Content-Type": type } });
}

async function problemOf(work: () => unknown): Promise<Problem | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

async function pointers(work: () => unknown): Promise<string[] | undefined> {
  return (await problemOf(work))?.details.errors?.map((error) => error.pointer);
}

test("both JSON media types are accepted, in any case and with parameters", async () => {
  for (const type of ["application/json", "application/merge-patch+json", "Application/JSON; charset=utf-8", "application/json;"]) {
    expect(await readJson(post('{"title":"t"}', type), Body)).toEqual({ title: "t" });
  }
});

test("what is further wrong is asked of the valid members of a refused body only, and named once", async () => {
  const found = [
    { pointer: "/due", message: "is late" },
    { pointer: "/count", message: "again" },
  ];
  const asked: unknown[] = [];
  const read = (body: object, query = "") => {
    const request = new Request(`http://localhost/${query}`, post(JSON.stringify(body)));
    return readJson(request, Body, (members) => {
      asked.push(members);
      return found;
    });
  };
  expect(await read({ title: "t" })).toEqual({ title: "t" });
  expect(asked).toEqual([]);
  expect(await pointers(() => read({ count: "x", due: { date: "2026-12-01" }, more: 1 }))).toEqual(["/title", "/count", "/more", "/due"]);
  expect(asked).toEqual([{ valid: { due: { date: "2026-12-01" } }, invalid: new Set(["title", "count", "more"]) }]);
  expect(await pointers(() => read({ title: "t" }, "?a=1&a=2&b="))).toEqual(["?a", "?b", "/due", "/count"]);
});

test("a body with another media type, or none, is rejected", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "text/json", "application/problem+json", "application/jsonp"]) {
    const problem = await problemOf(() => readJson(post('{"title":"t"}', type), Body));
    expect(problem).toMatchObject({ code: "unsupported_media_type", details: { headers: { Accept: expect.any(String) } } });
  }
  const untyped = new Request("http://localhost/", { method: "POST", body: new TextEncoder().encode('{"title":"t"}') });
  expect(await problemOf(() => readJson(untyped, Body))).toMatchObject({ code: "unsupported_media_type" });
});

test("a body that is not JSON in UTF-8 is malformed", async () => {
  const bodies = [
    "",
    "{",
    "{'title':'t'}",
    '{"title":"t"} {}',
    "undefined",
    "[1,]",
    '{"title":"a\nb"}',
    new Uint8Array([0x22, 0xff, 0x22]),
  ];
  for (const body of bodies) expect(await problemOf(() => readJson(post(body), Body))).toMatchObject({ code: "malformed_json" });
  expect(await problemOf(() => readJson(post(null), Body))).toMatchObject({ code: "malformed_json" });
});

test("a query beside a body is refused, parameter by parameter", async () => {
  const request = new Request("http://localhost/?a=1&b=2", post('{"title":"t"}'));
  expect(await pointers(() => readJson(request, Body))).toEqual(["?a", "?b"]);
});

test("JSON that is not an object is an invalid body", async () => {
  for (const body of ["null", "1", '"t"', "[]", "true"]) expect(await pointers(() => readJson(post(body), Body))).toEqual([""]);
});

test("all invalid and unknown fields are reported together", async () => {
  const body = JSON.stringify({ title: 1, count: "2", due: { date: "x", year: 2026 }, colour: "red", shape: null });
  const reported = await pointers(() => readJson(post(body), Body));
  expect(reported?.toSorted()).toEqual(["/colour", "/count", "/due/date", "/due/year", "/shape", "/title"]);
});

test("names such as __proto__ are ordinary unknown fields", async () => {
  expect(await pointers(() => readJson(post('{"title":"t","__proto__":{},"constructor":1}'), Body))).toEqual([
    "/__proto__",
    "/constructor",
  ]);
  expect(await pointers(() => readQuery(new URL("http://localhost/?__proto__=1&toString=2"), Query))).toEqual(["?__proto__", "?toString"]);
});

test("a pointer escapes ~ and / (RFC 6901)", async () => {
  expect(await pointers(() => readJson(post('{"title":"t","a/b~c~1":1}'), Body))).toEqual(["/a~1b~0c~01"]);
});

test("a long name of an unknown field or parameter is not repeated", async () => {
  const name = "n".repeat(100_000);
  const errors = async (read: () => unknown) => (await problemOf(read))?.details.errors;
  const message = "has an unknown name of 100,000 characters";
  expect(await errors(() => readJson(post(`{"title":"t","due":{"${name}":1}}`), Body))).toContainEqual({ pointer: "/due", message });
  expect(await errors(() => readQuery(new URL(`http://localhost/?${name}=1`), Query))).toEqual([{ pointer: "?", message }]);
});

test("any JSON either fits the schema or is rejected with errors", async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), async (body) => {
      const problem = await problemOf(() => readJson(post(body), Body));
      if (problem === undefined) return;
      expect(problem.code).toBe("invalid_fields");
      expect(problem.details.errors?.length).toBeGreaterThan(0);
    }),
  );
});

test("a query is parsed by its schema", () => {
  expect(readQuery(new URL("http://localhost/?status=open&limit=5"), Query)).toEqual({ status: "open", limit: "5" });
  expect(readQuery(new URL("http://localhost/"), Query)).toEqual({});
});

test("unknown and invalid parameters are reported together", async () => {
  expect(await pointers(() => readQuery(new URL("http://localhost/?status=x&colour=red&limit=-1"), Query))).toEqual([
    "?status",
    "?limit",
    "?colour",
  ]);
});

test("a query has at most 100 parameters", async () => {
  const query = (count: number) => new URL(`http://localhost/?${"a=1&".repeat(count)}`);
  expect(await pointers(() => readQuery(query(100), Query))).toEqual(["?a"]);
  expect(await pointers(() => readQuery(query(101), Query))).toEqual(["?"]);
});

test("a repeated parameter is rejected, even with the same value", async () => {
  const url = new URL("http://localhost/?limit=5&status=open&limit=5&x=1&x=2");
  expect(await pointers(() => readQuery(url, Query))).toEqual(["?limit", "?x"]);
});
