import { call, newPerson } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

const APP = "https://app.example";

function expectUnreadable(headers: Headers) {
  expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
}

test("without CORS_ORIGINS pages of other origins can read nothing", async ({ server }) => {
  const { token } = await newPerson(server);
  const answer = await call(server, "/api/me", { token, headers: { Origin: APP } });
  expectUnreadable(answer.headers);
  const headers = { Origin: APP, "Access-Control-Request-Method": "GET" };
  const preflight = await call(server, "/api/me", { method: "OPTIONS", headers });
  expect(preflight.status).toBe(204);
  expectUnreadable(preflight.headers);
});
