import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { Problem } from "#app/http/problem.ts";

/** `quota` uses in `window` seconds, counted for each caller by itself. */
export interface Limit {
  readonly name: string;
  readonly quota: number;
  readonly window: number;
  readonly limiter: RateLimiterMemory;
}

export function limit(name: string, quota: number, window = 60): Limit {
  return { name, quota, window, limiter: new RateLimiterMemory({ keyPrefix: name, points: quota, duration: window }) };
}

/**
 * Counts one use by `caller`, and returns what is left in the header fields of draft-ietf-httpapi-ratelimit-headers.
 * Throws the `rate_limited` problem when there is nothing left.
 */
export async function consume(limited: Limit, caller: string): Promise<Record<string, string>> {
  try {
    return headers(limited, await limited.limiter.consume(caller));
  } catch (rejected) {
    if (!(rejected instanceof RateLimiterRes)) throw rejected;
    const retryAfter = String(Math.max(1, Math.ceil(rejected.msBeforeNext / 1000)));
    throw new Problem("rate_limited", { headers: { ...headers(limited, rejected), "Retry-After": retryAfter } });
  }
}

/** Takes back a use that turned out to cost nothing. */
export async function giveBack(limited: Limit, caller: string): Promise<void> {
  await limited.limiter.reward(caller);
}

function headers({ name, quota, window }: Limit, { remainingPoints, msBeforeNext }: RateLimiterRes): Record<string, string> {
  return {
    "RateLimit-Policy": `"${name}";q=${quota};w=${window}`,
    RateLimit: `"${name}";r=${Math.max(0, remainingPoints)};t=${Math.ceil(msBeforeNext / 1000)}`,
  };
}
