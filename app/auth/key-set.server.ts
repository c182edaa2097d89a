import { setTimeout as delay } from "node:timers/promises";
import { type CryptoKey, importJWK, type JSONWebKeySet, type JWK } from "jose";
import { GRACE_PERIOD } from "#app/auth/auth.server.ts";
import { db } from "#app/db/database.server.ts";
import { log } from "#app/log.server.ts";

/** Milliseconds after which the keys are read again, to notice keys retired by another process. */
const MAX_AGE = 60_000;
/** Milliseconds: unknown key ids, which anyone can make up, cause at most one read in this time. */
const COOL_DOWN = 1_000;

interface PublishedKey extends JWK {
  kid: string;
  alg: string;
  use: "sig";
}

interface VerificationKey {
  key: CryptoKey | Uint8Array;
  alg: string;
  /** Milliseconds since the epoch. */
  verifiesUntil: number;
}

export async function publishedKeySet(): Promise<JSONWebKeySet> {
  const rows = await readKeys();
  return { keys: rows.filter((row) => row.verifiesUntil > Date.now()).map((row) => row.jwk) };
}

async function readKeys(): Promise<{ jwk: PublishedKey; verifiesUntil: number }[]> {
  const rows = await db.selectFrom("jwks").select(["id", "publicKey", "alg", "expiresAt"]).orderBy("createdAt", "desc").execute();
  return rows.map((row) => {
    const { kty, crv, x, y, n, e } = JSON.parse(row.publicKey) as JWK;
    const jwk = { kid: row.id, alg: row.alg ?? "EdDSA", use: "sig" as const, kty, crv, x, y, n, e };
    return { jwk, verifiesUntil: row.expiresAt ? row.expiresAt.getTime() + GRACE_PERIOD * 1000 : Number.POSITIVE_INFINITY };
  });
}

export class LocalKeySet {
  #keys = new Map<string, VerificationKey>();
  /** Monotonic: wall time can be set back. */
  #readAt = Number.NEGATIVE_INFINITY;
  #pendingRead: Promise<void> | undefined;

  /** `undefined`: the id is unknown, or the key's grace period has ended. Rejects if the database is needed but unavailable. */
  async find(kid: string): Promise<VerificationKey | undefined> {
    const age = performance.now() - this.#readAt;
    if (!this.#keys.has(kid)) await this.#read(Math.max(0, COOL_DOWN - age));
    else if (age > MAX_AGE)
      this.#read().catch((error) => log.warn({ event: "keys.stale", reason: String(error) }, "the key set can't be read again"));
    const key = this.#keys.get(kid);
    return key && key.verifiesUntil > Date.now() ? key : undefined;
  }

  #read(wait = 0): Promise<void> {
    this.#pendingRead ??= this.#readAfter(wait).finally(() => {
      this.#pendingRead = undefined;
    });
    return this.#pendingRead;
  }

  async #readAfter(wait: number): Promise<void> {
    if (wait > 0) await delay(wait);
    const rows = await readKeys();
    const entries = rows.map(
      async ({ jwk, verifiesUntil }) => [jwk.kid, { key: await importJWK(jwk, jwk.alg), alg: jwk.alg, verifiesUntil }] as const,
    );
    this.#keys = new Map(await Promise.all(entries));
    this.#readAt = performance.now();
  }
}
