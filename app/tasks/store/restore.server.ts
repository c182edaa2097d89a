import type { UserRef } from "#app/context.ts";
import { inWriteTransaction } from "#app/db/writer.server.ts";
import type { Failure } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { type Task, type TaskChanges, TaskId } from "#app/tasks/task.ts";

/**
 * What was typed for a task that went to the trash meanwhile: the task comes back with it, as one change. `undefined`
 * when there is no such task of this user in the trash. What is refused leaves the task as it was, but out of the trash.
 */
export async function restoreWithChanges(
  user: Pick<UserRef, "id" | "timezone">,
  id: TaskId,
  changes: TaskChanges,
): Promise<Task | Failure | undefined> {
  if (!TaskId.safeParse(id).success) return undefined;
  return inWriteTransaction(user.id, async (transaction) => {
    const tasks = tasksOf(user, transaction);
    return (await tasks.restore(id)) && tasks.update(id, changes);
  });
}
