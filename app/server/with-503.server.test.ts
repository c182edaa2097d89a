import { RouterContextProvider, redirect } from "react-router";
import { expect, test } from "vitest";
import { requestInfoContext } from "#app/context.ts";
import { guard, with503 } from "#app/server/with-503.server.ts";

function args() {
  const context = new RouterContextProvider();
  context.set(requestInfoContext, { id: "a", clientAddress: "::1", nonce: "" });
  return { context } as never;
}

const away = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

test("a loader that finds the database away answers 503, and says when to come back", async () => {
  const thrown = guard(() => Promise.reject(away))(args()) as Promise<unknown>;
  await expect(thrown).rejects.toMatchObject({ init: { status: 503, headers: { "Retry-After": "5" } } });
});

test("any other error, and any answer, stay what they are", async () => {
  const fault = new Error("a fault");
  await expect(guard(() => Promise.reject(fault))(args())).rejects.toBe(fault);
  const elsewhere = redirect("/login");
  await expect(guard(() => Promise.reject(elsewhere))(args())).rejects.toBe(elsewhere);
  expect(await guard(() => "fine")(args())).toBe("fine");
});

test("every loader and action of a build is guarded, and nothing else of it changes", async () => {
  const module = { default: () => null, loader: () => Promise.reject(away), action: () => Promise.reject(away), headers: {} };
  const routes = with503({
    page: { id: "page", path: "page", module },
    empty: { id: "empty", module: { default: module.default } },
  } as never);
  expect(routes.page).toMatchObject({ id: "page", path: "page", module: { default: module.default, headers: module.headers } });
  for (const handler of [routes.page?.module.loader, routes.page?.module.action])
    await expect(handler?.(args())).rejects.toMatchObject({ init: { status: 503 } });
  expect(routes.empty?.module).toEqual({ default: module.default });
});
