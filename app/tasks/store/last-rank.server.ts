import { sql } from "kysely";
import type { Change, Turn } from "#app/db/writer.server.ts";

/**
 * Change numbers only grow, so one written as a fractional index comes after every rank before it; what a change adds
 * after its first comes in between. A fractional index never ends in 0.
 */
export function lastRank(change: Change) {
  return sql<string>`'k' || lpad((${change.seq})::text, 11, '0') || ${rankWithin(change)}`;
}

/** The same as a text, for where the number is known. */
export function lastRankIn(turn: Turn): string {
  return `k${String(turn.seq).padStart(11, "0")}${rankWithin(turn)}`;
}

function rankWithin(change: Change): string {
  const within = change.ranks === 0 ? "" : `${String(change.ranks).padStart(5, "0")}V`;
  change.ranks += 1;
  return within;
}
