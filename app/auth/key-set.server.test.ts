import { randomUUID } from "node:crypto";
import { decodeProtectedHeader } from "jose";
import { afterEach, expect, test, vi } from "vitest";
import { auth, GRACE_PERIOD } from "#app/auth/auth.server.ts";
import { verifyBearerToken } from "#app/auth/bearer-token.server.ts";
import { LocalKeySet, publishedKeySet } from "#app/auth/key-set.server.ts";
import { ensureSigningKey, rotateKeys } from "#app/auth/signing-key.server.ts";
import { db, openDatabase } from "#app/db/database.server.ts";
import { createTestKey, testClaims } from "#app/testing/tokens.ts";
import { createTestUser } from "#app/testing/users.ts";

afterEach(() => {
  vi.useRealTimers();
});

async function publishedKids(): Promise<(string | undefined)[]> {
  return (await publishedKeySet()).keys.map((key) => key.kid);
}

async function longToken(): Promise<string> {
  const claims = testClaims((await createTestUser()).id, { exp: Math.floor(Date.now() / 1000) + 2 * GRACE_PERIOD });
  return (await auth().api.signJWT({ body: { payload: claims } })).token;
}

function kidOf(token: string): string {
  return decodeProtectedHeader(token).kid ?? "";
}

async function endGracePeriod(kid: string): Promise<void> {
  const expiresAt = new Date(Date.now() - GRACE_PERIOD * 1000 - 1);
  await db.updateTable("jwks").set({ expiresAt }).where("id", "=", kid).execute();
}

/** Counts the statements of `work`, by the connections it acquires. */
async function statements(work: () => Promise<unknown>): Promise<number> {
  const { pool } = await openDatabase();
  let count = 0;
  const add = () => count++;
  pool.on("acquire", add);
  await work();
  pool.off("acquire", add);
  return count;
}

test("a start creates a signing key, and a second start creates no other", async () => {
  await ensureSigningKey();
  const first = await publishedKids();
  await ensureSigningKey();
  expect(first).toHaveLength(1);
  expect(await publishedKids()).toEqual(first);
});

test("the key set has no private members", async () => {
  await ensureSigningKey();
  await createTestKey("RS256");
  await createTestKey("ES256");
  const { keys } = await publishedKeySet();
  const members = { OKP: ["crv", "x"], EC: ["crv", "x", "y"], RSA: ["n", "e"] };
  for (const key of keys) {
    const own = members[key.kty as keyof typeof members];
    expect(Object.keys(JSON.parse(JSON.stringify(key))).toSorted()).toEqual(["alg", "kid", "kty", "use", ...own].toSorted());
    expect(key.use).toBe("sig");
  }
  expect(new Set(keys.map((key) => key.alg))).toEqual(new Set(["EdDSA", "RS256", "ES256"]));
});

test("a private member in the public key column is not published", async () => {
  const { kid, publicJwk } = await createTestKey("EdDSA");
  await db
    .updateTable("jwks")
    .set({ publicKey: JSON.stringify({ ...publicJwk, d: "private", p: "private", k: "private" }) })
    .where("id", "=", kid)
    .execute();
  expect(JSON.stringify(await publishedKeySet())).not.toContain("private");
});

test("after a rotation new tokens have the new key, and older tokens still verify", async () => {
  await ensureSigningKey();
  const before = await longToken();
  expect(await verifyBearerToken(before)).toMatchObject({ success: true });
  const kid = await rotateKeys();
  const after = await longToken();
  expect(kidOf(after)).toBe(kid);
  expect(kidOf(before)).not.toBe(kid);
  expect(await publishedKids()).toEqual(expect.arrayContaining([kid, kidOf(before)]));
  expect(await verifyBearerToken(after)).toMatchObject({ success: true });
  expect(await verifyBearerToken(before)).toMatchObject({ success: true });
});

test("a retired key stops verifying exactly when its grace period ends, even if it is cached", async () => {
  await ensureSigningKey();
  const token = await longToken();
  expect(await verifyBearerToken(token)).toMatchObject({ success: true });
  await rotateKeys();
  const keys = new LocalKeySet();
  const retired = await keys.find(kidOf(token));
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime((retired?.verifiesUntil ?? 0) - 1);
  expect(await keys.find(kidOf(token))).toBeDefined();
  expect(await publishedKids()).toContain(kidOf(token));
  vi.setSystemTime(retired?.verifiesUntil ?? 0);
  expect(await keys.find(kidOf(token))).toBeUndefined();
  expect(await publishedKids()).not.toContain(kidOf(token));
});

test("another rotation does not prolong the grace period of a key that was retired before", async () => {
  await ensureSigningKey();
  const kid = kidOf(await longToken());
  await rotateKeys();
  const retired = await new LocalKeySet().find(kid);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60 * 60_000 });
  await rotateKeys();
  expect(retired?.verifiesUntil).toBeLessThan(Number.POSITIVE_INFINITY);
  expect((await new LocalKeySet().find(kid))?.verifiesUntil).toBe(retired?.verifiesUntil);
});

test("a key past its grace period neither verifies nor is published", async () => {
  await ensureSigningKey();
  await rotateKeys();
  const token = await longToken();
  await rotateKeys();
  await endGracePeriod(kidOf(token));
  expect(await publishedKids()).not.toContain(kidOf(token));
  expect(await new LocalKeySet().find(kidOf(token))).toBeUndefined();
  expect(await verifyBearerToken(token)).toEqual({ success: false, reason: "unknown_kid" });
});

test("a new key is found at once by a set that has not read it yet", async () => {
  const keys = new LocalKeySet();
  await keys.find(randomUUID());
  const { kid } = await createTestKey("EdDSA");
  expect(await keys.find(kid)).toMatchObject({ alg: "EdDSA" });
});

test("unknown key ids cause at most one read a second", async () => {
  const keys = new LocalKeySet();
  const many = () => Promise.all(Array.from({ length: 20 }, () => keys.find(randomUUID())));
  expect(await statements(many)).toBe(1);
  const begun = performance.now();
  expect(await statements(many)).toBe(1);
  expect(performance.now() - begun).toBeGreaterThan(900);
});

test("a known key id causes no read", async () => {
  const { kid } = await createTestKey("EdDSA");
  const keys = new LocalKeySet();
  await keys.find(kid);
  expect(await statements(() => Promise.all([keys.find(kid), keys.find(kid)]))).toBe(0);
});

test("a clock set back does not delay finding a new key", async () => {
  const keys = new LocalKeySet();
  await keys.find(randomUUID());
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 60 * 60_000 });
  const { kid } = await createTestKey("EdDSA");
  expect(await keys.find(kid)).toBeDefined();
});
