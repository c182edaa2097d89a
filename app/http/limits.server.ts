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

/** The result of counting a request. `headers` are the fields of draft-ietf-httpapi-ratelimit-headers. */
interface Counted {
  isAllowed: boolean;
  headers: Record<string, string>;
  /** Seconds until the next request is allowed. */
  retryAfter: number;
}

/** Counts one request of `caller`. A request over the quota does not count. */
export async function count(requestLimit: Limit, caller: string): Promise<Counted> {
  try {
    return counted(requestLimit, await requestLimit.counter.consume(caller), true);
  } catch (rejected) {
    if (!(rejected instanceof RateLimiterRes)) throw rejected;
    await requestLimit.counter.reward(caller);
    return counted(requestLimit, rejected, false);
  }
}

/** Counts one request of `caller` and returns the header fields. Throws the `rate_limited` problem when the quota is used up. */
export async function consume(requestLimit: Limit, caller: string): Promise<Record<string, string>> {
  const result = await count(requestLimit, caller);
  if (!result.isAllowed) throw rateLimitedProblem(requestLimit, result);
  return result.headers;
}

export function rateLimitedProblem({ name }: Limit, { headers, retryAfter }: Counted): Problem {
  rateLimited.inc({ limit: name });
  return new Problem("rate_limited", { headers: { ...headers, "Retry-After": String(retryAfter) } });
}

/** Seconds; `undefined` if the error is not that a quota is used up. */
export function retryAfterOf(error: unknown): number | undefined {
  return error instanceof Problem && error.code === "rate_limited" ? Number(error.details.headers?.["Retry-After"]) : undefined;
}

/** Takes back a request that was counted. Returns the header fields. */
export async function refund(requestLimit: Limit, caller: string): Promise<Record<string, string>> {
  return counted(requestLimit, await requestLimit.counter.reward(caller), true).headers;
}

function counted({ name, quota, window }: Limit, { remainingPoints, msBeforeNext }: RateLimiterRes, isAllowed: boolean): Counted {
  const headers = {
    "RateLimit-Policy": `"${name}";q=${quota};w=${window}`,
    RateLimit: `"${name}";r=${Math.max(0, remainingPoints)};t=${Math.ceil(msBeforeNext / 1000)}`,
  };
  return { isAllowed, headers, retryAfter: Math.max(1, Math.ceil(msBeforeNext / 1000)) };
}
