import { symmetricEncrypt } from "better-auth/crypto";
import { afterEach, expect, test } from "vitest";
import { auth } from "#app/auth/auth.server.ts";
import { acceptNewSecret, ensureSigningKey, requireSecret, rotateKeys } from "#app/auth/signing-key.server.ts";
import { CannotStart } from "#app/cannot-start.ts";
import { db } from "#app/db/database.server.ts";
import { createTestKey, testClaims } from "#app/testing/tokens.ts";
import { createTestUser } from "#app/testing/users.ts";

afterEach(async () => {
  await db.deleteFrom("jwks").execute();
});

/** As if the database had been used with another secret. */
async function changeSecret(): Promise<void> {
  const privateKey = JSON.stringify(await symmetricEncrypt({ key: "another secret of at least 32 characters", data: "{}" }));
  await db.updateTable("jwks").set({ privateKey }).execute();
}

async function kids(): Promise<string[]> {
  return (await db.selectFrom("jwks").select("id").orderBy("id").execute()).map(({ id }) => id);
}

test("processes that start at once create one key", async () => {
  await Promise.all(Array.from({ length: 5 }, ensureSigningKey));
  expect(await kids()).toHaveLength(1);
});

test("with a key of another secret nothing starts, and no key is created", async () => {
  await ensureSigningKey();
  const before = await kids();
  await requireSecret();
  await changeSecret();
  for (const start of [requireSecret, ensureSigningKey]) {
    await expect(start()).rejects.toBeInstanceOf(CannotStart);
    await expect(start()).rejects.toThrow(
      /^BETTER_AUTH_SECRET is not .* Bring the old secret back, or run "npm run keys:rotate -- --new-secret"/,
    );
  }
  expect(await kids()).toEqual(before);
});

test("a damaged private key is refused like one of another secret", async () => {
  await ensureSigningKey();
  for (const privateKey of ["", "not JSON", '"00"', "null"]) {
    await db.updateTable("jwks").set({ privateKey }).execute();
    await expect(requireSecret()).rejects.toBeInstanceOf(CannotStart);
  }
});

test("an expired key of another secret is refused, even if the next one would have another algorithm", async () => {
  await createTestKey("RS256");
  await changeSecret();
  await expect(ensureSigningKey()).rejects.toBeInstanceOf(CannotStart);
});

test("once a new secret has been accepted, a rotation makes the next start work and retires the keys of the old one", async () => {
  await ensureSigningKey();
  expect(await acceptNewSecret()).toBe(false);
  await changeSecret();
  const [lost] = await kids();
  expect(await acceptNewSecret()).toBe(true);
  const kid = await rotateKeys();
  await requireSecret();
  await ensureSigningKey();
  expect(await kids()).toEqual([lost, kid].toSorted());
  const { expiresAt } = await db.selectFrom("jwks").select("expiresAt").where("id", "=", String(lost)).executeTakeFirstOrThrow();
  expect(expiresAt?.getTime()).toBeLessThanOrEqual(Date.now());
  const { id } = await createTestUser();
  await expect(auth().api.signJWT({ body: { payload: testClaims(id) } })).resolves.toMatchObject({ token: expect.any(String) });
});

test("a rotation retires keys without an expiry date", async () => {
  await ensureSigningKey();
  await db.updateTable("jwks").set({ expiresAt: null }).execute();
  const kid = await rotateKeys();
  const active = await db.selectFrom("jwks").select("id").where("expiresAt", ">", new Date()).execute();
  expect(active).toEqual([{ id: kid }]);
  expect(await db.selectFrom("jwks").select("id").where("expiresAt", "is", null).execute()).toEqual([]);
});
