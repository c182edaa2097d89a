import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { WriteTransaction } from "#app/db/writer.server.ts";
import { columnsOfKind } from "#app/tasks/columns.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import type { Task } from "#app/tasks/task.ts";

/**
 * Reverts tasks to their rows before the first write of the change. A column that is newer than that keeps its value. A task that
 * the change created has no such row.
 */
export async function revertTasks({ qb, changeNumber }: WriteTransaction, userId: string, undoneNumber: number): Promise<number> {
  const result = await sql`
    update task set ${sql.join(RESTORED.map((name) => sql`${sql.ref(name)} = ${restoredValue(name, undoneNumber)}`))},
      due_at = was.due_at, updated_at = now(), version = task.version + 1, change_seq = ${changeNumber}
    from task_revision revision
      join task stored on stored.user_id = revision.user_id and stored.id = revision.task_id,
      jsonb_populate_record(stored, revision.task) was
    where revision.user_id = ${userId} and revision.change_seq = ${undoneNumber}
      and (revision.task->>'change_seq')::bigint <> ${undoneNumber}
      and task.user_id = ${userId} and task.id = revision.task_id and task.change_seq = ${undoneNumber}
  `.execute(qb);
  return Number(result.numAffectedRows ?? 0);
}

const RESTORED = columnsOfKind("field", "state");

/**
 * A column's value before the change. Null for a list or parent that the task can't have any more, and for an external id
 * that another task has.
 */
function restoredValue(name: (typeof RESTORED)[number], undoneNumber: number): RawBuilder<unknown> {
  switch (name) {
    case "listId":
      return sql`(select id from list where list.user_id = task.user_id and list.id = was.list_id)`;
    case "parentId":
      return parentOf(undoneNumber);
    case "externalId":
      return EXTERNAL_ID;
    default:
      return sql.ref(`was.${name}`);
  }
}

/** The former parent, if it can be one: not in the trash by another change, no subtask itself, and the task has no subtasks. */
function parentOf(undoneNumber: number) {
  return sql`(
    select parent.id from task parent
    where parent.user_id = task.user_id and parent.id = was.parent_id and parent.parent_id is null
      and (parent.deleted_at is null or parent.change_seq = ${undoneNumber} or was.deleted_at is not null)
      and not exists (select from task sub where sub.user_id = task.user_id and sub.parent_id = task.id and sub.deleted_at is null)
  )`;
}

const EXTERNAL_ID = sql`
  case when was.deleted_at is null and exists (
    select from task other
    where other.user_id = task.user_id and other.external_id = was.external_id and other.deleted_at is null and other.id <> task.id
  ) then null else was.external_id end
`;

/** The repeating tasks that this undo completed again, if the undone change purged a task: their next occurrence. */
export async function recompleted({ qb, changeNumber }: WriteTransaction, userId: string, undoneNumber: number): Promise<Task[]> {
  const rows = await qb
    .selectFrom("task")
    .select(TASK_COLUMNS)
    .where("userId", "=", userId)
    .where("changeSeq", "=", changeNumber)
    .where("status", "=", "done")
    .where("rrule", "is not", null)
    .where(
      sql<SqlBool>`exists (
        select from task_revision revision
        where revision.user_id = task.user_id and revision.task_id = task.id
          and revision.change_seq = ${changeNumber} and revision.task->>'status' = 'open'
      )`,
    )
    .where(
      sql<SqlBool>`exists (select from tombstone gone where gone.user_id = task.user_id and gone.kind = 'task' and gone.change_seq = ${undoneNumber})`,
    )
    .execute();
  return rows.map(toTask);
}
