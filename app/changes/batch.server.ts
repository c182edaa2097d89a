import type { Operation } from "#app/changes/operation.ts";
import { operationChecks } from "#app/changes/operation-checks.server.ts";
import { kindOf, NotDone, type Written } from "#app/changes/references.ts";
import type { RepositoryUser } from "#app/context.ts";
import type { Writer, WriteTransaction } from "#app/db/writer.server.ts";
import { prefixPointers } from "#app/http/problem.ts";
import { type List, ListConflict } from "#app/lists/list.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { ExternalIdTaken, type Failure, InvalidFields, isFailure, VersionConflict } from "#app/tasks/outcome.ts";
import type { Completed } from "#app/tasks/store/completion.server.ts";
import { findIn } from "#app/tasks/store/rows.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { isTaskId, type Task, type TaskId } from "#app/tasks/task.ts";

export type OperationFailure = Failure | ListConflict | NotDone | undefined;
export type Outcome = Task | Completed | List | OperationFailure;

export interface Batch {
  /** One for each operation, in order. The pointers of invalid fields are into the operation. */
  outcomes: Outcome[];
  /** The change's number, for undo; `undefined` if the batch was rolled back. */
  changeSeq: number | undefined;
}

/** Several writes as one change, which one undo reverts. */
export function batches(user: RepositoryUser, writer: Writer, transaction?: WriteTransaction) {
  /**
   * A failed operation writes nothing; with `atomic`, a failed operation rolls back the whole batch, and with `isDryRun`, every batch is
   * rolled back: its outcomes say what is wrong with the operations.
   */
  async function batch(
    operations: (Operation | InvalidFields)[],
    { atomic, isDryRun = false }: { atomic: boolean; isDryRun?: boolean },
  ): Promise<Batch> {
    const outcomes: Outcome[] = [];
    try {
      return await writer.inWriteTransaction(async (within) => {
        const perform = performer(user, within);
        const { check } = operationChecks(user, within);
        const written: (Written | undefined)[] = [];
        for (const operation of operations) {
          const checked = await check(operation, written);
          const outcome = "op" in checked ? await perform(checked) : checked;
          outcomes.push(outcome);
          written.push(isFailed(outcome) ? undefined : { kind: kindOf(operation as Operation), id: idOf(outcome) });
        }
        if (isDryRun || (atomic && outcomes.some(isFailed))) throw new RolledBack();
        return { outcomes, changeSeq: within.changeNumber };
      });
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
      return { outcomes: await Promise.all(outcomes.map((outcome) => withoutBatch(user, outcome, transaction))), changeSeq: undefined };
    }
  }

  return { batch };
}

export function isFailed(outcome: Outcome): outcome is OperationFailure {
  return outcome === undefined || isFailure(outcome) || outcome instanceof ListConflict || outcome instanceof NotDone;
}

function idOf(outcome: Exclude<Outcome, OperationFailure>): string {
  return "task" in outcome ? outcome.task.id : outcome.id;
}

function performer(user: RepositoryUser, transaction: WriteTransaction) {
  const lists = listsOf(user, transaction);
  const performOnTask = taskPerformer(user, transaction);

  return async function perform(operation: Operation): Promise<Outcome> {
    if (operation.op === "create_list") return withPrefix("/list", await lists.create(operation.list));
    const versions = "ifVersion" in operation && operation.ifVersion !== undefined ? [operation.ifVersion] : undefined;
    switch (operation.op) {
      case "update_list":
        return withPrefix("/list", await lists.update(operation.id, operation.list, versions));
      case "move_list":
        return withPrefix("/list", await lists.move(operation.id, operation.list, versions));
      case "delete_list":
        return lists.remove(operation.id, { tasks: operation.tasks ?? "inbox" }, versions);
      default:
        return withPrefix("/task", await performOnTask(operation, versions));
    }
  };
}

type TaskOperation = Exclude<Operation, { op: `${string}_list` }>;

function taskPerformer(user: RepositoryUser, transaction: WriteTransaction) {
  const tasks = tasksOf(user, transaction);
  const removed = new Set<TaskId>();

  /** A subtask that this batch has deleted with its parent counts as removed. */
  async function remove(id: TaskId, versions?: number[]): Promise<Task | Failure | undefined> {
    const outcome = (await tasks.remove(id, versions)) ?? (await deletedWithParent(id, versions));
    if (outcome && !isFailure(outcome)) removed.add(outcome.id);
    return outcome;
  }

  async function deletedWithParent(id: TaskId, versions?: number[]): Promise<Task | VersionConflict | undefined> {
    const task = isTaskId(id) ? await findIn(transaction, user.id, id, "trash") : undefined;
    if (!task?.parentId || !removed.has(task.parentId) || removed.has(task.id)) return undefined;
    return versions && !versions.includes(task.version - 1) ? new VersionConflict(task) : task;
  }

  return async function perform(operation: TaskOperation, versions?: number[]): Promise<Task | Completed | Failure | undefined> {
    switch (operation.op) {
      case "create":
        return tasks.create(operation.task);
      case "update":
        return tasks.update(operation.id, operation.task, versions);
      case "move":
        return tasks.move(operation.id, operation.task, versions);
      case "complete":
        return tasks.complete(operation.id, { cascade: operation.cascade ?? false }, versions);
      case "restore":
        return tasks.restore(operation.id, { dropExternalId: operation.dropExternalId ?? false }, versions);
      case "delete":
        return remove(operation.id, versions);
      default:
        return tasks[operation.op](operation.id, versions);
    }
  };
}

function withPrefix(part: string, outcome: Outcome): Outcome {
  return outcome instanceof InvalidFields ? new InvalidFields(prefixPointers(part, outcome.problems)) : outcome;
}

/** After a rollback, failures must refer to what is stored, not to what the batch had written. */
async function withoutBatch(user: RepositoryUser, outcome: Outcome, transaction?: WriteTransaction): Promise<Outcome> {
  const { find } = tasksOf(user, transaction);
  if (outcome instanceof ExternalIdTaken && outcome.existingId && !(await find(outcome.existingId))) return new ExternalIdTaken(undefined);
  if (outcome instanceof VersionConflict) return new VersionConflict((await find(outcome.current.id)) ?? outcome.current);
  if (outcome instanceof ListConflict)
    return new ListConflict((await listsOf(user, transaction).find(outcome.current.id)) ?? outcome.current);
  return outcome;
}

class RolledBack {}
