import { symmetricEncrypt } from "better-auth/crypto";
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from "jose";
import { db } from "#app/db/database.server.ts";
import { env } from "#app/env.server.ts";
import { secret } from "#app/secret.server.ts";

/** Creates a key pair and adds its public key to the key set, retired but in its grace period. */
export async function createTestKey(alg: "EdDSA" | "RS256" | "ES256") {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = crypto.randomUUID();
  await db
    .insertInto("jwks")
    .values({
      id: kid,
      publicKey: JSON.stringify(publicJwk),
      privateKey: JSON.stringify(await symmetricEncrypt({ key: secret(), data: JSON.stringify(await exportJWK(privateKey)) })),
      createdAt: new Date(0),
      expiresAt: new Date(),
      alg,
      crv: publicJwk.crv ?? null,
    })
    .execute();
  return { kid, alg, publicKey, publicJwk, privateKey };
}

/** `undefined` removes a claim. */
export function testClaims(sub: string, changes: Record<string, unknown> = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: env.BETTER_AUTH_URL, aud: env.JWT_AUDIENCE, sub, iat: now, exp: now + 900, scope: "tasks:read", ...changes };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

export function signTestToken(
  key: Pick<Awaited<ReturnType<typeof createTestKey>>, "kid" | "alg" | "privateKey">,
  claims: JWTPayload,
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header }).sign(key.privateKey);
}
