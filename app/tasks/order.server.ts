import { generateKeyBetween } from "fractional-indexing";
import type { RawBuilder } from "kysely";
import type { Turn } from "#app/db/change.server.ts";
import { lastRank } from "#app/tasks/change.server.ts";

/** Where to: beside another task, or at an end. */
export type Place = { after: string } | { before: string } | { position: "first" | "last" };

/** The rank of that place among the user's tasks; `undefined` when the neighbour is not one of them. */
export async function rankAt(turn: Turn, userId: string, place: Place): Promise<string | RawBuilder<string> | undefined> {
  // The trash as well: what comes back from it finds its place free.
  const mine = turn.qb.selectFrom("task").select("rank").where("userId", "=", userId);
  if ("position" in place) {
    if (place.position === "last") return lastRank(turn);
    const first = await mine.orderBy("rank").limit(1).executeTakeFirst();
    return generateKeyBetween(null, first?.rank ?? null);
  }
  const isAfter = "after" in place;
  const neighbourId = isAfter ? place.after : place.before;
  const neighbour = await mine.where("deletedAt", "is", null).where("id", "=", neighbourId).executeTakeFirst();
  if (!neighbour) return undefined;
  const beyond = await mine
    .where("rank", isAfter ? ">" : "<", neighbour.rank)
    .orderBy("rank", isAfter ? "asc" : "desc")
    .limit(1)
    .executeTakeFirst();
  const [low, high] = isAfter ? [neighbour.rank, beyond?.rank] : [beyond?.rank, neighbour.rank];
  return generateKeyBetween(low ?? null, high ?? null);
}
