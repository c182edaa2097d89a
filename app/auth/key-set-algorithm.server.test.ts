import { decodeProtectedHeader } from "jose";
import { afterAll, expect, test, vi } from "vitest";
import { auth } from "#app/auth/auth.server.ts";
import { verifyBearerToken } from "#app/auth/bearer-token.server.ts";
import { ensureSigningKey, publishedKeySet } from "#app/auth/key-set.server.ts";
import { db } from "#app/db/database.server.ts";
import { createTestKey, signTestToken, testClaims } from "#app/testing/tokens.ts";
import { createTestUser } from "#app/testing/users.ts";

// Before anything of the app is loaded: here the process starts with another algorithm than the keys have.
vi.hoisted(() => vi.stubEnv("JWT_ALGORITHM", "RS256"));
afterAll(() => vi.unstubAllEnvs());

test("a start with another algorithm makes a key of it, and what the old one signed still verifies", async () => {
  const old = await createTestKey("EdDSA");
  await db
    .updateTable("jwks")
    .set({ expiresAt: new Date(Date.now() + 60_000) })
    .where("id", "=", old.kid)
    .execute();
  await ensureSigningKey();
  await ensureSigningKey();
  const user = await createTestUser();
  const { token } = await auth.api.signJWT({ body: { payload: testClaims(user.id) } });
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: "RS256", kid: expect.not.stringMatching(old.kid) });
  expect(await verifyBearerToken(token)).toMatchObject({ success: true, user });
  expect(await verifyBearerToken(await signTestToken(old, testClaims(user.id)))).toMatchObject({ success: true });
  expect((await publishedKeySet()).keys.map((key) => key.alg).toSorted()).toEqual(["EdDSA", "RS256"]);
  const retired = await db.selectFrom("jwks").select("expiresAt").where("id", "=", old.kid).executeTakeFirstOrThrow();
  expect(retired.expiresAt?.getTime()).toBeLessThanOrEqual(Date.now());
});
