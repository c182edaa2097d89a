import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type CryptoKey, importJWK, type JWK, jwtVerify } from "jose";
import { rowsOf } from "./database.ts";
import { FIND_SESSION, FIND_USER, KEYS } from "./statements.ts";

/** Verification keys by key id. */
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

/** The id of the token's user, if the token is valid and has the scope, its key is still there, and the user is not banned. */
export async function authenticate(request: IncomingMessage, scope: string): Promise<string | undefined> {
  const token = request.headers.authorization?.slice("Bearer ".length) ?? "";
  const { payload, protectedHeader } = await jwtVerify(
    token,
    ({ kid = "" }) => keys.get(kid) ?? Promise.reject(new Error("unknown key")),
    CHECKS,
  );
  if (!String(payload.scope).split(" ").includes(scope)) return undefined;
  const [user] = await rowsOf(FIND_USER, [protectedHeader.kid, payload.sub]);
  const isSignedOut = user?.tokens_valid_from && (payload.iat ?? 0) * 1000 < user.tokens_valid_from.getTime();
  return user?.has_key && !user.banned && !isSignedOut ? user.id : undefined;
}

export interface SessionUser {
  id: string;
  name: string;
  timezone: string;
  weekStart: number;
  clock: "12" | "24";
  theme: string;
}

/** The cookie's user, if the cookie's signature is valid, the session has not expired, and the user is not banned. */
export async function findSessionUser(request: IncomingMessage): Promise<SessionUser | undefined> {
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
