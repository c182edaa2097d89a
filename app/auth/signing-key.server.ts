import { symmetricDecrypt } from "better-auth/crypto";
import { createJwk, type Jwk } from "better-auth/plugins";
import { type ExpressionBuilder, type Kysely, sql, type Transaction } from "kysely";
import { auth, jwtOptions } from "#app/auth/auth.server.ts";
import { CannotStart } from "#app/cannot-start.ts";
import { db } from "#app/db/database.server.ts";
import { isMissingTable } from "#app/db/errors.ts";
import { repeatingUnnamed } from "#app/db/failures.ts";
import type { Database } from "#app/db/schema.ts";
import { env } from "#app/env.server.ts";
import { createSecret, hasSecret, SECRET_SOURCE } from "#app/secret.server.ts";

/**
 * Runs at every start, before migrations. Throws `CannotStart` if the secret is not the one that encrypted the signing key, or is
 * gone. Creates a missing secret on a database that no key has been created in.
 */
export async function requireSecret(): Promise<void> {
  await requireReadableKey(db);
  if (!hasSecret()) createSecret();
}

/** Accepts another secret than the one before, and creates a missing one. Returns whether the signing key can't be decrypted with it. */
export async function acceptNewSecret(): Promise<boolean> {
  const isLost = !(await isKeyReadable(db));
  if (!hasSecret()) createSecret();
  return isLost;
}

/** Runs at every start. Creates a key of JWT_ALGORITHM unless one is active, and retires active keys of other algorithms. */
export async function ensureSigningKey(): Promise<void> {
  await inKeyTransaction(async (trx) => {
    // Again: another process that started at the same time, with another secret, may have created a key meanwhile.
    await requireReadableKey(trx);
    const active = trx.selectFrom("jwks").where((eb) => isActive(eb, new Date()));
    const current = await active.select("id").where("alg", "=", env.JWT_ALGORITHM).executeTakeFirst();
    if (!current) await createKey(trx);
    await retire(trx).where("alg", "!=", env.JWT_ALGORITHM).execute();
  });
}

/** The other keys verify until their grace period ends. Returns the new key's id. */
export function rotateKeys(): Promise<string> {
  return inKeyTransaction(async (trx) => {
    const kid = await createKey(trx);
    await retire(trx).where("id", "!=", kid).execute();
    return kid;
  });
}

/** Processes that start or rotate at the same time do so one after the other. */
function inKeyTransaction<T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
  const transaction = async (trx: Transaction<Database>) => {
    await sql`select pg_advisory_xact_lock(hashtext('doable signing keys'))`.execute(trx);
    return work(trx);
  };
  return repeatingUnnamed(() => db.transaction().execute(transaction));
}

async function createKey(trx: Transaction<Database>): Promise<string> {
  const kid = crypto.randomUUID();
  const insertKey = async (key: Omit<Jwk, "id">) => {
    await trx
      .insertInto("jwks")
      .values({ id: kid, alg: null, crv: null, expiresAt: null, ...key })
      .execute();
    return { id: kid, ...key };
  };
  const options = { ...jwtOptions, adapter: { createJwk: insertKey } };
  await createJwk({ context: await auth().$context } as Parameters<typeof createJwk>[0], options);
  return kid;
}

function retire(trx: Transaction<Database>) {
  const now = new Date();
  return trx
    .updateTable("jwks")
    .set({ expiresAt: now })
    .where((eb) => isActive(eb, now));
}

function isActive(eb: ExpressionBuilder<Database, "jwks">, now: Date) {
  return eb.or([eb("expiresAt", "is", null), eb("expiresAt", ">", now)]);
}

export async function requireReadableKey(qb: Kysely<Database>): Promise<void> {
  if (await isKeyReadable(qb)) return;
  const fault = hasSecret()
    ? `${SECRET_SOURCE} is not the secret that this database was used with: the signing keys can't be decrypted`
    : `this database was used with a secret that is gone from ${SECRET_SOURCE}`;
  throw new CannotStart(`${fault}. Bring the old secret back, or run "npm run keys:rotate -- --new-secret", which ends every session`);
}

/** Whether the key that signs new tokens, or that did last, can be decrypted. True if there has never been one. */
async function isKeyReadable(qb: Kysely<Database>): Promise<boolean> {
  const newest = qb.selectFrom("jwks").select("privateKey").orderBy("expiresAt", "desc").orderBy("createdAt", "desc").limit(1);
  const key = await newest.executeTakeFirst().catch((error) => {
    if (!isMissingTable(error)) throw error;
  });
  return key === undefined || (hasSecret() && (await isDecryptable(key.privateKey)));
}

async function isDecryptable(privateKey: string): Promise<boolean> {
  const { secretConfig } = await auth().$context;
  try {
    await symmetricDecrypt({ key: secretConfig, data: JSON.parse(privateKey) });
    return true;
  } catch {
    return false;
  }
}
