import { sql } from "kysely";
import type { Reader, WriteTransaction } from "#app/db/writer.server.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";
import { NO_SUCH_LIST } from "#app/tasks/store/constraints.server.ts";
import { findIn, subtasksIn } from "#app/tasks/store/rows.server.ts";
import type { Task, TaskChanges, TaskInput } from "#app/tasks/task.ts";

type Placed = Pick<TaskInput, "listId" | "parentId">;

/**
 * The list of a task that is written with these fields: a subtask is in its parent's list. `sent` is the part of them
 * that the caller named; null beside a parent means the parent's list.
 */
export async function placeOf(
  reader: Reader,
  userId: string,
  { listId, parentId }: Placed,
  sent: Pick<TaskChanges, "listId" | "parentId">,
  task?: Task,
): Promise<{ listId: string | null; problems: FieldProblem[] }> {
  const isKept = parentId === task?.parentId;
  const parent = parentId === null ? undefined : isKept ? task : await parentIn(reader, userId, parentId, task);
  if (parent && !("message" in parent)) {
    const follows = sent.listId === undefined || (sent.listId === null && sent.parentId !== undefined);
    return { listId: parent.listId, problems: follows || sent.listId === parent.listId ? [] : [OTHER_LIST] };
  }
  const isKnown = listId === null || listId === task?.listId || (await hasList(reader, userId, listId));
  return { listId, problems: [...(parent ? [parent] : []), ...(isKnown ? [] : [NO_SUCH_LIST])] };
}

async function hasList({ qb }: Reader, userId: string, listId: string): Promise<boolean> {
  const mine = qb.selectFrom("list").select("id").where("userId", "=", userId);
  return (await mine.where("id", "=", listId).executeTakeFirst()) !== undefined;
}

const OTHER_LIST = { pointer: "/list_id", message: "must be left out for a subtask, or be its parent's list" };

/** A parent is another task of the user that is not in the trash and has no parent. */
async function parentIn(reader: Reader, userId: string, parentId: string, task?: Task): Promise<Task | FieldProblem> {
  const problem = (message: string) => ({ pointer: "/parent_id", message });
  const parent = parentId === task?.id ? undefined : await findIn(reader, userId, parentId);
  if (!parent) return problem("is not one of your tasks");
  if (parent.parentId !== null) return problem("has a parent itself: there is one level of subtasks");
  const hasSubtasks = task && (await subtasksIn(reader, userId, task.id)).length > 0;
  return hasSubtasks ? problem("can't be given to a task that has subtasks: there is one level") : parent;
}

/**
 * After tasks of this transaction have moved: puts subtasks into their parents' lists. A task in the trash may be below a
 * subtask, so the list comes from the highest task that was written.
 */
export async function moveSubtasksAlong({ qb, changeNumber }: WriteTransaction, userId: string): Promise<void> {
  await sql`
    with recursive below (id, list_id, depth) as (
      (
        select sub.id, written.list_id, 1
        from task written join task sub on sub.user_id = written.user_id and sub.parent_id = written.id
        where written.user_id = ${userId} and written.change_seq = ${changeNumber}
        union all
        select written.id, parent.list_id, 1
        from task written join task parent on parent.user_id = written.user_id and parent.id = written.parent_id
        where written.user_id = ${userId} and written.change_seq = ${changeNumber}
      )
      union all
      select sub.id, below.list_id, below.depth + 1
      from task sub join below on sub.parent_id = below.id
      where sub.user_id = ${userId}
    )
    update task set list_id = place.list_id, updated_at = now(), version = version + 1, change_seq = ${changeNumber}
    from (select distinct on (id) id, list_id from below order by id, depth desc) place
    where task.user_id = ${userId} and task.id = place.id and task.list_id is distinct from place.list_id
  `.execute(qb);
}
