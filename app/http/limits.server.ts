import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { rateLimited } from "#app/http/metrics.server.ts";
import { Problem } from "#app/http/problem.ts";
import { redis } from "#app/http/redis.server.ts";

export type Counter = RateLimiterMemory | RateLimiterRedis;

/** At most `quota` requests per caller in `window` seconds. */
export interface Limit {
  readonly name: string;
  readonly quota: number;
  readonly window: number;
  readonly counter: Counter;
}

export function limit(name: string, quota: number, window = 60): Limit {
  return { name, quota, window, counter: counter(name, quota, window) };
}

/** Counts up to `points` in `duration` seconds: in Redis, shared by all instances; in memory without Redis or while it is down. */
export function counter(name: string, points: number, duration: number): Counter {
  const options = { keyPrefix: `doable:${name}`, points, duration };
  const local = new RateLimiterMemory(options);
  if (!redis) return local;
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
    insuranceLimiter: local,
  });
}

/**
 * Counts one request of `caller` and returns the header fields of draft-ietf-httpapi-ratelimit-headers.
 * Throws the `rate_limited` problem when the quota is used up.
 */
export async function consume(requestLimit: Limit, caller: string): Promise<Record<string, string>> {
  try {
    return headers(requestLimit, await requestLimit.counter.consume(caller));
  } catch (rejected) {
    if (!(rejected instanceof RateLimiterRes)) throw rejected;
    rateLimited.inc({ limit: requestLimit.name });
    const retryAfter = String(Math.max(1, Math.ceil(rejected.msBeforeNext / 1000)));
    throw new Problem("rate_limited", { headers: { ...headers(requestLimit, rejected), "Retry-After": retryAfter } });
  }
}

/** Seconds; `undefined` if the error is not that a quota is used up. */
export function retryAfterOf(error: unknown): number | undefined {
  return error instanceof Problem && error.code === "rate_limited" ? Number(error.details.headers?.["Retry-After"]) : undefined;
}

export async function refund(requestLimit: Limit, caller: string): Promise<void> {
  await requestLimit.counter.reward(caller);
}

function headers({ name, quota, window }: Limit, { remainingPoints, msBeforeNext }: RateLimiterRes): Record<string, string> {
  return {
    "RateLimit-Policy": `"${name}";q=${quota};w=${window}`,
    RateLimit: `"${name}";r=${Math.max(0, remainingPoints)};t=${Math.ceil(msBeforeNext / 1000)}`,
  };
}
