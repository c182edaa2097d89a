import { setTimeout as delay } from "node:timers/promises";
import { decodeProtectedHeader } from "jose";
import { afterAll, expect, test, vi } from "vitest";
import { auth } from "#app/auth/auth.server.ts";
import { verifyBearerToken } from "#app/auth/bearer-token.server.ts";
import { publishedKeySet } from "#app/auth/key-set.server.ts";
import { ensureSigningKey } from "#app/auth/signing-key.server.ts";
import { db } from "#app/db/database.server.ts";
import { createTestKey, signTestToken, testClaims } from "#app/testing/tokens.ts";
import { createTestUser } from "#app/testing/users.ts";

// Hoisted above the imports: the process starts with an algorithm that no key has.
vi.hoisted(() => vi.stubEnv("JWT_ALGORITHM", "RS256"));
afterAll(() => vi.unstubAllEnvs());

async function expiryOf(kid: string): Promise<number | undefined> {
  const { expiresAt } = await db.selectFrom("jwks").select("expiresAt").where("id", "=", kid).executeTakeFirstOrThrow();
  return expiresAt?.getTime();
}

test("a start with another algorithm creates a key of it, and tokens of the old key still verify", async () => {
  const old = await createTestKey("EdDSA");
  await db
    .updateTable("jwks")
    .set({ expiresAt: new Date(Date.now() + 60_000) })
    .where("id", "=", old.kid)
    .execute();
  await ensureSigningKey();
  const retired = await expiryOf(old.kid);
  expect(retired).toBeLessThanOrEqual(Date.now());
  await delay(2);
  await ensureSigningKey();
  expect(await expiryOf(old.kid)).toBe(retired);
  const user = await createTestUser();
  const { token } = await auth().api.signJWT({ body: { payload: testClaims(user.id) } });
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: "RS256", kid: expect.not.stringMatching(old.kid) });
  expect(await verifyBearerToken(token)).toMatchObject({ success: true, user });
  expect(await verifyBearerToken(await signTestToken(old, testClaims(user.id)))).toMatchObject({ success: true });
  expect((await publishedKeySet()).keys.map((key) => key.alg).toSorted()).toEqual(["EdDSA", "RS256"]);
});
