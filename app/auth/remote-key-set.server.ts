import { setTimeout as delay } from "node:timers/promises";
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import { log } from "#app/log.server.ts";

export class KeySetUnavailable extends Error {}

/** Of a response: a key set has a few kilobytes. */
const MAX_BYTES = 256 * 1024;
/** Milliseconds. */
const REFRESH_AFTER = 10 * 60_000;
/** Milliseconds: unknown key ids, which anyone can make up, cause at most one read in this time. */
const COOL_DOWN = 1_000;

/**
 * Keys of BETTER_AUTH_JWKS_URL, read again in the background, and for an unknown key id at most once a second.
 * Keys once read stay in use while the remote is unreachable.
 */
export function remoteKeySet(url: URL): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(url, {
    cacheMaxAge: Number.POSITIVE_INFINITY,
    // jose's own cool-down rejects an unknown key at once, instead of waiting to read the set again.
    cooldownDuration: Number.POSITIVE_INFINITY,
    [customFetch]: fetchLimited,
  });
  let readAt = Number.NEGATIVE_INFINITY;
  let pendingRead: Promise<void> | undefined;

  function read(): Promise<void> {
    // Capped: the clock may have been set back.
    pendingRead ??= readAfter(Math.min(COOL_DOWN, readAt + COOL_DOWN - Date.now())).finally(() => {
      pendingRead = undefined;
    });
    return pendingRead;
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

/** jose follows no redirects, and gives up after five seconds, but it reads a body of any size. */
async function fetchLimited(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error(`the response is longer than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks), { status: response.status });
}

function unavailable(error: unknown): never {
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
  throw new KeySetUnavailable("the remote key set can't be read", { cause: error });
}
