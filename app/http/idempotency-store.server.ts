import { sql, type Transaction } from "kysely";
import type { Database, Timestamp } from "#app/db/schema.ts";

/** An answer that a repeated request is given again. */
export interface KeptAnswer {
  /** Of the request that it answers. */
  requestHash: Buffer;
  status: number;
  headers: [name: string, value: string][];
  body: Buffer;
}

export const IDEMPOTENCY_TTL_HOURS = 24;

/** One user's answers by their idempotency keys, read and written in the transaction of what they answer. */
export function keptAnswersOf(userId: string, trx: Transaction<Database>) {
  /** Whether nobody else has the key in hand. Held until the transaction ends; unlike a session's lock, it passes through poolers. */
  async function claim(key: string): Promise<boolean> {
    const { rows } = await sql<{ claimed: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${`${userId} ${key}`}, 0)) as claimed
    `.execute(trx);
    return rows[0]?.claimed === true;
  }

  /** To be asked once the key is claimed: only then is the answer of whoever had it visible. */
  async function find(key: string): Promise<KeptAnswer | undefined> {
    return trx
      .selectFrom("keptAnswer")
      .select(["requestHash", "status", "headers", "body"])
      .where("userId", "=", userId)
      .where("key", "=", key)
      .where("createdAt", ">", sql<Timestamp>`now() - make_interval(hours => ${IDEMPOTENCY_TTL_HOURS})`)
      .executeTakeFirst();
  }

  /** In the place of one that is too old to be found. */
  async function keep(key: string, { requestHash, status, headers, body }: KeptAnswer): Promise<void> {
    const answer = { requestHash, status, headers: JSON.stringify(headers), body, createdAt: sql<Timestamp>`now()` };
    await trx
      .insertInto("keptAnswer")
      .values({ userId, key, ...answer })
      .onConflict((conflict) => conflict.columns(["userId", "key"]).doUpdateSet(answer))
      .execute();
  }

  return { claim, find, keep };
}
