import { afterEach, expect, test, vi } from "vitest";
import { consume, limit, refund } from "#app/http/limits.server.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("each use is counted, and what is left is told", async () => {
  const limited = limit("counted", 3, 60);
  expect(await consume(limited, "ann")).toEqual({ "RateLimit-Policy": '"counted";q=3;w=60', RateLimit: '"counted";r=2;t=60' });
  expect(await consume(limited, "ann")).toMatchObject({ RateLimit: expect.stringMatching(/^"counted";r=1;t=(59|60)$/) });
});

test("one use too many is refused with the time to wait", async () => {
  const limited = limit("refusing", 2, 60);
  await consume(limited, "ann");
  await consume(limited, "ann");
  await expect(consume(limited, "ann")).rejects.toMatchObject({
    code: "rate_limited",
    details: { headers: { "Retry-After": expect.stringMatching(/^(59|60)$/), RateLimit: expect.stringMatching(/^"refusing";r=0;/) } },
  });
});

test("callers don't use up each other's quota, and neither do limits", async () => {
  const one = limit("one", 1, 60);
  await consume(one, "ann");
  expect(await consume(one, "ben")).toMatchObject({ RateLimit: expect.stringContaining("r=0") });
  expect(await consume(limit("two", 1, 60), "ann")).toMatchObject({ RateLimit: expect.stringContaining("r=0") });
});

test("what is given back may be used again", async () => {
  const limited = limit("lenient", 1, 60);
  for (let use = 0; use < 3; use++) {
    await consume(limited, "ann");
    await refund(limited, "ann");
  }
  expect(await consume(limited, "ann")).toMatchObject({ RateLimit: expect.stringContaining("r=0") });
});

test("a new window begins when the time is up", async () => {
  vi.useFakeTimers();
  const limited = limit("timed", 1, 60);
  await consume(limited, "ann");
  await vi.advanceTimersByTimeAsync(59_000);
  await expect(consume(limited, "ann")).rejects.toMatchObject({ details: { headers: { "Retry-After": "1" } } });
  await vi.advanceTimersByTimeAsync(1_001);
  expect(await consume(limited, "ann")).toMatchObject({ RateLimit: '"timed";r=0;t=60' });
});
