import { hash } from "node:crypto";
import type { CryptoKey, JWTHeaderParameters } from "jose";

interface Verified<Claims> {
  header: JWTHeaderParameters;
  /** The one that the signature is good with. */
  key: CryptoKey | Uint8Array;
  claims: Claims;
}

/**
 * The claims of the tokens whose signatures were verified last: a script sends the same one again and again, and to verify
 * it costs more than to answer. Whether that key still verifies, and whether the token is of this time, is the caller's to ask each time.
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

  /** In the place of the oldest, where there is no room. */
  add(token: string, verified: Verified<Claims>): void {
    const [oldest] = this.#byDigest.keys();
    if (oldest !== undefined && this.#byDigest.size >= this.#capacity) this.#byDigest.delete(oldest);
    this.#byDigest.set(digestOf(token), verified);
  }
}

/** Of the whole token, its signature too. The token itself, which opens an account, is not kept. */
function digestOf(token: string): string {
  return hash("sha256", token, "base64url");
}
