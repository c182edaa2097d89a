import { defaultKeyHasher } from "@better-auth/api-key";
import { z } from "zod";
import { auth } from "#app/auth/auth.server.ts";
import { callAuth } from "#app/auth/call-auth.ts";
import { allows, Scope } from "#app/auth/scopes.ts";
import { TOKEN_LIFETIME } from "#app/auth/token-lifetime.ts";
import { isBanned } from "#app/auth/user.server.ts";
import type { UserRef } from "#app/context.ts";
import { db } from "#app/db/database.server.ts";
import { isWriteRefused } from "#app/db/errors.ts";
import { readsOf, writesOf } from "#app/db/user-connections.server.ts";

const DAY = 24 * 60 * 60;

export const AccessKeyInput = z.object({
  // No control characters: Postgres can't store U+0000.
  name: z
    .string()
    .trim()
    .min(1, "Give it a name")
    .max(60, "At most 60 characters")
    .regex(/^\P{Cc}*$/u, "That has characters that can't be shown"),
  scopes: z.array(Scope).min(1, "Choose at least one"),
  days: z.enum(["7", "30", "90", "365"]).transform(Number),
});
export type AccessKeyInput = z.infer<typeof AccessKeyInput>;

export interface AccessKey {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}

/** Only a hash is stored: `create` returns the key, and nothing else ever does. */
export function accessKeysOf(user: Pick<UserRef, "id">) {
  async function list(): Promise<AccessKey[]> {
    const rows = await readsOf(user.id)
      .selectFrom("apikey")
      .select(["id", "name", "permissions", "createdAt", "expiresAt", "lastRequest"])
      .where("referenceId", "=", user.id)
      .orderBy("createdAt", "desc")
      .execute();
    return rows.map((row) => ({
      id: row.id,
      name: row.name ?? "",
      scopes: scopesOf(row.permissions),
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt?.toISOString() ?? null,
      lastUsedAt: row.lastRequest?.toISOString() ?? null,
    }));
  }

  async function create({ name, scopes, days }: AccessKeyInput): Promise<{ id: string; key: string }> {
    const permissions = { tasks: scopes.map((scope) => scope.replace("tasks:", "")) };
    const { id, key } = await callAuth(() =>
      auth().api.createApiKey({ body: { name, permissions, expiresIn: days * DAY, userId: user.id } }),
    );
    return { id, key };
  }

  async function revoke(id: string): Promise<boolean> {
    if (!z.uuid().safeParse(id).success) return false;
    const mine = writesOf(user.id).deleteFrom("apikey").where("referenceId", "=", user.id);
    const result = await mine.where("id", "=", id).executeTakeFirst();
    return result.numDeletedRows > 0n;
  }

  return { list, create, revoke };
}

interface AccessToken {
  access_token: string;
  token_type: "Bearer";
  expires_in: number;
  scope: string;
}

/**
 * Exchanges an access key for a token with the key's scopes, or with those `wanted`. On failure, `reason` is for the log only, except
 * for `insufficient_scope`.
 * Does not use the plugin's look-up, which reports an unreachable database as an invalid key.
 */
export async function exchange(key: string, wanted?: Scope[]): Promise<{ userId: string; token: AccessToken } | { reason: string }> {
  const row = await db
    .selectFrom("apikey")
    .innerJoin("user", "user.id", "apikey.referenceId")
    .select([
      "apikey.id",
      "apikey.enabled",
      "apikey.expiresAt",
      "apikey.permissions",
      "user.id as userId",
      "user.banned",
      "user.banExpires",
    ])
    .where("apikey.key", "=", await hashOf(key))
    .executeTakeFirst();
  if (!row) return { reason: "unknown_key" };
  if (row.enabled === false) return { reason: "disabled" };
  if (row.expiresAt && row.expiresAt.getTime() <= Date.now()) return { reason: "expired" };
  if (isBanned(row)) return { reason: "banned" };
  const granted = scopesOf(row.permissions);
  if (wanted?.some((scope) => !allows(granted, scope))) return { reason: "insufficient_scope" };
  await recordUse(row.id);
  const scope = [...new Set(wanted ?? granted)].join(" ");
  const iat = Math.floor(Date.now() / 1000);
  // The claim of RFC 9068, section 2.2.
  const payload = { sub: row.userId, iat, jti: crypto.randomUUID(), scope, client_id: row.id };
  const { token } = await callAuth(() => auth().api.signJWT({ body: { payload } }));
  return { userId: row.userId, token: { access_token: token, token_type: "Bearer", expires_in: TOKEN_LIFETIME, scope } };
}

/** A database that only reads can still exchange keys. */
async function recordUse(id: string): Promise<void> {
  try {
    await db.updateTable("apikey").set({ lastRequest: new Date() }).where("id", "=", id).execute();
  } catch (error) {
    if (!isWriteRefused(error)) throw error;
  }
}

/** Stored in place of the key; also the caller name for its rate limit. */
export function hashOf(key: string): Promise<string> {
  return defaultKeyHasher(key);
}

/** Parses the plugin's format, `{"tasks": ["read", "write"]}`. */
function scopesOf(permissions: string | null): Scope[] {
  const { tasks = [] } = JSON.parse(permissions ?? "{}") as { tasks?: string[] };
  return tasks.flatMap((action) => Scope.safeParse(`tasks:${action}`).data ?? []);
}
