import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type CryptoKey, importJWK, type JWK, jwtVerify } from "jose";
import { rowsOf } from "./database.ts";
import { FIND_SESSION, FIND_USER, KEYS } from "./statements.ts";

/** The key set, imported once. */
const keys = new Map<string, CryptoKey | Uint8Array>();

export async function readKeys(): Promise<JWK[]> {
  const rows = await rowsOf(KEYS, []);
  const jwks = rows.map(({ id, alg, public_key }) => {
    const { kty, crv, x, y, n, e } = JSON.parse(public_key) as JWK;
    return { kid: id, alg: alg ?? "EdDSA", use: "sig", kty, crv, x, y, n, e };
  });
  for (const jwk of jwks) keys.set(jwk.kid, await importJWK(jwk, jwk.alg));
  return jwks as JWK[];
}

const CHECKS = {
  algorithms: ["EdDSA", "RS256", "ES256"],
  issuer: process.env.BETTER_AUTH_URL ?? "",
  audience: process.env.BETTER_AUTH_URL ?? "",
  requiredClaims: ["exp", "iat", "sub"],
  clockTolerance: 5,
};

/** Whose token the request has, if it is good, has the scope, and the user may still act. */
export async function callerOf(request: IncomingMessage, scope: string): Promise<string | undefined> {
  const token = request.headers.authorization?.slice("Bearer ".length) ?? "";
  const { payload } = await jwtVerify(token, ({ kid = "" }) => keys.get(kid) ?? Promise.reject(new Error("unknown key")), CHECKS);
  if (!String(payload.scope).split(" ").includes(scope)) return undefined;
  const [user] = await rowsOf(FIND_USER, [payload.sub]);
  return user && !user.banned ? user.id : undefined;
}

export interface SignedIn {
  id: string;
  name: string;
  timezone: string;
  weekStart: number;
  clock: "12" | "24";
  theme: string;
}

/** Who is signed in by the cookie, if it is one that Doable signed, its session lasts, and the user may still act. */
export async function signedInBy(request: IncomingMessage): Promise<SignedIn | undefined> {
  const [, cookie = ""] = /session_token=([^;]+)/.exec(request.headers.cookie ?? "") ?? [];
  const [token = "", signature = ""] = decodeURIComponent(cookie).split(".");
  const expected = createHmac("sha256", process.env.BETTER_AUTH_SECRET ?? "")
    .update(token)
    .digest();
  const given = Buffer.from(signature, "base64");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const [row] = await rowsOf(FIND_SESSION, [token]);
  if (!row || row._joined_user_banned || row.expires_at < new Date()) return undefined;
  return {
    id: row._joined_user_id,
    name: row._joined_user_name,
    timezone: row._joined_user_timezone,
    weekStart: row._joined_user_week_start,
    clock: row._joined_user_clock,
    theme: row._joined_user_theme,
  };
}
