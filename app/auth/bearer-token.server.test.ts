import { randomUUID } from "node:crypto";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { afterEach, expect, test, vi } from "vitest";
import { auth } from "#app/auth/auth.server.ts";
import { verifyBearerToken } from "#app/auth/bearer-token.server.ts";
import { endTokens } from "#app/auth/user.server.ts";
import { db } from "#app/db/database.server.ts";
import { createTestKey, signTestToken, testClaims } from "#app/testing/tokens.ts";
import { createTestUser } from "#app/testing/users.ts";

// Created before the first token: unknown key ids are looked up at most once a second.
const key = await createTestKey("EdDSA");
const rsaKey = await createTestKey("RS256");
const ecKey = await createTestKey("ES256");

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const now = () => Math.floor(Date.now() / 1000);

async function outcome(changes: Record<string, unknown>): Promise<string> {
  const user = await createTestUser();
  return reasonOf(await signTestToken(key, testClaims(user.id, changes)));
}

async function reasonOf(token: string): Promise<string> {
  const verification = await verifyBearerToken(token);
  return verification.success ? "ok" : verification.reason;
}

function base64url(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
}

test("a valid token yields its user, scopes and expiry", async () => {
  const user = await createTestUser();
  const payload = { sub: user.id, iat: now(), exp: now() + 60, scope: "tasks:read tasks:create nonsense" };
  const { token } = await auth().api.signJWT({ body: { payload } });
  expect(await verifyBearerToken(token)).toEqual({
    success: true,
    user,
    scopes: ["tasks:read", "tasks:create"],
    expiresAt: new Date(payload.exp * 1000),
  });
});

test("the claim client_id is the origin of the user's changes, and a malformed one is rejected", async () => {
  const user = await createTestUser();
  const origin = { type: "key", id: "client-1" };
  expect(await verifyBearerToken(await signTestToken(key, testClaims(user.id, { client_id: origin.id })))).toMatchObject({
    user: { ...user, origin },
  });
  for (const client_id of ["", "a\0b", "\ud800", "x".repeat(256), 1, null, ["a"]]) {
    expect([client_id, await reasonOf(await signTestToken(key, testClaims(user.id, { client_id })))]).toEqual([
      client_id,
      "claim_client_id",
    ]);
  }
});

test("each supported algorithm verifies with its own key", async () => {
  const user = await createTestUser();
  for (const each of [key, rsaKey, ecKey]) expect(await reasonOf(await signTestToken(each, testClaims(user.id)))).toBe("ok");
});

test("a token without a signature is rejected, whatever its algorithm header says", async () => {
  const { id } = await createTestUser();
  expect(await reasonOf(new UnsecuredJWT(testClaims(id)).encode())).toBe("algorithm");
  for (const alg of ["none", "None", "NONE", ""]) {
    expect(await reasonOf(`${base64url({ alg, kid: key.kid })}.${base64url(testClaims(id))}.`)).not.toBe("ok");
  }
  expect(await reasonOf(`${base64url({ alg: "EdDSA", kid: key.kid })}.${base64url(testClaims(id))}.`)).toBe("signature");
});

test("a token signed with the public key as an HMAC secret is rejected", async () => {
  const { id } = await createTestUser();
  for (const secret of [await exportSPKI(rsaKey.publicKey), JSON.stringify(rsaKey.publicJwk), rsaKey.publicJwk.n ?? ""]) {
    const token = new SignJWT(testClaims(id)).setProtectedHeader({ alg: "HS256", kid: rsaKey.kid }).sign(Buffer.from(secret));
    expect(await reasonOf(await token)).toBe("algorithm");
  }
});

test("a token signed with a key outside the set is rejected, also under the id of a key in it", async () => {
  const { id } = await createTestUser();
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  const stranger = { kid: randomUUID(), alg: "EdDSA" as const, privateKey };
  expect(await reasonOf(await signTestToken(stranger, testClaims(id)))).toBe("unknown_kid");
  expect(await reasonOf(await signTestToken({ ...stranger, kid: key.kid }, testClaims(id)))).toBe("signature");
  const jwk = await exportJWK(publicKey);
  expect(await reasonOf(await signTestToken({ ...stranger, kid: key.kid }, testClaims(id), { jwk, jku: "http://evil.example/" }))).toBe(
    "signature",
  );
});

