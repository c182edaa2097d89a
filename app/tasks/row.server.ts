import type { Selectable } from "kysely";
import type { Database } from "#app/db/schema.ts";
import type { Task } from "#app/tasks/task.ts";

/** Named one by one: `select *` under a named statement fails after a migration adds a column. */
export const TASK_COLUMNS = [
  "id",
  "title",
  "notes",
  "status",
  "priority",
  "dueDate",
  "rank",
  "createdAt",
  "updatedAt",
  "completedAt",
  "deletedAt",
  "version",
] as const satisfies (keyof Database["task"])[];

type TaskRow = Pick<Selectable<Database["task"]>, (typeof TASK_COLUMNS)[number]>;

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    title: row.title,
    notes: row.notes,
    status: row.status,
    priority: row.priority,
    due: row.dueDate === null ? null : { date: row.dueDate },
    rank: row.rank,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    completedAt: row.completedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    version: row.version,
  };
}
