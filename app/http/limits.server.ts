import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { Problem } from "#app/http/problem.ts";
import { redis } from "#app/http/redis.server.ts";

export type Counter = RateLimiterMemory | RateLimiterRedis;

/** `quota` uses in `window` seconds, counted for each caller by itself. */
export interface Limit {
  readonly name: string;
  readonly quota: number;
  readonly window: number;
  readonly counter: Counter;
}

export function limit(name: string, quota: number, window = 60): Limit {
  return { name, quota, window, counter: counter(name, quota, window) };
}

/** Counts up to `points` in `duration` seconds: in Redis, for all instances together, or while there is none, in this process. */
export function counter(name: string, points: number, duration: number): Counter {
  const options = { keyPrefix: `doable:${name}`, points, duration };
  const own = new RateLimiterMemory(options);
  if (!redis) return own;
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
    insuranceLimiter: own,
  });
}

/**
 * Counts one use by `caller`, and returns what is left in the header fields of draft-ietf-httpapi-ratelimit-headers.
 * Throws the `rate_limited` problem when there is nothing left.
 */
export async function consume(limited: Limit, caller: string): Promise<Record<string, string>> {
  try {
    return headers(limited, await limited.counter.consume(caller));
  } catch (rejected) {
    if (!(rejected instanceof RateLimiterRes)) throw rejected;
    const retryAfter = String(Math.max(1, Math.ceil(rejected.msBeforeNext / 1000)));
    throw new Problem("rate_limited", { headers: { ...headers(limited, rejected), "Retry-After": retryAfter } });
  }
}

/** Takes back a use that turned out to cost nothing. */
export async function refund(limited: Limit, caller: string): Promise<void> {
  await limited.counter.reward(caller);
}

function headers({ name, quota, window }: Limit, { remainingPoints, msBeforeNext }: RateLimiterRes): Record<string, string> {
  return {
    "RateLimit-Policy": `"${name}";q=${quota};w=${window}`,
    RateLimit: `"${name}";r=${Math.max(0, remainingPoints)};t=${Math.ceil(msBeforeNext / 1000)}`,
  };
}
