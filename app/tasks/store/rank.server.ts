import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Reader, WriteContext, WriteTransaction } from "#app/db/writer.server.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";
import { isTaskId } from "#app/tasks/task.ts";
import type { MoveTarget } from "#app/tasks/wire/operation.ts";

/** Ranks grow with each move into the same gap, and an index entry has no room for thousands of characters. */
const LONGEST = 150;

export function noNeighbour(name: "after" | "before", table: "task" | "list"): FieldProblem {
  return { pointer: `/${name}`, message: `is not one of your ${table}s` };
}

/** The rank of a position among the user's tasks or lists; `undefined` if the neighbour is not one of them. */
export async function rankAt(
  transaction: WriteTransaction,
  userId: string,
  { after, before, position }: MoveTarget,
  table: "task" | "list" = "task",
): Promise<string | RawBuilder<string> | undefined> {
  // Includes the trash, so that a restored task still has a rank of its own.
  const mine = transaction.qb.selectFrom(table).select("rank").where("userId", "=", userId);
  if (position === "last") return lastRank(transaction);
  if (position === "first") {
    const first = await mine.orderBy("rank").limit(1).executeTakeFirst();
    return generateKeyBetween(null, first?.rank ?? null);
  }
  const neighbour = await neighbourOf(transaction, userId, after ?? before ?? "", table);
  if (!neighbour) return undefined;
  const beyond = await mine
    .where("rank", after ? ">" : "<", neighbour.rank)
    .orderBy("rank", after ? "asc" : "desc")
    .limit(1)
    .executeTakeFirst();
  // From the change number: what is added next has to come after it.
  if (after && !beyond) return lastRank(transaction);
  const [low, high] = after ? [neighbour.rank, beyond?.rank] : [beyond?.rank, neighbour.rank];
  const rank = generateKeyBetween(low ?? null, high ?? null);
  if (rank.length <= LONGEST) return rank;
  await respace(transaction, userId, table);
  return rankAt(transaction, userId, { after, before }, table);
}

async function neighbourOf({ qb }: Reader, userId: string, id: string, table: "task" | "list") {
  if (!isTaskId(id)) return undefined;
  return qb
    .selectFrom(table)
    .select("rank")
    .where("userId", "=", userId)
    .where("id", "=", id)
    .$if(table === "task", (query) => query.where(sql<SqlBool>`deleted_at is null`))
    .executeTakeFirst();
}

/** Of a target that may have both neighbours, or anything in place of them. */
export async function neighbourProblems(
  reader: Reader,
  userId: string,
  target: { after?: unknown; before?: unknown },
  table: "task" | "list",
): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  for (const name of ["after", "before"] as const) {
    const id = target[name];
    if (typeof id === "string" && !(await neighbourOf(reader, userId, id, table))) problems.push(noNeighbour(name, table));
  }
  return problems;
}

async function respace({ qb, changeNumber }: WriteTransaction, userId: string, table: "task" | "list"): Promise<void> {
  const rows = await qb.selectFrom(table).select("id").where("userId", "=", userId).orderBy("rank").orderBy("id").execute();
  const ranks = generateNKeysBetween(null, null, rows.length);
  const records = rows.map(({ id }, index) => ({ id, rank: ranks[index] }));
  await sql`
    update ${sql.table(table)} ranked set rank = record.rank, updated_at = now(), version = version + 1, change_seq = ${changeNumber}
    from json_to_recordset(${JSON.stringify(records)}::json) as record (id uuid, rank text)
    where ranked.user_id = ${userId} and ranked.id = record.id
  `.execute(qb);
}

/**
 * A rank after all others: change numbers only grow, so one written as a fractional index sorts after earlier ranks. Further
 * ranks of the same change get a suffix. A fractional index never ends in 0, hence the V.
 */
export function lastRank(context: WriteContext) {
  return sql<string>`'k' || lpad((${context.changeNumber})::text, 11, '0') || ${rankWithin(context)}`;
}

/** The same as text, where the number is known. */
export function lastRankIn(transaction: WriteTransaction): string {
  return `k${String(transaction.changeNumber).padStart(11, "0")}${rankWithin(transaction)}`;
}

function rankWithin(context: WriteContext): string {
  const within = context.ranks === 0 ? "" : `${String(context.ranks).padStart(5, "0")}V`;
  context.ranks += 1;
  return within;
}
