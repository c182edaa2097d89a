import { randomUUIDv7 } from "node:crypto";
import { type RawBuilder, sql, type UpdateObject } from "kysely";
import { db } from "#app/db/database.server.ts";
import { prepared } from "#app/db/prepared.ts";
import type { Database, Timestamp } from "#app/db/schema.ts";
import { changeStatement, type WriteContext } from "#app/db/writer.server.ts";
import { columnsOf, TASK_COLUMNS, type TaskValues, toValues } from "#app/tasks/store/mapping.server.ts";
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

type NewTask = TaskValues & { userId: string; id: string; seriesId: string | null };

export const INSERT_TASK = changeStatement((context, task: NewTask) => insertion(context, task, lastRank(context)));

export function insertion(context: WriteContext, task: NewTask, rank: string | RawBuilder<string>) {
  return context.qb
    .insertInto("task")
    .values({
      ...columnsOf(task),
      userId: task.userId,
      id: task.id,
      completedAt: sql<Timestamp | null>`case when ${task.status} = 'done' then now() end`,
      seriesId: task.seriesId,
      rank,
      changeSeq: context.changeNumber,
    })
    .returning(TASK_COLUMNS);
}

export function newTask(userId: string, fields: TaskInput, id: string = randomUUIDv7()): NewTask {
  return { ...toValues(fields), userId, id, seriesId: fields.recurrence ? id : null };
}

export const UPDATE_TASK = changeStatement((context, task: NewTask & { version: number }) =>
  updating(context, task.userId, { ...columnsOf(task), seriesId: task.seriesId })
    .where("id", "=", task.id)
    .where("version", "=", task.version)
    .where("deletedAt", "is", null)
    .returning(TASK_COLUMNS),
);

export function updating({ qb, changeNumber }: Pick<WriteContext, "qb" | "changeNumber">, userId: string, values: TaskUpdate) {
  return qb
    .updateTable("task")
    .set({ ...values, updatedAt: sql`now()`, version: sql`version + 1`, changeSeq: changeNumber })
    .where("userId", "=", userId);
}
