import type { UserRef } from "#app/context.ts";
import type { WriteTransaction } from "#app/db/writer.server.ts";
import { removeCreatedLists, revertLists } from "#app/lists/revert.server.ts";
import { completionIn } from "#app/tasks/store/completion.server.ts";
import { revertSpellings } from "#app/tasks/store/labels.server.ts";
import { moveSubtasksAlong } from "#app/tasks/store/parents.server.ts";
import { recompleted, revertTasks } from "#app/tasks/store/revert.server.ts";
import { purgeTasks, untouchedSince } from "#app/tasks/store/rows.server.ts";
import { leaveSeries } from "#app/tasks/store/series.server.ts";

/**
 * Undoes a change: reverts or recreates the tasks and lists that it changed, and deletes those that it created. Those that
 * were changed again since stay as they are. Returns how many tasks and lists it wrote.
 */
export async function undoIn(transaction: WriteTransaction, user: Pick<UserRef, "id" | "timezone">, undoneNumber: number): Promise<number> {
  const userId = user.id;
  const purgedTasks = await purgeTasks(transaction, userId, await untouchedSince(transaction, userId, undoneNumber));
  // Lists before tasks: a task returns to its list only if that exists.
  const revertedLists = await revertLists(transaction, userId, undoneNumber);
  await revertSpellings(transaction, userId, undoneNumber);
  const revertedTasks = await revertTasks(transaction, userId, undoneNumber);
  await moveSubtasksAlong(transaction, userId);
  // After the tasks, because only empty lists are removed.
  const removedLists = await removeCreatedLists(transaction, userId, undoneNumber);
  await leaveSeries(transaction, userId);
  const count = purgedTasks + removedLists + revertedLists + revertedTasks;
  if (count > 0) await markUndone(transaction, userId, undoneNumber);
  const completion = completionIn(transaction, user);
  for (const task of await recompleted(transaction, userId, undoneNumber)) await completion.openNext(task);
  return count;
}

async function markUndone({ qb }: WriteTransaction, userId: string, undoneNumber: number): Promise<void> {
  await qb
    .insertInto("undoneChange")
    .values({ userId, changeSeq: undoneNumber })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
