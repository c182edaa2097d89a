import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from "jose";
import { log } from "#app/log.server.ts";

/** The remote key set can't be read: no fault of the caller's. */
export class KeySetUnavailable extends Error {}

const REFRESH_AFTER = 10 * 60_000;

/**
 * Keys of BETTER_AUTH_JWKS_URL. Once read they are kept for as long as the remote is away: it is read again
 * behind the callers' backs, and for an unknown key id at most once a second.
 */
export function remoteKeySet(url: URL): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(url, { cacheMaxAge: Number.POSITIVE_INFINITY, cooldownDuration: 1_000 });
  let refreshedAt = Date.now();

  function refreshInBackground(): void {
    if (Date.now() - refreshedAt < REFRESH_AFTER) return;
    refreshedAt = Date.now();
    remote.reload().catch((error) => log.warn({ event: "keys.stale", reason: String(error) }, "the remote key set can't be read again"));
  }

  return async (header, token) => {
    refreshInBackground();
    try {
      return await remote(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new KeySetUnavailable("the remote key set can't be read", { cause: error });
    }
  };
}
