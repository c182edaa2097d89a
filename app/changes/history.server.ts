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

/** Newest first, starting with the current row. */
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
  return rows.map((row) => ({ version: row.version, row: camelKeys(row.task) as TaskRowJson, replacedAt: row.replacedAt.toISOString() }));
}
