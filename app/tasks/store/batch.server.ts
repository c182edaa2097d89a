import type { Writer, WriteTransaction } from "#app/db/writer.server.ts";
import { ExternalIdTaken, type Failure, isFailure, VersionConflict } from "#app/tasks/outcome.ts";
import type { taskCommands } from "#app/tasks/store/commands.server.ts";
import type { Completed } from "#app/tasks/store/completion.server.ts";
import type { taskCreation } from "#app/tasks/store/create.server.ts";
import type { taskQueries } from "#app/tasks/store/queries.server.ts";
import { findIn } from "#app/tasks/store/rows.server.ts";
import type { taskTrash } from "#app/tasks/store/trash.server.ts";
import type { taskWrites } from "#app/tasks/store/writes.server.ts";
import { isTaskId, type Task, type TaskId } from "#app/tasks/task.ts";
import type { Operation } from "#app/tasks/wire/operation.ts";

type Tasks = ReturnType<typeof taskQueries> &
  ReturnType<typeof taskCreation> &
  ReturnType<typeof taskWrites> &
  ReturnType<typeof taskCommands> &
  ReturnType<typeof taskTrash>;

export type Outcome = Task | Completed | Failure | undefined;

export interface Batch {
  /** One for each operation, in order. */
  outcomes: Outcome[];
  /** The change's number, for undo; `undefined` if an atomic batch failed and nothing was done. */
  changeSeq: number | undefined;
}

/** Several writes as one change, which one undo reverts. `tasksIn` returns the user's repository, within a transaction if there is one. */
export function taskBatches(
  userId: string,
  writer: Writer,
  tasksIn: (transaction?: WriteTransaction) => Pick<Tasks, "find" | "create" | "update" | "move" | "complete" | "reopen" | "remove">,
) {
  /**
   * A failed operation writes nothing; with `atomic`, a failed operation rolls back the whole batch.
   * An operation that could not be parsed is passed as its failure.
   */
  async function batch(operations: (Operation | Failure)[], { atomic }: { atomic: boolean }): Promise<Batch> {
    const outcomes: Outcome[] = [];
    try {
      return await writer.inWriteTransaction(async (transaction) => {
        const perform = performerIn(transaction);
        for (const operation of operations) outcomes.push(isFailure(operation) ? operation : await perform(operation));
        if (atomic && outcomes.some(isFailed)) throw new RolledBack();
        return { outcomes, changeSeq: transaction.changeNumber };
      });
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
      return { outcomes: await Promise.all(outcomes.map(withoutBatch)), changeSeq: undefined };
    }
  }

  function performerIn(transaction: WriteTransaction) {
    const tasks = tasksIn(transaction);
    const removed = new Set<TaskId>();

    /** A subtask that this batch has deleted with its parent counts as removed. */
    async function remove(id: TaskId, versions?: number[]): Promise<Outcome> {
      const outcome = (await tasks.remove(id, versions)) ?? (await deletedWithParent(id, versions));
      if (outcome && !isFailure(outcome)) removed.add(outcome.id);
      return outcome;
    }

    async function deletedWithParent(id: TaskId, versions?: number[]): Promise<Task | VersionConflict | undefined> {
      const task = isTaskId(id) ? await findIn(transaction, userId, id, "trash") : undefined;
      if (!task?.parentId || !removed.has(task.parentId) || removed.has(task.id)) return undefined;
      return versions && !versions.includes(task.version - 1) ? new VersionConflict(task) : task;
    }

    return async function perform(operation: Operation): Promise<Outcome> {
      if (operation.op === "create") return tasks.create(operation.task);
      const { id, ifVersion } = operation;
      const versions = ifVersion === undefined ? undefined : [ifVersion];
      switch (operation.op) {
        case "update":
          return tasks.update(id, operation.task, versions);
        case "move":
          return tasks.move(id, operation.task, versions);
        case "complete":
          return tasks.complete(id, { cascade: operation.cascade ?? false }, versions);
        case "reopen":
          return tasks.reopen(id, versions);
        case "delete":
          return remove(id, versions);
      }
    };
  }

  /** After a rollback, failures must refer to what is stored, not to what the batch had written. */
  async function withoutBatch(outcome: Outcome): Promise<Outcome> {
    const { find } = tasksIn();
    if (outcome instanceof ExternalIdTaken && outcome.existingId && !(await find(outcome.existingId)))
      return new ExternalIdTaken(undefined);
    if (outcome instanceof VersionConflict) return new VersionConflict((await find(outcome.current.id)) ?? outcome.current);
    return outcome;
  }

  return { batch };
}

export function isFailed(outcome: Outcome): outcome is Failure | undefined {
  return outcome === undefined || isFailure(outcome);
}

class RolledBack {}
