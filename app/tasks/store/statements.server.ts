import { randomUUIDv7 } from "node:crypto";
import { type RawBuilder, type SqlBool, sql, type UpdateObject } from "kysely";
import { db } from "#app/db/database.server.ts";
import { insertWhere } from "#app/db/insert-where.ts";
import { prepared } from "#app/db/prepared.ts";
import type { Database, Timestamp } from "#app/db/schema.ts";
import { changeStatement, type WriteContext } from "#app/db/writer.server.ts";
import { columnsOf, TASK_COLUMNS, type TaskValues, toValues } from "#app/tasks/store/mapping.server.ts";
import { isWithinQuotas, textBytes } from "#app/tasks/store/quota.server.ts";
import { lastRank } from "#app/tasks/store/rank.server.ts";
import type { TaskInput } from "#app/tasks/task.ts";

// Prepared statements of the most frequent requests.

export type TaskUpdate = UpdateObject<Database, "task">;

const byId = ({ userId, id }: { userId: string; id: string }) =>
  db.selectFrom("task").select(TASK_COLUMNS).where("userId", "=", userId).where("id", "=", id);

export const TASK_BY_ID = {
  living: prepared((ids: Parameters<typeof byId>[0]) => byId(ids).where("deletedAt", "is", null)),
  trash: prepared((ids: Parameters<typeof byId>[0]) => byId(ids).where("deletedAt", "is not", null)),
  anywhere: prepared(byId),
};

type NewTask = TaskValues & { userId: string; id: string; seriesId: string | null; textBytes: number };

/** Inserts nothing if that would exceed a quota. */
export const INSERT_TASK = changeStatement((context, task: NewTask) =>
  insertion(context, task, lastRank(context), isWithinQuotas(context, task.userId, { taskCount: 1, textBytes: task.textBytes })),
);

export function insertion(
  context: WriteContext,
  task: NewTask,
  rank: string | RawBuilder<string>,
  condition: RawBuilder<SqlBool> = sql`true`,
  more: { previousId?: string } = {},
) {
  const row = {
    ...columnsOf(task),
    userId: task.userId,
    id: task.id,
    completedAt: sql<Timestamp | null>`case when ${task.status} = 'done' then now() end`,
    seriesId: task.seriesId,
    rank,
    changeSeq: context.changeNumber,
    ...more,
  };
  return insertWhere(context, "task", row, condition).returning(TASK_COLUMNS);
}

export function newTask(userId: string, fields: TaskInput, id: string = randomUUIDv7()): NewTask {
  return { ...toValues(fields), userId, id, seriesId: fields.recurrence ? id : null, textBytes: textBytes(fields) };
}

type ChangedTask = Omit<NewTask, "textBytes"> & { occurrenceDate: string | null; version: number; addedBytes: number };

/** Updates nothing if that would exceed a quota. */
export const UPDATE_TASK = changeStatement((context, task: ChangedTask) =>
  updating(context, task.userId, { ...columnsOf(task), seriesId: task.seriesId, occurrenceDate: task.occurrenceDate })
    .where("id", "=", task.id)
    .where("version", "=", task.version)
    .where("deletedAt", "is", null)
    .where(isWithinQuotas(context, task.userId, { textBytes: task.addedBytes }))
    .returning(TASK_COLUMNS),
);

export function updating({ qb, changeNumber }: Pick<WriteContext, "qb" | "changeNumber">, userId: string, values: TaskUpdate) {
  return qb
    .updateTable("task")
    .set({ ...values, updatedAt: sql`now()`, version: sql`version + 1`, changeSeq: changeNumber })
    .where("userId", "=", userId);
}
