import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import { db } from "#app/db/database.server.ts";
import type { Database } from "#app/db/schema.ts";

/** Writes, and the change number that they carry. */
export interface Change {
  qb: Pick<Kysely<Database>, "insertInto" | "updateTable">;
  seq: number | RawBuilder<number>;
}

/** A user's turn at writing: nobody else writes to this user's rows until it ends. */
export interface Turn extends Change {
  qb: Transaction<Database>;
  seq: number;
}

/**
 * Runs work of several statements as one change, in a transaction that begins by taking the user's next change number.
 * A user's writers queue there, so what the work reads is what it changes.
 */
export function inTurn<T>(userId: string, work: (turn: Turn) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    const { seq } = await takeNumber(trx, userId).executeTakeFirstOrThrow();
    return work({ qb: trx, seq });
  });
}

/** A change of a single statement, which takes the number itself. */
export function inOneStatement(userId: string): Change {
  return { qb: db.with("change", (qb) => takeNumber(qb, userId)) as never, seq: sql<number>`(select seq from change)` };
}

function takeNumber(qb: Pick<Kysely<Database>, "insertInto">, userId: string) {
  return qb
    .insertInto("changeSequence")
    .values({ userId, lastValue: 1 })
    .onConflict((conflict) => conflict.column("userId").doUpdateSet({ lastValue: sql`change_sequence.last_value + 1` }))
    .returning("lastValue as seq");
}
