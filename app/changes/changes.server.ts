import { batches } from "#app/changes/batch.server.ts";
import { feedOf } from "#app/changes/feed.server.ts";
import { historyOf } from "#app/changes/history.server.ts";
import { undoIn } from "#app/changes/undo.server.ts";
import type { UserRef } from "#app/context.ts";
import { type WriteTransaction, writerFor } from "#app/db/writer.server.ts";
import type { TaskId } from "#app/tasks/task.ts";

/** With `transaction`, reads and writes are part of it. */
export function changesOf(user: Pick<UserRef, "id" | "timezone">, transaction?: WriteTransaction) {
  const writer = writerFor(user.id, transaction);
  const undone = writer.qb.selectFrom("undoneChange").where("userId", "=", user.id);

  async function undo(changeNumber: number): Promise<number> {
    return writer.inWriteTransaction((write) => undoIn(write, user, changeNumber));
  }

  async function wasUndone(changeNumber: number): Promise<boolean> {
    return (await undone.where("changeSeq", "=", changeNumber).select("changeSeq").executeTakeFirst()) !== undefined;
  }

  return {
    ...feedOf(user.id, writer.qb),
    ...batches(user, writer, transaction),
    undo,
    wasUndone,
    historyOf: (id: TaskId) => historyOf(writer.qb, user.id, id),
  };
}
