import { RouterContextProvider } from "react-router";
import { expect, test } from "vitest";
import { requestInfoContext } from "#app/context.ts";
import { Problem } from "#app/http/problem.ts";
import { resource } from "#app/http/resource.ts";

function send(method: string, handlers: Parameters<typeof resource>[0]): Promise<Response> {
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

test("a request is dispatched to the handler of its method", async () => {
  const handlers = { GET: () => new Response("got"), DELETE: async () => new Response(null, { status: 204 }) };
  expect(await (await send("GET", handlers)).text()).toBe("got");
  expect((await send("DELETE", handlers)).status).toBe(204);
});

test("HEAD is supported wherever GET is", async () => {
  expect((await send("HEAD", { GET: ok })).status).toBe(200);
  expect((await send("HEAD", { POST: ok })).status).toBe(405);
});

test("OPTIONS lists the methods without running a handler", async () => {
  const response = await send("OPTIONS", { GET: throwing(new Error()), PUT: ok });
  expect(response.status).toBe(204);
  expect(response.headers.get("Allow")).toBe("GET, PUT, HEAD, OPTIONS");
  expect((await send("OPTIONS", { POST: ok })).headers.get("Allow")).toBe("POST, OPTIONS");
});

test("a method without a handler gets a 405 that lists the others", async () => {
  const response = await send("PATCH", { GET: ok, POST: ok });
  expect(response.status).toBe(405);
  expect(response.headers.get("Allow")).toBe("GET, POST, HEAD, OPTIONS");
  expect(await response.json()).toMatchObject({ code: "method_not_allowed", request_id: "request-1" });
});

test("a thrown Problem or Response becomes the response", async () => {
  expect(await (await send("GET", { GET: throwing(new Problem("not_found")) })).json()).toMatchObject({ code: "not_found" });
  expect((await send("GET", { GET: throwing(new Response(null, { status: 418 })) })).status).toBe(418);
});

test("any other thrown value becomes a 500 without details", async () => {
  for (const thrown of [new Error("select * from secrets"), new TypeError("x is not a function"), "thrown text", undefined, null]) {
    const response = await send("GET", { GET: throwing(thrown) });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      type: "urn:doable:problem:internal_error",
      title: "Something went wrong on our side",
      status: 500,
      code: "internal_error",
      request_id: "request-1",
    });
  }
});

test("a rejected promise becomes a 500 too", async () => {
  expect((await send("GET", { GET: () => Promise.reject(new Error("late")) })).status).toBe(500);
});

test("an unreachable database becomes a 503 with Retry-After", async () => {
  const response = await send("GET", { GET: throwing(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })) });
  expect(response.status).toBe(503);
  expect(response.headers.get("Retry-After")).toBe("5");
  expect(JSON.stringify(await response.json())).not.toContain("ECONNREFUSED");
});
