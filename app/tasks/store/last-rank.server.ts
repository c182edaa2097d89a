import { sql } from "kysely";
import type { WriteContext, WriteTransaction } from "#app/db/writer.server.ts";

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
