import { sql } from "kysely";
import type { Turn } from "#app/db/change.server.ts";
import { isAsMade, purgeTasks } from "#app/tasks/change.server.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/row.server.ts";

/**
 * Puts the tasks of a change back to what they were before it, and takes away those that it made.
 * A task that was changed again since is left as it is now. Returns how many went back.
 */
export async function undoIn(turn: Turn, userId: string, changeSeq: number): Promise<number> {
  const { qb, seq } = turn;
  const made = await qb
    .selectFrom("task")
    .select(TASK_COLUMNS)
    .where("userId", "=", userId)
    .where("changeSeq", "=", changeSeq)
    .where("version", "=", 1)
    .execute();
  const untouched: string[] = [];
  for (const row of made) if (await isAsMade(turn, userId, toTask(row))) untouched.push(row.id);
  const removed = await purgeTasks(turn, userId, untouched);
  // Every column but those that tell one change from another.
  const putBack = await sql`
    update task set
      list_id = was.list_id, parent_id = was.parent_id, title = was.title, notes = was.notes, status = was.status,
      priority = was.priority, labels = was.labels, due_date = was.due_date, due_time = was.due_time, due_timezone = was.due_timezone,
      due_at = was.due_at, start_date = was.start_date, rrule = was.rrule, recurrence_anchor = was.recurrence_anchor,
      series_id = was.series_id, rank = was.rank, external_id = was.external_id, completed_at = was.completed_at,
      deleted_at = was.deleted_at, updated_at = now(), version = task.version + 1, change_seq = ${seq}
    from task_revision revision, jsonb_populate_record(null::task, revision.task) was
    where revision.user_id = ${userId} and revision.change_seq = ${changeSeq}
      and task.user_id = ${userId} and task.id = revision.task_id and task.change_seq = ${changeSeq}
  `.execute(qb);
  return removed + Number(putBack.numAffectedRows ?? 0);
}
