import { type Kysely, sql } from "kysely";
import type { Database } from "#app/db/schema.ts";
import type { TaskRowJson } from "#app/tasks/columns.ts";
import { camelKeys } from "#app/tasks/keys.ts";
import type { TaskId } from "#app/tasks/task.ts";

export interface Revision {
  version: number;
  row: TaskRowJson;
  /** RFC 3339: when the next version replaced this one; for the current version, when it was written. */
  replacedAt: string;
}

const HISTORY_LIMIT = 50;

/** Newest first, starting with the current row. A version older than a column has that column's earliest known value. */
export async function historyOf(qb: Kysely<Database>, userId: string, id: TaskId): Promise<Revision[]> {
  const current = qb.selectFrom("task").where("userId", "=", userId).where("id", "=", id);
  const rows = await qb
    .selectFrom("taskRevision")
    .select(["version", sql<object>`task`.as("task"), "replacedAt"])
    .where("userId", "=", userId)
    .where("taskId", "=", id)
    .unionAll(current.select(["version", sql<object>`to_jsonb(task)`.as("task"), "updatedAt as replacedAt"]))
    .orderBy("version", "desc")
    .limit(HISTORY_LIMIT)
    .execute();
  let known = {};
  return rows.map(({ version, task, replacedAt }) => {
    known = { ...known, ...task };
    return { version, row: camelKeys(known) as TaskRowJson, replacedAt: replacedAt.toISOString() };
  });
}
