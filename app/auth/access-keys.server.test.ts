import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { AccessKeyInput, accessKeysOf, exchange } from "#app/auth/access-keys.server.ts";
import { verifyBearerToken } from "#app/auth/bearer-token.server.ts";
import type { Scope } from "#app/auth/scopes.ts";
import { db } from "#app/db/database.server.ts";
import { createTestUser } from "#app/testing/users.ts";

const DAY = 24 * 60 * 60 * 1000;

function input(scopes: Scope[] = ["tasks:read"], days = "30"): AccessKeyInput {
  return AccessKeyInput.parse({ name: "A script", scopes, days });
}

async function updateRow(id: string, values: { enabled?: boolean; expiresAt?: Date; permissions?: string | null }): Promise<void> {
  await db.updateTable("apikey").set(values).where("id", "=", id).execute();
}

test("list returns the name, scopes and expiry of a key, and not the key", async () => {
  const keys = accessKeysOf(await createTestUser());
  const { id, key } = await keys.create(input(["tasks:create", "tasks:read"], "7"));
  const [listed, ...others] = await keys.list();
  expect(others).toEqual([]);
  expect(listed).toMatchObject({ id, name: "A script", scopes: ["tasks:create", "tasks:read"], lastUsedAt: null });
  expect(Math.abs(Date.parse(listed?.expiresAt ?? "") - Date.now() - 7 * DAY)).toBeLessThan(60_000);
  expect(JSON.stringify(listed)).not.toContain(key);
});

test("only a hash of a key is stored", async () => {
  const { id, key } = await accessKeysOf(await createTestUser()).create(input());
  const { rows } = await sql<Record<string, unknown>>`select * from apikey where id = ${id}`.execute(db);
  expect(key).toMatch(/^doable_\w{32,}$/);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(key.slice(10));
});

test("another user can neither list nor revoke a key", async () => {
  const owner = accessKeysOf(await createTestUser());
  const stranger = accessKeysOf(await createTestUser());
  const { id, key } = await owner.create(input());
  expect(await stranger.list()).toEqual([]);
  expect(await stranger.revoke(id)).toBe(false);
  expect(await owner.list()).toHaveLength(1);
  expect(await exchange(key)).toHaveProperty("token");
});

test("a revoked key is deleted, and revoking it again returns false", async () => {
  const keys = accessKeysOf(await createTestUser());
  const { id, key } = await keys.create(input());
  const other = await keys.create(input());
  expect(await keys.revoke(id)).toBe(true);
  expect(await keys.revoke(id)).toBe(false);
  expect((await keys.list()).map((left) => left.id)).toEqual([other.id]);
  expect(await exchange(key)).toEqual({ reason: "unknown_key" });
});

test("revoke returns false for a malformed or unknown id", async () => {
  const keys = accessKeysOf(await createTestUser());
  for (const id of [randomUUID(), "", "1", "\0", "' or true --"]) expect(await keys.revoke(id)).toBe(false);
});

test("exchange returns a token of the key's user with exactly the key's scopes", async () => {
  for (const scopes of [["tasks:read"], ["tasks:create"], ["tasks:read", "tasks:write"]] as Scope[][]) {
    const user = await createTestUser();
    const { id, key } = await accessKeysOf(user).create(input(scopes));
    const exchanged = await exchange(key);
    expect(exchanged).toMatchObject({ userId: user.id, token: { token_type: "Bearer", expires_in: 900, scope: scopes.join(" ") } });
    const token = "token" in exchanged ? exchanged.token.access_token : "";
    const verified = await verifyBearerToken(token);
    expect(verified).toMatchObject({ success: true, user: { ...user, origin: { type: "key", id } }, scopes });
    expect(Math.abs(("expiresAt" in verified ? verified.expiresAt.getTime() : 0) - Date.now() - 900_000)).toBeLessThan(5_000);
  }
});

test("a token has no claims about its user and its key except their ids", async () => {
  const { key } = await accessKeysOf(await createTestUser()).create(input());
  const exchanged = await exchange(key);
  const [, payload = ""] = ("token" in exchanged ? exchanged.token.access_token : "").split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  expect(Object.keys(claims).toSorted()).toEqual(["aud", "client_id", "exp", "iat", "iss", "jti", "scope", "sub"]);
});

test("an exchange sets the key's last use", async () => {
  const keys = accessKeysOf(await createTestUser());
  const { key } = await keys.create(input());
  await exchange(key);
  const [used] = await keys.list();
  expect(Math.abs(Date.parse(used?.lastUsedAt ?? "") - Date.now())).toBeLessThan(60_000);
});

test("a string that is not a key is rejected as unknown", async () => {
  const { key } = await accessKeysOf(await createTestUser()).create(input());
  for (const wrong of ["", "x", "\0", "doable_", key.toUpperCase(), `${key} `, key.slice(0, -1)]) {
    expect(await exchange(wrong), wrong).toEqual({ reason: "unknown_key" });
  }
});

test("a disabled or expired key gets no token", async () => {
  const keys = accessKeysOf(await createTestUser());
  const { id, key } = await keys.create(input());
  await updateRow(id, { enabled: false });
  expect(await exchange(key)).toEqual({ reason: "disabled" });
  await updateRow(id, { enabled: true, expiresAt: new Date() });
  expect(await exchange(key)).toEqual({ reason: "expired" });
  expect(await keys.list()).toMatchObject([{ lastUsedAt: null }]);
});

test("a key of a banned user gets no token until the ban ends", async () => {
  const user = await createTestUser();
  const { key } = await accessKeysOf(user).create(input());
  const ban = (banExpires: Date | null) => db.updateTable("user").set({ banned: true, banExpires }).where("id", "=", user.id).execute();
  await ban(null);
  expect(await exchange(key)).toEqual({ reason: "banned" });
  await ban(new Date(Date.now() - 1));
  expect(await exchange(key)).toHaveProperty("token");
});

test("deleting a user deletes their keys", async () => {
  const user = await createTestUser();
  const { key } = await accessKeysOf(user).create(input());
  await db.deleteFrom("user").where("id", "=", user.id).execute();
  expect(await exchange(key)).toEqual({ reason: "unknown_key" });
  expect(await accessKeysOf(user).list()).toEqual([]);
});

test("a key without permissions, or with unknown ones, grants no scope", async () => {
  const { id, key } = await accessKeysOf(await createTestUser()).create(input(["tasks:write"]));
  for (const permissions of [null, "{}", '{"tasks":["everything"],"admin":["write"]}']) {
    await updateRow(id, { permissions });
    expect(await exchange(key)).toMatchObject({ token: { scope: "" } });
  }
});

test("a key needs a name without control characters, a scope and one of four lifetimes", () => {
  const invalidFields = (value: unknown) => AccessKeyInput.safeParse(value).error?.issues.map((issue) => issue.path[0]) ?? [];
  expect(invalidFields({ name: " ", scopes: [], days: "8" })).toEqual(["name", "scopes", "days"]);
  expect(invalidFields({ name: "x".repeat(61), scopes: ["tasks:read"], days: "7" })).toEqual(["name"]);
  for (const name of ["a\0b", "a\nb"]) expect(invalidFields({ name, scopes: ["tasks:read"], days: "7" })).toEqual(["name"]);
  expect(invalidFields({ name: "x", scopes: ["tasks:delete"], days: "365" })).toEqual(["scopes"]);
  expect(AccessKeyInput.parse({ name: " x ", scopes: ["tasks:read"], days: "90" })).toEqual({
    name: "x",
    scopes: ["tasks:read"],
    days: 90,
  });
});
