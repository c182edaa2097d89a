import { RouterContextProvider } from "react-router";
import { expect, test } from "vitest";
import { requestInfoContext } from "#app/context.ts";
import { Problem } from "#app/http/problem.ts";
import { resource } from "#app/http/resource.ts";

/** What a resource of these handlers answers to the method. */
function ask(method: string, handlers: Parameters<typeof resource>[0]): Promise<Response> {
  const context = new RouterContextProvider();
  context.set(requestInfoContext, { id: "request-1", clientAddress: "192.0.2.1", nonce: "" });
  return resource(handlers)({ request: new Request("http://localhost/", { method }), context });
}

function throwing(error: unknown): () => Response {
  return () => {
    throw error;
  };
}

const ok = () => new Response("ok");

test("the method's own handler answers", async () => {
  const handlers = { GET: () => new Response("got"), DELETE: async () => new Response(null, { status: 204 }) };
  expect(await (await ask("GET", handlers)).text()).toBe("got");
  expect((await ask("DELETE", handlers)).status).toBe(204);
});

test("HEAD is answered wherever GET is", async () => {
  expect((await ask("HEAD", { GET: ok })).status).toBe(200);
  expect((await ask("HEAD", { POST: ok })).status).toBe(405);
});

test("OPTIONS says which methods there are, without running any", async () => {
  const answer = await ask("OPTIONS", { GET: throwing(new Error()), PUT: ok });
  expect(answer.status).toBe(204);
  expect(answer.headers.get("Allow")).toBe("GET, PUT, HEAD, OPTIONS");
  expect((await ask("OPTIONS", { POST: ok })).headers.get("Allow")).toBe("POST, OPTIONS");
});

test("a method without a handler is refused with the ones that have", async () => {
  const answer = await ask("PATCH", { GET: ok, POST: ok });
  expect(answer.status).toBe(405);
  expect(answer.headers.get("Allow")).toBe("GET, POST, HEAD, OPTIONS");
  expect(await answer.json()).toMatchObject({ code: "method_not_allowed", request_id: "request-1" });
});

test("what a handler throws on purpose is its answer", async () => {
  expect(await (await ask("GET", { GET: throwing(new Problem("not_found")) })).json()).toMatchObject({ code: "not_found" });
  expect((await ask("GET", { GET: throwing(new Response(null, { status: 418 })) })).status).toBe(418);
});

test("a fault is a 500 that gives nothing away", async () => {
  for (const fault of [new Error("select * from secrets"), new TypeError("x is not a function"), "thrown text", undefined, null]) {
    const answer = await ask("GET", { GET: throwing(fault) });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({
      type: "urn:doable:problem:internal_error",
      title: "Something went wrong on our side",
      status: 500,
      code: "internal_error",
      request_id: "request-1",
    });
  }
});

test("a rejected promise is a fault like any other", async () => {
  expect((await ask("GET", { GET: () => Promise.reject(new Error("late")) })).status).toBe(500);
});

test("a database that is away is a 503 with the time to try again", async () => {
  const answer = await ask("GET", { GET: throwing(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })) });
  expect(answer.status).toBe(503);
  expect(answer.headers.get("Retry-After")).toBe("5");
  expect(JSON.stringify(await answer.json())).not.toContain("ECONNREFUSED");
});
