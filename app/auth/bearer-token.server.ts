import { errors, type FlattenedJWSInput, type JWTHeaderParameters, type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";
import { LocalKeySet } from "#app/auth/key-set.server.ts";
import { remoteKeySet } from "#app/auth/remote-key-set.server.ts";
import { parseScopes, type Scope } from "#app/auth/scopes.ts";
import { findTokenUser } from "#app/auth/user.server.ts";
import { VerifiedTokens } from "#app/auth/verified-tokens.ts";
import type { UserRef } from "#app/context.ts";
import { env } from "#app/env.server.ts";

/** Seconds. */
const CLOCK_SKEW = 5;
/** No control characters: Postgres can't store U+0000. */
const ClientId = z
  .string()
  .regex(/^\P{Cc}{1,255}$/u)
  .refine((id) => id.isWellFormed())
  .optional();
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Verified = { user: UserRef; scopes: Scope[]; expiresAt: Date };
type Verification = ({ success: true } & Verified) | { success: false; reason: string };

/**
 * Verifies an access token (RFC 7519, RFC 8725), and on every call that its user and its local key still allow it.
 * `reason` is for the log and metrics, never for the client.
 * Rejects if the database or the remote key set is needed but unavailable.
 */
export async function verifyBearerToken(token: string): Promise<Verification> {
  const claims = await verifiedClaims(token);
  if (typeof claims === "string") return { success: false, reason: claims };
  if (!UUID.test(claims.sub)) return { success: false, reason: "no_such_user" };
  const user = await findTokenUser({ userId: claims.sub, issuedAt: claims.iat, kid: claims.kid });
  if (typeof user === "string") return { success: false, reason: user };
  const { scope, exp, clientId } = claims;
  return {
    success: true,
    user: clientId === undefined ? user : { ...user, origin: { type: "key", id: clientId } },
    scopes: parseScopes(scope),
    expiresAt: new Date(exp * 1000),
  };
}

interface Claims {
  sub: string;
  iat: number;
  exp: number;
  /** Seconds since the epoch: the later of `iat` and `nbf`. */
  validFrom: number;
  scope: unknown;
  /** `undefined` with a remote key set. */
  kid: string | undefined;
  /** The access key; `undefined`: the token is of a session. */
  clientId: string | undefined;
}

const verifiedTokens = new VerifiedTokens<Claims>(1000);

async function verifiedClaims(token: string): Promise<Claims | string> {
  try {
    return (await cachedClaims(token)) ?? (await verifyClaims(token));
  } catch (error) {
    if (error instanceof errors.JOSEError) return reasonOf(error);
    throw error;
  }
}

async function cachedClaims(token: string): Promise<Claims | undefined> {
  const cached = verifiedTokens.find(token);
  if (!cached || (await keyOf(cached.header)) !== cached.key) return undefined;
  const { exp, validFrom } = cached.claims;
  const now = Date.now() / 1000;
  return validFrom <= now + CLOCK_SKEW && exp > now - CLOCK_SKEW ? cached.claims : undefined;
}

async function verifyClaims(token: string): Promise<Claims | string> {
  const { payload, protectedHeader, key } = await jwtVerify(token, keyOf, {
    algorithms: ["EdDSA", "RS256", "ES256"],
    issuer: env.BETTER_AUTH_URL,
    audience: env.JWT_AUDIENCE,
    requiredClaims: ["exp", "iat", "sub"],
    clockTolerance: CLOCK_SKEW,
  });
  const { sub, exp, iat, nbf = iat, scope } = payload;
  if (typeof sub !== "string" || exp === undefined || iat === undefined || nbf === undefined) return "claim_sub";
  // jose checks `iat` against the clock only with `maxTokenAge`.
  if (iat > Date.now() / 1000 + CLOCK_SKEW) return "claim_iat";
  // The number may exceed the range of Date.
  if (Number.isNaN(new Date(exp * 1000).getTime())) return "claim_exp";
  const { success, data: clientId } = ClientId.safeParse(payload.client_id);
  if (!success) return "claim_client_id";
  const kid = env.BETTER_AUTH_JWKS_URL ? undefined : protectedHeader.kid;
  const claims = { sub, iat, exp, validFrom: Math.max(iat, nbf), scope, kid, clientId };
  verifiedTokens.add(token, { header: protectedHeader, key, claims });
  return claims;
}

const local = new LocalKeySet();
const findKey: JWTVerifyGetKey = env.BETTER_AUTH_JWKS_URL ? remoteKeySet(new URL(env.BETTER_AUTH_JWKS_URL)) : findLocalKey;

/** Requires a `kid`: without one, jose would accept the only key of a set. */
function keyOf(header: JWTHeaderParameters, token?: FlattenedJWSInput) {
  if (!header.kid) throw new errors.JWKSNoMatchingKey("the token has no kid");
  return findKey(header, token as FlattenedJWSInput);
}

async function findLocalKey({ kid = "", alg }: { kid?: string; alg?: string }) {
  const match = await local.find(kid);
  if (!match || match.alg !== alg) throw new errors.JWKSNoMatchingKey();
  return match.key;
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return "expired";
  if (error instanceof errors.JWTClaimValidationFailed) return `claim_${error.claim}`;
  if (error instanceof errors.JWKSNoMatchingKey) return "unknown_kid";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "signature";
  if (error instanceof errors.JOSEAlgNotAllowed) return "algorithm";
  return "malformed";
}
