import { call } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

test("without METRICS_TOKEN /metrics does not exist", async ({ server }) => {
  for (const token of [undefined, "", "undefined", "only-for-tests-only-for-tests"]) {
    expect((await call(server, "/metrics", { ...(token !== undefined && { token }) })).status).toBe(404);
  }
});
