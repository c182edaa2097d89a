import { type CompiledQuery, type Kysely, type RawBuilder, type SqlBool, sql, type Transaction } from "kysely";
import { db } from "#app/db/database.server.ts";
import { prepared } from "#app/db/prepared.ts";
import { queuesByKey } from "#app/db/queue.ts";
import type { Database } from "#app/db/schema.ts";
import { env } from "#app/env.server.ts";

/** Writes, and the change number that they carry. */
export interface WriteContext {
  qb: Pick<Kysely<Database>, "insertInto" | "updateTable">;
  changeNumber: number | RawBuilder<number>;
  /** How many ranks it has given to what is last in hand order. */
  ranks: number;
}

/** A user's transaction at writing: nobody else writes to this user's rows until it ends. */
export interface WriteTransaction extends WriteContext {
  qb: Transaction<Database>;
  changeNumber: number;
}

/** How a repository changes one user's rows: each change by itself, or all of them as parts of one transaction. */
export interface Writer {
  /** To read from. Within a transaction that is its transaction, which sees what the transaction has written. */
  qb: Kysely<Database>;
  /**
   * Runs work of several statements as one change, in a transaction that begins by taking the user's next change number.
   * A user's writers queue there, so what the work reads is what it changes.
   */
  inWriteTransaction<T>(work: (transaction: WriteTransaction) => Promise<T>): Promise<T>;
  /** Runs a change of a single statement, which takes the number itself. */
  inOneStatement<T>(write: (change: WriteContext) => Promise<T>): Promise<T>;
  /** The same with a statement that is prepared, and the rows that it returns. */
  run<Values, Row>(statement: ChangeStatement<Values, Row>, values: Values): Promise<Row[]>;
}

/** A change of a single statement, as a part of a transaction and, compiled once, by itself. */
interface ChangeStatement<Values, Row> {
  within(transaction: WriteTransaction, values: Values): CompiledQuery<Row>;
  alone(values: Values): CompiledQuery<Row>;
}

export function changeStatement<Values extends { userId: string }, Row>(
  build: (change: WriteContext, values: Values) => { compile(): CompiledQuery<Row> },
): ChangeStatement<Values, Row> {
  return {
    within: (transaction, values) => build(transaction, values).compile(),
    alone: prepared((values: Values) => build(ofOneStatement(values.userId), values)),
  };
}

/** Within `transaction`, everything is part of it: one change with one number, of which a part that throws leaves nothing. */
export function writerFor(userId: string, transaction?: WriteTransaction): Writer {
  if (transaction) {
    const part = <T>(work: (transaction: WriteTransaction) => Promise<T>) => withSavepoint(transaction, work);
    return {
      qb: transaction.qb,
      inWriteTransaction: part,
      inOneStatement: part,
      run: (statement, values) => part(async (within) => (await within.qb.executeQuery(statement.within(within, values))).rows),
    };
  }
  return {
    qb: db,
    inWriteTransaction: (work) => inWriteTransaction(userId, work),
    inOneStatement: (write) => writers.run(userId, () => write(ofOneStatement(userId))),
    run: (statement, values) => writers.run(userId, async () => (await db.executeQuery(statement.alone(values))).rows),
  };
}

function ofOneStatement(userId: string): WriteContext {
  return { qb: db.with("change", (qb) => takeNumber(qb, userId)) as never, changeNumber: sql<number>`(select seq from change)`, ranks: 0 };
}

/**
 * One user's writers wait for one another in the database, with a connection each: here for all but one that writes and one
 * that is there when it is done, so that other users find connections too.
 */
const writers = queuesByKey({ atOnce: env.DATABASE_POOL_MAX > 2 ? 2 : 1, mostWaiting: 200 });

/**
 * Whether nobody has written to the user's rows between what a change's statement sees and the number that it waited for:
 * only then is what it finds in other rows what it would find in a transaction.
 */
export function isUncontended({ changeNumber }: WriteContext, userId: string): RawBuilder<SqlBool> {
  if (typeof changeNumber === "number") return sql`true`;
  // Beside the \`with\` that takes the number, the table still looks as it did before.
  return sql`${changeNumber} = 1 + coalesce((select last_value from change_sequence where user_id = ${userId}), 0)`;
}

/** A transaction for work that more than one repository takes part in. */
export function inWriteTransaction<T>(userId: string, work: (transaction: WriteTransaction) => Promise<T>): Promise<T> {
  return transactionOf(userId, async (trx) => work(await beginWriteTransaction(trx, userId)));
}

/** A transaction in which the user's transaction may begin. */
export function transactionOf<T>(userId: string, work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
  return writers.run(userId, () => db.transaction().execute(work));
}

/** The user's transaction, in a transaction that has begun already. */
export async function beginWriteTransaction(trx: Transaction<Database>, userId: string): Promise<WriteTransaction> {
  const { seq } = await takeNumber(trx, userId).executeTakeFirstOrThrow();
  return { qb: trx, changeNumber: seq, ranks: 0 };
}

/** Runs work as a part of the transaction that leaves nothing if it throws. */
export async function withSavepoint<T>(transaction: WriteTransaction, work: (transaction: WriteTransaction) => Promise<T>): Promise<T> {
  await sql`savepoint part`.execute(transaction.qb);
  try {
    const result = await work(transaction);
    await sql`release savepoint part`.execute(transaction.qb);
    return result;
  } catch (error) {
    await sql`rollback to savepoint part`.execute(transaction.qb);
    await sql`release savepoint part`.execute(transaction.qb);
    throw error;
  }
}

/** Tells readers of changes what is gone for good. What came back under its old id, as imported tasks may, can go again. */
export async function leaveTombstones(
  { qb, changeNumber }: WriteTransaction,
  userId: string,
  kind: "task" | "list",
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into tombstone (user_id, kind, id, change_seq)
    select ${userId}, ${kind}, id, ${changeNumber} from unnest(${ids}::uuid[]) id
    on conflict (user_id, kind, id) do update set change_seq = excluded.change_seq, deleted_at = excluded.deleted_at
  `.execute(qb);
}

function takeNumber(qb: Pick<Kysely<Database>, "insertInto">, userId: string) {
  return qb
    .insertInto("changeSequence")
    .values({ userId, lastValue: 1 })
    .onConflict((conflict) => conflict.column("userId").doUpdateSet({ lastValue: sql`change_sequence.last_value + 1` }))
    .returning("lastValue as seq");
}

/** The user's next change will have a higher number than this one. Within a transaction, in which nobody else takes a number. */
export async function raiseChangeNumber({ qb }: WriteTransaction, userId: string, number: number): Promise<void> {
  await qb
    .updateTable("changeSequence")
    .set({ lastValue: sql`greatest(last_value, ${number})` })
    .where("userId", "=", userId)
    .execute();
}