test("a token without a key id is rejected, even with a valid signature", async () => {
  const claims = testClaims((await createTestUser()).id);
  expect(await reasonOf(await new SignJWT(claims).setProtectedHeader({ alg: "EdDSA" }).sign(key.privateKey))).toBe("unknown_kid");
  expect(await reasonOf(await signTestToken(key, claims, { kid: "" }))).toBe("unknown_kid");
});

test("a key verifies only its own algorithm", async () => {
  const claims = testClaims((await createTestUser()).id);
  expect(await reasonOf(await signTestToken(ecKey, claims, { kid: key.kid }))).toBe("unknown_kid");
  expect(await reasonOf(await signTestToken(key, claims, { kid: rsaKey.kid }))).toBe("unknown_kid");
  const renamed = new SignJWT(claims).setProtectedHeader({ alg: "Ed25519", kid: key.kid }).sign(key.privateKey);
  expect(await reasonOf(await renamed)).toBe("algorithm");
});

test("a modified token is rejected", async () => {
  const user = await createTestUser();
  const other = await createTestUser();
  const [header = "", , signature = ""] = (await signTestToken(key, testClaims(user.id))).split(".");
  expect(await reasonOf(`${header}.${base64url(testClaims(other.id))}.${signature}`)).toBe("signature");
});

test("a malformed token is rejected", async () => {
  const header = base64url({ alg: "EdDSA", kid: key.kid });
  const shapes = ["x", "a.b.c", "..", `${header}..`, `${header}.${base64url("no JSON")}.AAAA`, "a.b.c.d.e", `${base64url("null")}.e30.AA`];
  for (const token of shapes) expect(await reasonOf(token), token).not.toBe("ok");
  const critical = { alg: "EdDSA", kid: key.kid, crit: ["unknown"], unknown: 1 };
  expect(await reasonOf(`${base64url(critical)}.${base64url({})}.AAAA`)).toBe("malformed");
});

test("the issuer must be BETTER_AUTH_URL", async () => {
  for (const iss of ["http://evil.example", "http://localhost:3000/", "", undefined, 1]) expect(await outcome({ iss })).toBe("claim_iss");
});

test("the audience must be or contain JWT_AUDIENCE", async () => {
  for (const aud of ["http://evil.example", [], "", undefined]) expect(await outcome({ aud })).toBe("claim_aud");
  expect(await outcome({ aud: ["http://other.example", "http://localhost:3000"] })).toBe("ok");
});

test("the expiry has a tolerance of five seconds", async () => {
  expect(await outcome({ exp: now() - 3 })).toBe("ok");
  expect(await outcome({ exp: now() - 6 })).toBe("expired");
  expect(await outcome({ exp: undefined })).toBe("claim_exp");
  expect(await outcome({ exp: "tomorrow" })).toBe("claim_exp");
});

test("nbf and iat have a tolerance of five seconds", async () => {
  expect(await outcome({ nbf: now() + 3 })).toBe("ok");
  expect(await outcome({ nbf: now() + 10 })).toBe("claim_nbf");
  expect(await outcome({ iat: now() + 3 })).toBe("ok");
  expect(await outcome({ iat: now() + 10 })).toBe("claim_iat");
  expect(await outcome({ iat: undefined })).toBe("claim_iat");
  expect(await outcome({ iat: "now" })).toBe("claim_iat");
});

test("the subject must be an existing user", async () => {
  expect(await outcome({ sub: undefined })).toBe("claim_sub");
  expect(await outcome({ sub: 7 })).toBe("claim_sub");
  expect(await outcome({ sub: randomUUID() })).toBe("no_such_user");
  for (const sub of ["", "me", "\0", "'; drop table task; --"]) expect(await outcome({ sub })).toBe("no_such_user");
});

test("an invalid scope claim yields no scopes", async () => {
  const user = await createTestUser();
  for (const scope of [undefined, 1, ["tasks:write"], "everything"]) {
    expect(await verifyBearerToken(await signTestToken(key, testClaims(user.id, { scope })))).toMatchObject({ success: true, scopes: [] });
  }
});

test("a token is rejected once its user is deleted", async () => {
  const user = await createTestUser();
  const token = await signTestToken(key, testClaims(user.id));
  expect(await reasonOf(token)).toBe("ok");
  await db.deleteFrom("user").where("id", "=", user.id).execute();
  expect(await reasonOf(token)).toBe("no_such_user");
});

