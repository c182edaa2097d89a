import { sql } from "kysely";
import type { RepositoryUser } from "#app/context.ts";
import type { Timestamp } from "#app/db/schema.ts";
import type { Writer, WriteTransaction } from "#app/db/writer.server.ts";
import { ExternalIdTaken, type Failure } from "#app/tasks/outcome.ts";
import { withTask, writeInOneStatement } from "#app/tasks/store/one-task.server.ts";
import { findIn, purgeTasks, subtasksDeletedWith, subtasksIn, updateTasks, withoutSubtasks } from "#app/tasks/store/rows.server.ts";
import { leaveSeries, NOT_REPEATING, openOccurrence } from "#app/tasks/store/series.server.ts";
import { existingExternalIds } from "#app/tasks/store/transfer.server.ts";
import type { Task, TaskId } from "#app/tasks/task.ts";

/** Moves tasks into the trash and out of it. Each write is one change, which undo reverts as a whole. */
export function taskTrash(user: RepositoryUser, writer: Writer) {
  /** Moves the task and its subtasks to the trash. */
  async function remove(id: TaskId, versions?: number[]): Promise<Task | Failure | undefined> {
    const alone = await writeInOneStatement(writer, user.id, id, versions, { deletedAt: sql<Timestamp>`now()` }, withoutSubtasks);
    if (alone) return alone;
    return withTask(writer, user.id, id, versions, async (transaction, task) => {
      const subtasks = await subtasksIn(transaction, user.id, task.id);
      const removed = await updateTasks(transaction, user.id, idsOf([task, ...subtasks]), { deletedAt: sql<Timestamp>`now()` });
      return removed.find((one) => one.id === task.id) ?? task;
    });
  }

  /**
   * Takes the task out of the trash, with the subtasks deleted with it. A subtask whose parent can't be one any more becomes
   * top-level. With `dropExternalId`, an external id that another task has by now is dropped; without it, nothing is done.
   */
  async function restore(id: TaskId, options = { dropExternalId: false }, versions?: number[]): Promise<Task | Failure | undefined> {
    return withTask(writer, user.id, id, versions, (transaction, task) => restoreIn(transaction, user, task, options), "trash");
  }

  /** Deletes the task and its subtasks for good, in the trash or not. Returns the task as it was. */
  async function purge(id: TaskId, versions?: number[]): Promise<Task | Failure | undefined> {
    return withTask(
      writer,
      user.id,
      id,
      versions,
      async (transaction, task) => {
        await purgeTasks(transaction, user.id, [task.id]);
        return task;
      },
      "anywhere",
    );
  }

  async function emptyTrash(): Promise<number> {
    return writer.inWriteTransaction(async (transaction) => {
      const rows = await transaction.qb
        .selectFrom("task")
        .select("id")
        .where("userId", "=", user.id)
        .where("deletedAt", "is not", null)
        .execute();
      return purgeTasks(transaction, user.id, idsOf(rows));
    });
  }

  return { remove, restore, purge, emptyTrash };
}

async function restoreIn(
  transaction: WriteTransaction,
  user: RepositoryUser,
  task: Task,
  { dropExternalId }: { dropExternalId: boolean },
): Promise<Task | ExternalIdTaken> {
  const subtasks = await subtasksDeletedWith(transaction, user.id, task);
  const owners = await ownersOfExternalIds(transaction, user.id, [task, ...subtasks]);
  const [owner] = owners.values();
  if (owner && !dropExternalId) return new ExternalIdTaken(owner);
  await updateTasks(transaction, user.id, [...owners.keys()], { externalId: null });
  const parent = task.parentId === null ? undefined : await findIn(transaction, user.id, task.parentId);
  const parentId = parent?.parentId === null ? parent.id : null;
  const ended = task.status === "open" && (await openOccurrence(transaction, user.id, task)) ? NOT_REPEATING : {};
  const [restored = task] = await updateTasks(transaction, user.id, [task.id], { deletedAt: null, parentId, ...ended });
  // A task with a parent can't have subtasks.
  await updateTasks(transaction, user.id, idsOf(subtasks), { deletedAt: null, ...(parentId !== null && { parentId: null }) });
  await leaveSeries(transaction, user.id);
  return restored;
}

/** For each of the tasks whose external id another one has, that one's id: a living task's, or that of an earlier one of these. */
async function ownersOfExternalIds({ qb }: WriteTransaction, userId: string, tasks: Task[]): Promise<Map<TaskId, TaskId>> {
  const named = tasks.flatMap(({ id, externalId }) => (externalId === null ? [] : [{ id, externalId }]));
  const owners = await existingExternalIds(
    qb,
    userId,
    named.map(({ externalId }) => externalId),
  );
  const taken = new Map<TaskId, TaskId>();
  for (const { id, externalId } of named) {
    const owner = owners.get(externalId);
    if (owner) taken.set(id, owner);
    else owners.set(externalId, id);
  }
  return taken;
}

function idsOf(tasks: { id: string }[]): string[] {
  return tasks.map(({ id }) => id);
}
