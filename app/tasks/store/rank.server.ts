import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { WriteContext, WriteTransaction } from "#app/db/writer.server.ts";
import { isTaskId } from "#app/tasks/task.ts";
import type { MoveTarget } from "#app/tasks/wire/operation.ts";

/** Longer ones come of moving again and again into the same gap. An index has no room for thousands of characters. */
const LONGEST = 150;

/** The rank of that place among the user's tasks, or lists; `undefined` when the neighbour is not one of them. */
export async function rankAt(
  transaction: WriteTransaction,
  userId: string,
  { after, before, position }: MoveTarget,
  table: "task" | "list" = "task",
): Promise<string | RawBuilder<string> | undefined> {
  // The trash as well: what comes back from it finds its place free.
  const mine = transaction.qb.selectFrom(table).select("rank").where("userId", "=", userId);
  if (position === "last") return lastRank(transaction);
  if (position === "first") {
    const first = await mine.orderBy("rank").limit(1).executeTakeFirst();
    return generateKeyBetween(null, first?.rank ?? null);
  }
  const neighbourId = after ?? before ?? "";
  const neighbour = isTaskId(neighbourId)
    ? await mine
        .where("id", "=", neighbourId)
        .$if(table === "task", (query) => query.where(sql<SqlBool>`deleted_at is null`))
        .executeTakeFirst()
    : undefined;
  if (!neighbour) return undefined;
  const beyond = await mine
    .where("rank", after ? ">" : "<", neighbour.rank)
    .orderBy("rank", after ? "asc" : "desc")
    .limit(1)
    .executeTakeFirst();
  // Not one of our own making: what is added next has to come after it.
  if (after && !beyond) return lastRank(transaction);
  const [low, high] = after ? [neighbour.rank, beyond?.rank] : [beyond?.rank, neighbour.rank];
  const rank = generateKeyBetween(low ?? null, high ?? null);
  if (rank.length <= LONGEST) return rank;
  await respace(transaction, userId, table);
  return rankAt(transaction, userId, { after, before }, table);
}

/** Gives all of them short ranks in the same order. */
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
 * Change numbers only grow, so one written as a fractional index comes after every rank before it; what a change adds
 * after its first comes in between. A fractional index never ends in 0.
 */
export function lastRank(context: WriteContext) {
  return sql<string>`'k' || lpad((${context.changeNumber})::text, 11, '0') || ${rankWithin(context)}`;
}

/** The same as a text, for where the number is known. */
export function lastRankIn(transaction: WriteTransaction): string {
  return `k${String(transaction.changeNumber).padStart(11, "0")}${rankWithin(transaction)}`;
}

function rankWithin(context: WriteContext): string {
  const within = context.ranks === 0 ? "" : `${String(context.ranks).padStart(5, "0")}V`;
  context.ranks += 1;
  return within;
}
