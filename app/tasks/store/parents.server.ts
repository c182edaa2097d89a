import type { WriteTransaction } from "#app/db/writer.server.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";
import { findIn, subtasksIn } from "#app/tasks/store/rows.server.ts";
import type { Task } from "#app/tasks/task.ts";

/** The problems of giving a task another parent. */
export async function changedParentProblems(
  transaction: WriteTransaction,
  userId: string,
  task: Task,
  parentId: string | null,
): Promise<FieldProblem[]> {
  if (parentId === task.parentId || parentId === null) return [];
  const hasSubtasks = (await subtasksIn(transaction, userId, task.id)).length > 0;
  return hasSubtasks ? [PARENT_WITH_SUBTASKS] : parentProblems(transaction, userId, parentId, task.id);
}

const PARENT_WITH_SUBTASKS = { pointer: "/parent_id", message: "can't be given to a task that has subtasks: there is one level" };

/** A parent is another task of the user that is not in the trash and has no parent. */
export async function parentProblems(
  transaction: WriteTransaction,
  userId: string,
  parentId: string,
  ownId?: string,
): Promise<FieldProblem[]> {
  const parent = parentId === ownId ? undefined : await findIn(transaction, userId, parentId);
  if (!parent) return [{ pointer: "/parent_id", message: "is not one of your tasks" }];
  return parent.parentId === null ? [] : [{ pointer: "/parent_id", message: "has a parent itself: there is one level of subtasks" }];
}
