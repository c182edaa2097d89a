import type { RepositoryUser } from "#app/context.ts";
import { inWriteTransaction } from "#app/db/writer.server.ts";
import { type Failure, isFailure } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { type Task, type TaskChanges, TaskId } from "#app/tasks/task.ts";

/**
 * Restores a task and updates it, as one change: for edits to a task that was moved to the trash meanwhile. `undefined` if
 * the user has no such task in the trash. If the update fails, the task is restored as it was.
 */
export async function restoreWithChanges(
  user: RepositoryUser,
  id: TaskId,
  changes: TaskChanges,
  options = { dropExternalId: false },
): Promise<Task | Failure | undefined> {
  if (!TaskId.safeParse(id).success) return undefined;
  return inWriteTransaction(user, async (transaction) => {
    const tasks = tasksOf(user, transaction);
    const restored = await tasks.restore(id, options);
    return restored && !isFailure(restored) ? tasks.update(id, changes) : restored;
  });
}
