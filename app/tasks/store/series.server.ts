import { sql } from "kysely";
import type { WriteTransaction } from "#app/db/writer.server.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import { subtasksIn, untouchedSince } from "#app/tasks/store/rows.server.ts";
import type { Task } from "#app/tasks/task.ts";

// A series has at most one open occurrence.

export const NOT_REPEATING = { rrule: null, recurrenceAnchor: null, seriesId: null, occurrenceDate: null };

export async function openOccurrence({ qb }: WriteTransaction, userId: string, { seriesId }: Task): Promise<Task | null> {
  if (seriesId === null) return null;
  const row = await occurrences(qb, userId, seriesId).where("status", "=", "open").executeTakeFirst();
  return row ? toTask(row) : null;
}

/** The open occurrence of the done task's series and the one that the task's completion created, which may be the same. */
export async function followingOccurrences({ qb }: WriteTransaction, userId: string, { id, seriesId }: Task): Promise<Task[]> {
  if (seriesId === null) return [];
  const rows = await occurrences(qb, userId, seriesId)
    .where((eb) => eb.or([eb("status", "=", "open"), eb("previousId", "=", id)]))
    .execute();
  return rows.map(toTask);
}

function occurrences(qb: WriteTransaction["qb"], userId: string, seriesId: string) {
  return qb
    .selectFrom("task")
    .select(TASK_COLUMNS)
    .where("userId", "=", userId)
    .where("seriesId", "=", seriesId)
    .where("deletedAt", "is", null);
}

/**
 * Whether the occurrence and its subtasks are as the completion made them. An import brings them all in one change, but with the
 * times at which they were made and changed.
 */
export async function isUntouchedOccurrence(transaction: WriteTransaction, userId: string, occurrence: Task): Promise<boolean> {
  const { id, changeSeq, createdAt } = occurrence;
  if (!(await untouchedSince(transaction, userId, changeSeq)).includes(id)) return false;
  const subtasks = await subtasksIn(transaction, userId, id);
  return [occurrence, ...subtasks].every((task) => task.createdAt === createdAt && task.updatedAt === createdAt);
}

/**
 * Takes tasks that this transaction has opened out of their series if it goes on without them: in an open occurrence, or from
 * the one that their completion had created.
 */
export async function leaveSeries({ qb, changeNumber }: WriteTransaction, userId: string): Promise<void> {
  await sql`
    update task set rrule = null, recurrence_anchor = null, series_id = null, occurrence_date = null
    where user_id = ${userId} and change_seq = ${changeNumber} and status = 'open' and deleted_at is null
      and exists (
        select from task other
        where other.user_id = task.user_id and other.series_id = task.series_id and other.id <> task.id
          and (other.status = 'open' or other.previous_id = task.id) and other.deleted_at is null
      )
  `.execute(qb);
}
