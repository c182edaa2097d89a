import { sql } from "kysely";
import { changeLogOf, IS_RECENT, type LoggedChange } from "#app/changes/change-log.server.ts";
import type { RepositoryUser, UserRef } from "#app/context.ts";
import type { Reader, Writer, WriteTransaction } from "#app/db/writer.server.ts";
import { removeCreatedLists, revertLists } from "#app/lists/revert.server.ts";
import { completionIn } from "#app/tasks/store/completion.server.ts";
import { revertSpellings } from "#app/tasks/store/labels.server.ts";
import { moveSubtasksAlong } from "#app/tasks/store/parents.server.ts";
import { recreateTasks, storeRemoved } from "#app/tasks/store/recreate.server.ts";
import { recompleted, revertTasks } from "#app/tasks/store/revert.server.ts";
import { detachExisting, purgeTasks, untouchedSince } from "#app/tasks/store/rows.server.ts";
import { leaveSeries } from "#app/tasks/store/series.server.ts";

export function undoCommands(user: RepositoryUser, writer: Writer) {
  /** Undoes a change of the last ten minutes. Returns how many tasks and lists it wrote; those changed again since stay as they are. */
  async function undo(changeNumber: number): Promise<number> {
    return writer.inWriteTransaction((transaction) => undoRecentIn(transaction, user, changeNumber));
  }

  /**
   * Like `undo`; without a number it undoes the last change of this origin that is neither undone nor an undo. Returns the change that
   * undid it, which can be undone too; `undefined` if there was nothing to undo.
   */
  async function undoChange(changeNumber?: number): Promise<LoggedChange | undefined> {
    return writer.inWriteTransaction(async (transaction) => {
      const undone = changeNumber ?? (await latestOf(transaction.qb, user));
      const count = undone === undefined ? 0 : await undoRecentIn(transaction, user, undone);
      return count > 0 ? changeLogOf(user.id, transaction.qb).change(transaction.changeNumber) : undefined;
    });
  }

  /** The number of the change that `undoChange()` undoes; `undefined`: this origin has made none in the last ten minutes. */
  async function lastOwnChange(): Promise<number | undefined> {
    return latestOf(writer.qb, user);
  }

  async function wasUndone(changeNumber: number): Promise<boolean> {
    const undone = writer.qb.selectFrom("undoneChange").where("userId", "=", user.id).where("changeSeq", "=", changeNumber);
    return (await undone.select("changeSeq").executeTakeFirst()) !== undefined;
  }

  async function isRecent(changeNumber: number): Promise<boolean> {
    return isRecentIn(writer, user.id, changeNumber);
  }

  return { undo, undoChange, lastOwnChange, wasUndone, isRecent };
}

async function undoRecentIn(transaction: WriteTransaction, user: RepositoryUser, changeNumber: number): Promise<number> {
  return (await isRecentIn(transaction, user.id, changeNumber)) ? undoIn(transaction, user, changeNumber) : 0;
}

async function isRecentIn({ qb }: Reader, userId: string, changeNumber: number): Promise<boolean> {
  const { rows } = await sql`
    select from change_log log where log.user_id = ${userId} and log.change_seq = ${changeNumber} and ${IS_RECENT}
  `.execute(qb);
  return rows.length > 0;
}

async function latestOf(qb: Writer["qb"], { id: userId, origin }: RepositoryUser): Promise<number | undefined> {
  const { rows } = await sql<{ changeNumber: number }>`
    select log.change_seq as change_number from change_log log
    where log.user_id = ${userId} and ${IS_RECENT} and log.origin @> ${JSON.stringify(origin)}::jsonb
      and not exists (select from undone_change where user_id = ${userId} and change_seq = log.change_seq)
      and not exists (select from undone_change where user_id = ${userId} and undone_by = log.change_seq and not is_redo)
    order by log.change_seq desc limit 1
  `.execute(qb);
  return rows[0]?.changeNumber;
}

/**
 * Undoes a change: reverts or recreates the tasks and lists that it changed, and deletes those that it created. Those that
 * were changed again since stay as they are. Returns how many tasks and lists it wrote.
 */
async function undoIn(transaction: WriteTransaction, user: Pick<UserRef, "id" | "timezone">, undoneNumber: number): Promise<number> {
  const userId = user.id;
  const created = await untouchedSince(transaction, userId, undoneNumber);
  await storeRemoved(transaction, userId, created);
  await detachExisting(transaction, userId, created);
  const purgedTasks = await purgeTasks(transaction, userId, created);
  // Lists before tasks: a task returns to its list only if that exists.
  const revertedLists = await revertLists(transaction, userId, undoneNumber);
  await revertSpellings(transaction, userId, undoneNumber);
  const revertedTasks = await revertTasks(transaction, userId, undoneNumber);
  const recreatedTasks = await recreateTasks(transaction, userId, undoneNumber);
  await moveSubtasksAlong(transaction, userId);
  // After the tasks, because only empty lists are removed.
  const removedLists = await removeCreatedLists(transaction, userId, undoneNumber);
  await leaveSeries(transaction, userId);
  const count = purgedTasks + removedLists + revertedLists + revertedTasks + recreatedTasks;
  if (count > 0) await markUndone(transaction, userId, undoneNumber);
  const completion = completionIn(transaction, user);
  for (const task of await recompleted(transaction, userId, undoneNumber)) await completion.openNext(task);
  return count;
}

async function markUndone({ qb, changeNumber }: WriteTransaction, userId: string, undoneNumber: number): Promise<void> {
  const isUndo = sql<boolean>`exists (select from undone_change where user_id = ${userId} and undone_by = ${undoneNumber} and not is_redo)`;
  await qb
    .insertInto("undoneChange")
    .values({ userId, changeSeq: undoneNumber, undoneBy: changeNumber, isRedo: isUndo })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
