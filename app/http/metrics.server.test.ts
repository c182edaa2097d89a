import { expect, test } from "vitest";
import { measureJob, metrics } from "#app/http/metrics.server.ts";

test("runs of a job are counted by outcome, and its last success has a time", async () => {
  await measureJob("of_this_test", async () => {});
  await expect(
    measureJob("of_this_test", async () => {
      throw new Error("Enough");
    }),
  ).rejects.toThrow("Enough");
  const text = await metrics.metrics();
  for (const outcome of ["ok", "failed"])
    expect(text).toContain(`doable_job_duration_seconds_count{job="of_this_test",outcome="${outcome}"} 1`);
  expect(Number(/^doable_job_last_success_timestamp_seconds\{job="of_this_test"\} (.+)$/m.exec(text)?.[1])).toBeCloseTo(
    Date.now() / 1000,
    -2,
  );
});
