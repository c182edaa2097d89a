import { db } from "#app/db/database.server.ts";
import { BATCH, inBatches, olderThan } from "#app/db/old-rows.server.ts";
import { inWriteTransaction, type WriteTransaction } from "#app/db/writer.server.ts";
import { purgeTasks } from "#app/tasks/store/rows.server.ts";

const isOldTrash = olderThan("deleted_at", { days: 30 });

/** Purges the tasks of every user that have been in the trash for 30 days. `onError`: a user's tasks could not be purged. */
export async function purgeOldTrash(onError: (error: unknown) => void): Promise<void> {
  await inBatches(async () => {
    const rows = await db.selectFrom("task").select("userId").where(isOldTrash).limit(BATCH).execute();
    let count = 0;
    for (const userId of new Set(rows.map((row) => row.userId))) {
      const purged = await inWriteTransaction({ id: userId, origin: null }, (transaction) => purgeOldTrashOf(transaction, userId)).catch(
        onError,
      );
      count += purged ?? 0;
    }
    return count;
  });
}

/** Selects again within the transaction: a task may have been restored meanwhile. */
async function purgeOldTrashOf(transaction: WriteTransaction, userId: string): Promise<number> {
  const rows = await transaction.qb.selectFrom("task").select("id").where("userId", "=", userId).where(isOldTrash).limit(BATCH).execute();
  const ids = rows.map(({ id }) => id);
  return purgeTasks(transaction, userId, ids);
}
