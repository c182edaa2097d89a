import type { RepositoryUser } from "#app/context.ts";
import { type WriteTransaction, writerFor } from "#app/db/writer.server.ts";
import { taskCommands } from "#app/tasks/store/commands.server.ts";
import { taskCreation } from "#app/tasks/store/create.server.ts";
import { dayQueries } from "#app/tasks/store/day-queries.server.ts";
import { taskLabels } from "#app/tasks/store/labels.server.ts";
import { taskQueries } from "#app/tasks/store/queries.server.ts";
import { refusedWrites } from "#app/tasks/store/refused-writes.server.ts";
import { relatedTasks } from "#app/tasks/store/related.server.ts";
import { taskTrash } from "#app/tasks/store/trash.server.ts";
import { taskUpserts } from "#app/tasks/store/upsert.server.ts";
import { taskWrites } from "#app/tasks/store/writes.server.ts";

/** The repository of one user's tasks, the only access to the `task` table. With `transaction`, every method takes part in it. */
export function tasksOf(user: RepositoryUser, transaction?: WriteTransaction) {
  const writer = writerFor(user, transaction);
  return {
    ...taskQueries(user, writer.qb),
    ...dayQueries(user, writer.qb),
    ...relatedTasks(user, writer.qb),
    ...taskCreation(user, writer),
    ...taskWrites(user, writer),
    ...taskUpserts(user, writer),
    ...refusedWrites(user, writer),
    ...taskCommands(user, writer),
    ...taskTrash(user, writer),
    ...taskLabels(user, writer),
  };
}
