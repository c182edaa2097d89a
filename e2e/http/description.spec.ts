import { call, newPerson } from "../support/api.ts";
import { readDescription } from "../support/description.ts";
import { exampleOf, newBelongings, sendRequest } from "../support/requests.ts";
import { expect, test } from "../support/test.ts";

test("the description is public, and revalidated by its entity tag", async ({ server }) => {
  const answer = await call(server, "/api/openapi.json");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Content-Type")).toBe("application/json");
  expect(answer.headers.get("Cache-Control")).toBe("public, max-age=300");
  const document = await answer.json();
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.servers).toEqual([{ url: server.env.BETTER_AUTH_URL }]);
  const again = await call(server, "/api/openapi.json", { headers: { "If-None-Match": answer.headers.get("ETag") ?? "" } });
  expect(again.status).toBe(304);
});

test("every path allows exactly the methods of the description", async ({ server }) => {
  const { operations } = await readDescription(server);
  const { token } = await newPerson(server);
  const own = await newBelongings(server, token);
  for (const [path, described] of Map.groupBy(operations, (operation) => operation.path)) {
    // Better Auth handles this one.
    if (path === "/api/auth/token") continue;
    const [operation] = described;
    if (!operation) continue;
    const answer = await sendRequest(server, { ...operation, body: undefined }, exampleOf(operation, own), { method: "OPTIONS", token });
    const allowed = answer.headers.get("Allow")?.split(", ") ?? [];
    const methods = described.map(({ method }) => method);
    expect([path, allowed.sort()]).toEqual([path, [...methods, "OPTIONS", ...(methods.includes("GET") ? ["HEAD"] : [])].sort()]);
  }
});

test("the address of the former viewer redirects permanently to the documentation", async ({ server }) => {
  for (const method of ["GET", "HEAD"]) {
    const answer = await fetch(`${server.url}/api/docs/redoc`, { method, redirect: "manual" });
    expect([answer.status, answer.headers.get("Location"), await answer.text()]).toEqual([308, "/api/docs", ""]);
  }
  const followed = await fetch(`${server.url}/api/docs/redoc`);
  expect([followed.status, followed.url]).toEqual([200, `${server.url}/api/docs`]);
  expect(await followed.text()).toContain('href="/api/openapi.json"');
});