test("a ban applies from the next request until it ends", async () => {
  const user = await createTestUser();
  const token = await signTestToken(key, testClaims(user.id));
  const ban = (banExpires: Date | null) => db.updateTable("user").set({ banned: true, banExpires }).where("id", "=", user.id).execute();
  await ban(null);
  expect(await reasonOf(token)).toBe("no_such_user");
  await ban(new Date(Date.now() + 60_000));
  expect(await reasonOf(token)).toBe("no_such_user");
  await ban(new Date(Date.now() - 1));
  expect(await reasonOf(token)).toBe("ok");
});

test("a token is rejected from the next request on once its key is gone from the table, even if it is cached", async () => {
  const user = await createTestUser();
  const ownKey = await createTestKey("EdDSA");
  const token = await signTestToken(ownKey, testClaims(user.id));
  const otherToken = await signTestToken(key, testClaims(user.id));
  for (const each of [token, otherToken]) expect(await reasonOf(each)).toBe("ok");
  await db.deleteFrom("jwks").where("id", "=", ownKey.kid).execute();
  expect(await reasonOf(token)).toBe("unknown_kid");
  expect(await reasonOf(await signTestToken(ownKey, testClaims(user.id)))).toBe("unknown_kid");
  expect(await reasonOf(otherToken)).toBe("ok");
});

test("ending a user's tokens ends those issued until then, and no other user's", async () => {
  const [user, other] = [await createTestUser(), await createTestUser()];
  const sign = (id: string, iat: number) => signTestToken(key, testClaims(id, { iat }));
  const [older, current, others] = [await sign(user.id, now() - 60), await sign(user.id, now()), await sign(other.id, now() - 60)];
  for (const each of [older, current, others]) expect(await reasonOf(each)).toBe("ok");
  await endTokens(user.id);
  for (const each of [older, current]) expect(await reasonOf(each)).toBe("signed_out");
  expect(await reasonOf(others)).toBe("ok");
  expect(await reasonOf(await sign(user.id, now() + 1))).toBe("ok");
});

test("a repeated token is not verified again", async () => {
  const user = await createTestUser();
  const token = await signTestToken(key, testClaims(user.id));
  const verify = vi.spyOn(crypto.subtle, "verify");
  for (let time = 0; time < 3; time++) expect(await reasonOf(token)).toBe("ok");
  expect(verify).toHaveBeenCalledTimes(1);
});

test("a cached token is rejected after its expiry, and before its nbf or iat", async () => {
  const user = await createTestUser();
  const token = await signTestToken(key, testClaims(user.id, { exp: now() + 60 }));
  const later = await signTestToken(key, testClaims(user.id, { nbf: now() + 3, iat: now() - 60 }));
  for (const each of [token, later]) expect(await reasonOf(each)).toBe("ok");
  const start = Date.now();
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(start + 66_000);
  expect(await reasonOf(token)).toBe("expired");
  vi.setSystemTime(start - 10_000);
  expect(await reasonOf(token)).toBe("claim_iat");
  expect(await reasonOf(later)).toBe("claim_nbf");
});

test("a cached token with another signature is rejected", async () => {
  const user = await createTestUser();
  const token = await signTestToken(key, testClaims(user.id));
  expect(await reasonOf(token)).toBe("ok");
  const [header, claims, signature = ""] = token.split(".");
  const other = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
  expect(await reasonOf(`${header}.${claims}.${other}`)).toBe("signature");
});

test("a cached token is rejected after the grace period of its key", async () => {
  const user = await createTestUser();
  const token = await signTestToken(key, testClaims(user.id, { exp: now() + 100 * 86_400 }));
  expect(await reasonOf(token)).toBe("ok");
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now() + 99 * 86_400_000);
  expect(await reasonOf(token)).toBe("unknown_kid");
});

test("a cached token is rejected once another key has its key id", async () => {
  const user = await createTestUser();
  const ownKey = await createTestKey("EdDSA");
  const token = await signTestToken(ownKey, testClaims(user.id));
  expect(await reasonOf(token)).toBe("ok");
  const { publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  await db
    .updateTable("jwks")
    .set({ publicKey: JSON.stringify(await exportJWK(publicKey)) })
    .where("id", "=", ownKey.kid)
    .execute();
  // An unknown key id causes the key set to be read again.
  expect(await reasonOf(await signTestToken({ ...ownKey, kid: randomUUID() }, testClaims(user.id)))).toBe("unknown_kid");
  expect(await reasonOf(token)).toBe("signature");
});
