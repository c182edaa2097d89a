import { type CompiledQuery, type Kysely, type RawBuilder, type SqlBool, sql, type Transaction } from "kysely";
import type { ChangeAuthor } from "#app/context.ts";
import { repeatingUnnamed } from "#app/db/failures.ts";
import { prepared } from "#app/db/prepared.ts";
import type { Database } from "#app/db/schema.ts";
import { readsOf, writesOf } from "#app/db/user-connections.server.ts";

export interface WriteContext {
  qb: Pick<Kysely<Database>, "insertInto" | "updateTable">;
  changeNumber: number | RawBuilder<number>;
  /** How many new rows this change has ranked so far: each is ranked after all others. */
  ranks: number;
}

/** A transaction that has taken the user's next change number: other writers of this user wait until it ends. */
export interface WriteTransaction extends WriteContext {
  qb: Transaction<Database>;
  changeNumber: number;
}

export interface Reader {
  /** The transaction, if there is one. */
  qb: Kysely<Database>;
}

export interface Writer extends Reader {
  /**
   * Runs several statements as one change, in a transaction that first takes the user's next change number. That locks out
   * the user's other writers, so nothing changes between the work's reads and writes.
   */
  inWriteTransaction<T>(work: (transaction: WriteTransaction) => Promise<T>): Promise<T>;
  inOneStatement<T>(write: (change: WriteContext) => Promise<T>): Promise<T>;
  run<Values, Row>(statement: ChangeStatement<Values, Row>, values: Values): Promise<Row[]>;
}

interface ChangeStatement<Values, Row> {
  within(transaction: WriteTransaction, values: Values): CompiledQuery<Row>;
  alone(values: Values & { origin: string }): CompiledQuery<Row>;
}

export function changeStatement<Values extends { userId: string }, Row>(
  build: (change: WriteContext, values: Values) => { compile(): CompiledQuery<Row> },
): ChangeStatement<Values, Row> {
  return {
    within: (transaction, values) => build(transaction, values).compile(),
    alone: prepared((values: Values & { origin: string }) => build(singleStatement(values.userId, values.origin), values)),
  };
}

/** With `transaction`, every call is a part of that one change; a part that throws is rolled back to its savepoint. */
export function writerFor(author: ChangeAuthor, transaction?: WriteTransaction): Writer {
  if (transaction) {
    const part = <T>(work: (transaction: WriteTransaction) => Promise<T>) => withSavepoint(transaction, work);
    return {
      qb: transaction.qb,
      inWriteTransaction: part,
      inOneStatement: part,
      run: (statement, values) => part(async (within) => (await within.qb.executeQuery(statement.within(within, values))).rows),
    };
  }
  const { id: userId } = author;
  const origin = originText(author);
  return {
    qb: readsOf(userId),
    inWriteTransaction: (work) => inWriteTransaction(author, work),
    inOneStatement: (write) => write(singleStatement(userId, origin)),
    run: async (statement, values) => (await writesOf(userId).executeQuery(statement.alone({ ...values, origin }))).rows,
  };
}

function singleStatement(userId: string, origin: string): WriteContext {
  return {
    qb: writesOf(userId).with("change", (qb) => takeChangeNumber(qb, userId, origin)) as never,
    changeNumber: sql<number>`(select change_number from change)`,
    ranks: 0,
  };
}

/**
 * Whether no other writer has committed between the snapshot of a change's statement and its change number, for which it may
 * have waited. Only then may the statement depend on other rows, as within a transaction.
 */
export function isUncontended({ changeNumber }: WriteContext, userId: string): RawBuilder<SqlBool> {
  if (typeof changeNumber === "number") return sql`true`;
  // The statement's snapshot does not include the number that its own `with` clause takes.
  return sql`${changeNumber} = 1 + coalesce((select last_value from change_sequence where user_id = ${userId}), 0)`;
}

/** The end of a select of what the user has, in the row that this change has locked. */
export function usageOf({ changeNumber }: WriteContext, userId: string): RawBuilder<unknown> {
  return typeof changeNumber === "number" ? sql`change_sequence where user_id = ${userId}` : sql`change`;
}

export function inWriteTransaction<T>(author: ChangeAuthor, work: (transaction: WriteTransaction) => Promise<T>): Promise<T> {
  return transactionOf(author.id, async (trx) => work(await beginWriteTransaction(trx, author)));
}

/** `beginWriteTransaction` turns it into a write transaction. */
export function transactionOf<T>(userId: string, work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
  return repeatingUnnamed(() => writesOf(userId).transaction().execute(work));
}

export async function beginWriteTransaction(trx: Transaction<Database>, author: ChangeAuthor): Promise<WriteTransaction> {
  const { changeNumber } = await takeChangeNumber(trx, author.id, originText(author)).executeTakeFirstOrThrow();
  return { qb: trx, changeNumber, ranks: 0 };
}

/** If `work` throws, only its own writes are rolled back. */
export async function withSavepoint<T>(transaction: WriteTransaction, work: (transaction: WriteTransaction) => Promise<T>): Promise<T> {
  await sql`savepoint work`.execute(transaction.qb);
  try {
    const result = await work(transaction);
    await sql`release savepoint work`.execute(transaction.qb);
    return result;
  } catch (error) {
    await sql`rollback to savepoint work`.execute(transaction.qb);
    await sql`release savepoint work`.execute(transaction.qb);
    throw error;
  }
}

/** A tombstone may exist already: an import can restore a row under its id. */
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

function originText({ origin }: ChangeAuthor): string {
  return origin ? JSON.stringify(origin) : "";
}

/** Until the end of the database transaction, triggers log changes with this origin. */
function takeChangeNumber(qb: Pick<Kysely<Database>, "insertInto">, userId: string, origin: string) {
  return qb
    .insertInto("changeSequence")
    .values({ userId, lastValue: 1 })
    .onConflict((conflict) => conflict.column("userId").doUpdateSet({ lastValue: sql`change_sequence.last_value + 1` }))
    .returning(["lastValue as changeNumber", "taskCount", "listCount", "textBytes"])
    .returning(sql<string>`set_config('doable.origin', ${origin}, true)`.as("origin"));
}

export async function raiseChangeNumber({ qb }: WriteTransaction, userId: string, number: number): Promise<void> {
  await qb
    .updateTable("changeSequence")
    .set({ lastValue: sql`greatest(last_value, ${number})` })
    .where("userId", "=", userId)
    .execute();
}
