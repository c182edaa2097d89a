import { generateKeyBetween } from "fractional-indexing";
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Turn } from "#app/db/change.server.ts";
import { lastRank } from "#app/tasks/change.server.ts";
import type { Place } from "#app/tasks/operation.ts";
import { isTaskId } from "#app/tasks/reads.server.ts";

/** The rank of that place among the user's tasks, or lists; `undefined` when the neighbour is not one of them. */
export async function rankAt(
  turn: Turn,
  userId: string,
  { after, before, position }: Place,
  table: "task" | "list" = "task",
): Promise<string | RawBuilder<string> | undefined> {
  // The trash as well: what comes back from it finds its place free.
  const mine = turn.qb.selectFrom(table).select("rank").where("userId", "=", userId);
  if (position === "last") return lastRank(turn);
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
  const [low, high] = after ? [neighbour.rank, beyond?.rank] : [beyond?.rank, neighbour.rank];
  return generateKeyBetween(low ?? null, high ?? null);
}
