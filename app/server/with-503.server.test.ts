import { RouterContextProvider, redirect } from "react-router";
import { expect, test } from "vitest";
import { requestInfoContext } from "#app/context.ts";
import { handlerWith503, with503 } from "#app/server/with-503.server.ts";

function args() {
  const context = new RouterContextProvider();
  context.set(requestInfoContext, { id: "a", clientAddress: "::1", nonce: "" });
  return { context } as never;
}

const unreachable = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

test("a loader that throws a database connection error becomes a 503 with Retry-After", async () => {
  const thrown = handlerWith503(() => Promise.reject(unreachable))(args()) as Promise<unknown>;
  await expect(thrown).rejects.toMatchObject({ init: { status: 503, headers: { "Retry-After": "5" } } });
});

test("other errors, redirects and results pass through unchanged", async () => {
  const fault = new Error("a fault");
  await expect(handlerWith503(() => Promise.reject(fault))(args())).rejects.toBe(fault);
  const redirection = redirect("/login");
  await expect(handlerWith503(() => Promise.reject(redirection))(args())).rejects.toBe(redirection);
  expect(await handlerWith503(() => "fine")(args())).toBe("fine");
});

test("every loader and action of a build is wrapped, and the rest of each route is unchanged", async () => {
  const module = { default: () => null, loader: () => Promise.reject(unreachable), action: () => Promise.reject(unreachable), headers: {} };
  const routes = with503({
    page: { id: "page", path: "page", module },
    empty: { id: "empty", module: { default: module.default } },
  } as never);
  expect(routes.page).toMatchObject({ id: "page", path: "page", module: { default: module.default, headers: module.headers } });
  for (const handler of [routes.page?.module.loader, routes.page?.module.action])
    await expect(handler?.(args())).rejects.toMatchObject({ init: { status: 503 } });
  expect(routes.empty?.module).toEqual({ default: module.default });
});
