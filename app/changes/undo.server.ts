import { type RawBuilder, type SqlBool, sql } from "kysely";
import { putListsBack } from "#app/changes/list-undo.server.ts";
import type { UserRef } from "#app/context.ts";
import type { WriteTransaction } from "#app/db/writer.server.ts";
import { removeCreatedLists } from "#app/lists/transfer.server.ts";
import { columnsOfKind } from "#app/tasks/columns.ts";
import { completionIn } from "#app/tasks/store/completion.server.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import { leaveSeries, purgeTasks, untouchedSince } from "#app/tasks/store/rows.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { userNowAt } from "#app/time.ts";

/**
 * Puts the tasks and lists of a change back to what they were before it, and takes away those that it made.
 * What was changed again since is left as it is now. Returns how many went back.
 */
export async function undoIn(
  transaction: WriteTransaction,
  { id: userId, timezone }: Pick<UserRef, "id" | "timezone">,
  changeSeq: number,
): Promise<number> {
  const purged = await purgeTasks(transaction, userId, await untouchedSince(transaction, userId, changeSeq));
  // Before the tasks, which find their lists again.
  const relisted = await putListsBack(transaction, userId, changeSeq);
  const putBack = await putBackIn(transaction, userId, changeSeq);
  // After the tasks, which may have left them.
  const unlisted = await removeCreatedLists(transaction, userId, changeSeq);
  await leaveSeries(transaction, userId);
  const count = purged + unlisted + relisted + putBack;
  if (count > 0) await markUndone(transaction, userId, changeSeq);
  const completion = completionIn(transaction, userId, userNowAt(Temporal.Now.instant(), timezone));
  for (const task of await recompleted(transaction, userId, changeSeq)) await completion.openNext(task);
  return count;
}

async function markUndone({ qb }: WriteTransaction, userId: string, changeSeq: number): Promise<void> {
  await qb
    .insertInto("undoneChange")
    .values({ userId, changeSeq })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Every column but those that tell one change from another. What a task was in or had may be another's by now, or gone:
 * then it comes back without its list, its parent or its external id.
 */
async function putBackIn({ qb, changeNumber }: WriteTransaction, userId: string, changeSeq: number): Promise<number> {
  const result = await sql`
    update task set ${sql.join(RESTORED.map((name) => sql`${sql.ref(name)} = ${restoredValue(name, changeSeq)}`))},
      due_at = was.due_at, updated_at = now(), version = task.version + 1, change_seq = ${changeNumber}
    from task_revision revision, jsonb_populate_record(null::task, revision.task) was
    where revision.user_id = ${userId} and revision.change_seq = ${changeSeq}
      and task.user_id = ${userId} and task.id = revision.task_id and task.change_seq = ${changeSeq}
      and not exists (
        select from task_revision earlier
        where earlier.user_id = revision.user_id and earlier.task_id = revision.task_id
          and earlier.change_seq = revision.change_seq and earlier.version < revision.version
      )
  `.execute(qb);
  return Number(result.numAffectedRows ?? 0);
}

const RESTORED = columnsOfKind("field", "state");

/** A column as it was before the change. */
function restoredValue(name: (typeof RESTORED)[number], changeSeq: number): RawBuilder<unknown> {
  switch (name) {
    case "listId":
      return sql`(select id from list where list.user_id = task.user_id and list.id = was.list_id)`;
    case "parentId":
      return parentOf(changeSeq);
    case "externalId":
      return EXTERNAL_ID;
    default:
      return sql.ref(`was.${name}`);
  }
}

/** The parent that it had, if that is one still: not in the trash without it, with no parent of its own, and the task without subtasks. */
function parentOf(changeSeq: number) {
  return sql`(
    select parent.id from task parent
    where parent.user_id = task.user_id and parent.id = was.parent_id and parent.parent_id is null
      and (parent.deleted_at is null or parent.change_seq = ${changeSeq} or was.deleted_at is not null)
      and not exists (select from task sub where sub.user_id = task.user_id and sub.parent_id = task.id and sub.deleted_at is null)
  )`;
}

const EXTERNAL_ID = sql`
  case when was.deleted_at is null and exists (
    select from task other
    where other.user_id = task.user_id and other.external_id = was.external_id and other.deleted_at is null and other.id <> task.id
  ) then null else was.external_id end
`;

/** What this transaction has made done again, taking back a change that opened it and took its next occurrence away for good. */
async function recompleted({ qb, changeNumber }: WriteTransaction, userId: string, changeSeq: number): Promise<Task[]> {
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
      sql<SqlBool>`exists (select from tombstone gone where gone.user_id = task.user_id and gone.kind = 'task' and gone.change_seq = ${changeSeq})`,
    )
    .execute();
  return rows.map(toTask);
}
