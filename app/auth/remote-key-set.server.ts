import { setTimeout as delay } from "node:timers/promises";
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from "jose";
import { log } from "#app/log.server.ts";

/** The remote key set can't be read: no fault of the caller's. */
export class KeySetUnavailable extends Error {}

const REFRESH_AFTER = 10 * 60_000;
/** Unknown key ids, which anyone can make up, cause at most one reading in this time. */
const COOL_DOWN = 1_000;

/**
 * Keys of BETTER_AUTH_JWKS_URL. Once read they are kept for as long as the remote is away: it is read again
 * behind the callers' backs, and for an unknown key id at most once a second.
 */
export function remoteKeySet(url: URL): JWTVerifyGetKey {
  // jose's own cool-down would refuse a key that is newer than the last reading, instead of waiting to read again.
  const remote = createRemoteJWKSet(url, { cacheMaxAge: Number.POSITIVE_INFINITY, cooldownDuration: Number.POSITIVE_INFINITY });
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  /** Callers that come while one reading is under way, or waits to begin, share it. */
  function read(): Promise<void> {
    // No longer than that, even if the clock was set back.
    reading ??= readAfter(Math.min(COOL_DOWN, readAt + COOL_DOWN - Date.now())).finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function readAfter(wait: number): Promise<void> {
    if (wait > 0) await delay(wait);
    readAt = Date.now();
    await remote.reload().catch(unavailable);
  }

  return async (header, token) => {
    if (!remote.jwks()) await read();
    else if (Date.now() - readAt > REFRESH_AFTER)
      read().catch((error) => log.warn({ event: "keys.stale", reason: String(error.cause) }, "the remote key set can't be read again"));
    try {
      return await remote(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) unavailable(error);
    }
    await read();
    return remote(header, token).catch(unavailable);
  };
}

/** What is wrong with the set itself, or with the way to it, is not the token's fault. */
function unavailable(error: unknown): never {
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
  throw new KeySetUnavailable("the remote key set can't be read", { cause: error });
}
