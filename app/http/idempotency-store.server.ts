import { sql, type Transaction } from "kysely";
import { deleteOldRows } from "#app/db/old-rows.server.ts";
import type { Database, Timestamp } from "#app/db/schema.ts";
import { IDEMPOTENCY_TTL_HOURS } from "#app/http/idempotency-key.ts";

export interface StoredResponse {
  fingerprint: Buffer;
  status: number;
  headers: [name: string, value: string][];
  body: Buffer;
}

/** By idempotency key. `trx` must also contain the request's writes. */
export function idempotencyStoreOf(userId: string, trx: Transaction<Database>) {
  /** False while another request holds the key. Transaction-scoped: unlike a session lock, it works through connection poolers. */
  async function lock(key: string): Promise<boolean> {
    const { rows } = await sql<{ locked: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${`${userId} ${key}`}, 0)) as locked
    `.execute(trx);
    return rows[0]?.locked === true;
  }

  /** Call after `lock`: only then is the response of the previous holder committed and visible. */
  async function find(key: string): Promise<StoredResponse | undefined> {
    return trx
      .selectFrom("keptAnswer")
      .select(["requestHash as fingerprint", "status", "headers", "body"])
      .where("userId", "=", userId)
      .where("key", "=", key)
      .where("createdAt", ">", sql<Timestamp>`now() - make_interval(hours => ${IDEMPOTENCY_TTL_HOURS})`)
      .executeTakeFirst();
  }

  /** Replaces an expired response under the same key. */
  async function save(key: string, { fingerprint, status, headers, body }: StoredResponse): Promise<void> {
    const row = { requestHash: fingerprint, status, headers: JSON.stringify(headers), body, createdAt: sql<Timestamp>`now()` };
    await trx
      .insertInto("keptAnswer")
      .values({ userId, key, ...row })
      .onConflict((conflict) => conflict.columns(["userId", "key"]).doUpdateSet(row))
      .execute();
  }

  return { lock, find, save };
}

export async function deleteExpiredResponses(): Promise<void> {
  await deleteOldRows("kept_answer", "created_at", { hours: IDEMPOTENCY_TTL_HOURS });
}
