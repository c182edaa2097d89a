import { randomUUID } from "node:crypto";
import { decodeProtectedHeader } from "jose";
import { afterEach, expect, test, vi } from "vitest";
import { auth, GRACE_PERIOD } from "#app/auth/auth.server.ts";
import { verifyBearerToken } from "#app/auth/bearer-token.server.ts";
import { ensureSigningKey, LocalKeySet, publishedKeySet, rotateKeys } from "#app/auth/key-set.server.ts";
import { db, openDatabase } from "#app/db/database.server.ts";
import { createTestKey, testClaims } from "#app/testing/tokens.ts";
import { createTestUser } from "#app/testing/users.ts";

afterEach(() => {
  vi.useRealTimers();
});

async function publishedKids(): Promise<(string | undefined)[]> {
  return (await publishedKeySet()).keys.map((key) => key.kid);
}

/** A token of a new user, which outlives any grace period. */
async function longToken(): Promise<string> {
  const claims = testClaims((await createTestUser()).id, { exp: Math.floor(Date.now() / 1000) + 2 * GRACE_PERIOD });
  return (await auth.api.signJWT({ body: { payload: claims } })).token;
}

function kidOf(token: string): string {
  return decodeProtectedHeader(token).kid ?? "";
}

async function endGracePeriod(kid: string): Promise<void> {
  const expiresAt = new Date(Date.now() - GRACE_PERIOD * 1000 - 1);
  await db.updateTable("jwks").set({ expiresAt }).where("id", "=", kid).execute();
}

/** How often the work took a database connection, which is once a statement. */
async function statements(work: () => Promise<unknown>): Promise<number> {
  const { pool } = await openDatabase();
  let count = 0;
  const add = () => count++;
  pool.on("acquire", add);
  await work();
  pool.off("acquire", add);
  return count;
}

test("a start makes sure of one signing key, and another start makes no second", async () => {
  await ensureSigningKey();
  const first = await publishedKids();
  await ensureSigningKey();
  expect(first).toHaveLength(1);
  expect(await publishedKids()).toEqual(first);
});

test("the key set has public keys and nothing private", async () => {
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

test("a private member that got into the public half stays unpublished", async () => {
  const { kid, publicJwk } = await createTestKey("EdDSA");
  await db
    .updateTable("jwks")
    .set({ publicKey: JSON.stringify({ ...publicJwk, d: "private", p: "private", k: "private" }) })
    .where("id", "=", kid)
    .execute();
  expect(JSON.stringify(await publishedKeySet())).not.toContain("private");
});

test("after a rotation new tokens have the new key, and those before it still verify", async () => {
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

test("a retired key stops verifying the userNow its grace period ends, also where it is in memory", async () => {
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

test("a key whose grace period is over verifies nothing and is not published", async () => {
  await ensureSigningKey();
  await rotateKeys();
  const token = await longToken();
  await rotateKeys();
  await endGracePeriod(kidOf(token));
  expect(await publishedKids()).not.toContain(kidOf(token));
  expect(await new LocalKeySet().find(kidOf(token))).toBeUndefined();
  expect(await verifyBearerToken(token)).toEqual({ success: false, reason: "unknown_kid" });
});

test("a key that has just been made is found at once by those who don't know it yet", async () => {
  const keys = new LocalKeySet();
  await keys.find(randomUUID());
  const { kid } = await createTestKey("EdDSA");
  expect(await keys.find(kid)).toMatchObject({ alg: "EdDSA" });
});

test("unknown key ids, however many come, cause one reading a second", async () => {
  const keys = new LocalKeySet();
  const many = () => Promise.all(Array.from({ length: 20 }, () => keys.find(randomUUID())));
  expect(await statements(many)).toBe(1);
  const begun = performance.now();
  expect(await statements(many)).toBe(1);
  expect(performance.now() - begun).toBeGreaterThan(900);
});

test("a known key id costs no reading", async () => {
  const { kid } = await createTestKey("EdDSA");
  const keys = new LocalKeySet();
  await keys.find(kid);
  expect(await statements(() => Promise.all([keys.find(kid), keys.find(kid)]))).toBe(0);
});

test("a clock that is set back keeps nobody waiting for a new key", async () => {
  const keys = new LocalKeySet();
  await keys.find(randomUUID());
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 60 * 60_000 });
  const { kid } = await createTestKey("EdDSA");
  expect(await keys.find(kid)).toBeDefined();
});
