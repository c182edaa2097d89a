import { batches } from "#app/changes/batch.server.ts";
import { changeLogOf } from "#app/changes/change-log.server.ts";
import { feedOf } from "#app/changes/feed.server.ts";
import { historyOf } from "#app/changes/history.server.ts";
import { taskVersionsOf } from "#app/changes/task-versions.server.ts";
import { undoCommands } from "#app/changes/undo.server.ts";
import type { RepositoryUser } from "#app/context.ts";
import { type WriteTransaction, writerFor } from "#app/db/writer.server.ts";
import type { TaskId } from "#app/tasks/task.ts";

/** With `transaction`, reads and writes are part of it. */
export function changesOf(user: RepositoryUser, transaction?: WriteTransaction) {
  const writer = writerFor(user, transaction);
  return {
    ...feedOf(user.id, writer.qb),
    ...batches(user, writer, transaction),
    ...undoCommands(user, writer),
    ...changeLogOf(user.id, writer.qb),
    ...taskVersionsOf(user.id, writer.qb),
    historyOf: (id: TaskId) => historyOf(writer.qb, user.id, id),
  };
}
