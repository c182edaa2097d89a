import { hash } from "node:crypto";
import type { CryptoKey, JWTHeaderParameters } from "jose";

interface Verified<Claims> {
  header: JWTHeaderParameters;
  key: CryptoKey | Uint8Array;
  claims: Claims;
}

/**
 * Caches the claims of recently verified tokens: clients reuse a token for many requests, and verifying its signature
 * costs more than the rest of a request. On a hit, callers must still check the key and the token's times.
 */
export class VerifiedTokens<Claims> {
  #byDigest = new Map<string, Verified<Claims>>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  find(token: string): Verified<Claims> | undefined {
    return this.#byDigest.get(digestOf(token));
  }

  add(token: string, verified: Verified<Claims>): void {
    const [oldest] = this.#byDigest.keys();
    if (oldest !== undefined && this.#byDigest.size >= this.#capacity) this.#byDigest.delete(oldest);
    this.#byDigest.set(digestOf(token), verified);
  }
}

/** Covers the signature too. The token itself is a credential, so it is not stored. */
function digestOf(token: string): string {
  return hash("sha256", token, "base64url");
}
