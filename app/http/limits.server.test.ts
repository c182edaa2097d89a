import { afterEach, expect, test, vi } from "vitest";
import { consume, limit, refund } from "#app/http/limits.server.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("each request is counted, and the headers report the remainder", async () => {
  const requestLimit = limit("counted", 3, 60);
  expect(await consume(requestLimit, "ann")).toEqual({ "RateLimit-Policy": '"counted";q=3;w=60', RateLimit: '"counted";r=2;t=60' });
  expect(await consume(requestLimit, "ann")).toMatchObject({ RateLimit: expect.stringMatching(/^"counted";r=1;t=(59|60)$/) });
});

test("a request over the quota is rejected with Retry-After", async () => {
  const requestLimit = limit("refusing", 2, 60);
  await consume(requestLimit, "ann");
  await consume(requestLimit, "ann");
  await expect(consume(requestLimit, "ann")).rejects.toMatchObject({
    code: "rate_limited",
    details: { headers: { "Retry-After": expect.stringMatching(/^(59|60)$/), RateLimit: expect.stringMatching(/^"refusing";r=0;/) } },
  });
});

test("a request over the quota does not count, so that a refund makes room at once", async () => {
  const requestLimit = limit("crowded", 2, 60);
  await consume(requestLimit, "ann");
  await consume(requestLimit, "ann");
  for (let time = 0; time < 5; time++) await expect(consume(requestLimit, "ann")).rejects.toMatchObject({ code: "rate_limited" });
  expect(await refund(requestLimit, "ann")).toMatchObject({ RateLimit: expect.stringMatching(/^"crowded";r=1;/) });
  expect(await consume(requestLimit, "ann")).toMatchObject({ RateLimit: expect.stringMatching(/^"crowded";r=0;/) });
});

test("callers have separate quotas, and so do limits", async () => {
  const one = limit("one", 1, 60);
  await consume(one, "ann");
  expect(await consume(one, "ben")).toMatchObject({ RateLimit: expect.stringContaining("r=0") });
  expect(await consume(limit("two", 1, 60), "ann")).toMatchObject({ RateLimit: expect.stringContaining("r=0") });
});

test("a refunded request does not count", async () => {
  const requestLimit = limit("lenient", 1, 60);
  for (let use = 0; use < 3; use++) {
    await consume(requestLimit, "ann");
    await refund(requestLimit, "ann");
  }
  expect(await consume(requestLimit, "ann")).toMatchObject({ RateLimit: expect.stringContaining("r=0") });
});

test("a new window begins after the old one ends", async () => {
  vi.useFakeTimers();
  const requestLimit = limit("timed", 1, 60);
  await consume(requestLimit, "ann");
  await vi.advanceTimersByTimeAsync(59_000);
  await expect(consume(requestLimit, "ann")).rejects.toMatchObject({ details: { headers: { "Retry-After": "1" } } });
  await vi.advanceTimersByTimeAsync(1_001);
  expect(await consume(requestLimit, "ann")).toMatchObject({ RateLimit: '"timed";r=0;t=60' });
});
