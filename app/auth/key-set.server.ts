import { setTimeout as delay } from "node:timers/promises";
import { createJwk } from "better-auth/plugins";
import { type CryptoKey, importJWK, type JSONWebKeySet, type JWK } from "jose";
import { auth, GRACE_PERIOD, jwtOptions } from "#app/auth/auth.server.ts";
import { db } from "#app/db/database.server.ts";
import { env } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";

/** How long a key set is used before it is read again, so that a key retired elsewhere is noticed. */
const MAX_AGE = 60_000;
/** Unknown key ids, which anyone can make up, cause at most one reading in this time. */
const COOL_DOWN = 1_000;

/** A public key as the key set publishes it (RFC 7517): never anything private. */
interface PublishedKey extends JWK {
  kid: string;
  alg: string;
  use: "sig";
}

interface VerificationKey {
  key: CryptoKey | Uint8Array;
  alg: string;
  /** Milliseconds since the epoch: the end of its grace period. */
  verifiesUntil: number;
}

/** Every key that may still verify, straight from the database. */
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

/** The key set in memory, for verifying. */
export class LocalKeySet {
  #keys = new Map<string, VerificationKey>();
  /** By the clock that nobody sets: the other one may be put back by an hour. */
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  /** The key with that id, unless its grace period is over. Rejects when the database is needed and away. */
  async find(kid: string): Promise<VerificationKey | undefined> {
    const age = performance.now() - this.#readAt;
    if (!this.#keys.has(kid)) await this.#read(Math.max(0, COOL_DOWN - age));
    else if (age > MAX_AGE)
      this.#read().catch((error) => log.warn({ event: "keys.stale", reason: String(error) }, "the key set can't be read again"));
    const found = this.#keys.get(kid);
    return found && found.verifiesUntil > Date.now() ? found : undefined;
  }

  /** Callers that come while one reading is under way, or waits to begin, share it. */
  #read(wait = 0): Promise<void> {
    this.#reading ??= this.#readAfter(wait).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
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

/** Makes sure of a live key of JWT_ALGORITHM, and retires live keys of any other. Runs at every start. */
export async function ensureSigningKey(): Promise<void> {
  const live = db.selectFrom("jwks").where((eb) => eb.or([eb("expiresAt", "is", null), eb("expiresAt", ">", new Date())]));
  const current = await live.select("id").where("alg", "=", env.JWT_ALGORITHM).executeTakeFirst();
  if (!current) await mintKey();
  await db
    .updateTable("jwks")
    .set({ expiresAt: new Date() })
    .where("alg", "!=", env.JWT_ALGORITHM)
    .where("expiresAt", ">", new Date())
    .execute();
}

/** A new signing key from now on; the ones before it verify until their grace period ends. Returns the new key's id. */
export async function rotateKeys(): Promise<string> {
  const kid = await mintKey();
  await db.updateTable("jwks").set({ expiresAt: new Date() }).where("id", "!=", kid).where("expiresAt", ">", new Date()).execute();
  return kid;
}

async function mintKey(): Promise<string> {
  const context = await auth.$context;
  const { id } = await createJwk({ context } as Parameters<typeof createJwk>[0], jwtOptions);
  return id;
}
