import { randomUUIDv7 } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { RepositoryUser } from "#app/context.ts";
import { isUncontended, type Writer, type WriteTransaction } from "#app/db/writer.server.ts";
import { type Failure, InvalidFields, isFailure } from "#app/tasks/outcome.ts";
import { occurrenceDateAfter } from "#app/tasks/recurrence/occurrence-date.ts";
import { applyPatch, fieldsOf, normalizeRecurrence, validateFields } from "#app/tasks/rules.ts";
import { completionIn, DONE } from "#app/tasks/store/completion.server.ts";
import { catchConstraint } from "#app/tasks/store/constraints.server.ts";
import { toColumns, toTask, toValues } from "#app/tasks/store/mapping.server.ts";
import { withTask } from "#app/tasks/store/one-task.server.ts";
import { moveSubtasksAlong, placeOf } from "#app/tasks/store/parents.server.ts";
import { exceededQuota, textBytes } from "#app/tasks/store/quota.server.ts";
import { noNeighbour, rankAt } from "#app/tasks/store/rank.server.ts";
import { findIn, updateTasks, updateWhere, withoutOpenSubtasks } from "#app/tasks/store/rows.server.ts";
import { UPDATE_TASK } from "#app/tasks/store/statements.server.ts";
import { type Task, TaskId, type TaskInput } from "#app/tasks/task.ts";
import type { TaskMove } from "#app/tasks/wire/operation.ts";
import { type TaskPatch, validateReadOnlyFields, writableFields } from "#app/tasks/wire/task-json.ts";

type Changed = Task | Failure | undefined;

/**
 * Changes one user's tasks. Results are `undefined` if the user has no such task.
 * `versions`: the change is done only at one of these versions; if absent, at any.
 */
export function taskWrites(user: RepositoryUser, writer: Writer) {
  /** Writes the fields that differ; if none does, the version stays. A changed status completes or reopens the task. */
  async function update(id: TaskId, patch: TaskPatch, versions?: number[]): Promise<Changed> {
    return catchConstraint(writer.qb, user.id, patch.externalId, async () => {
      const updated = await updateInOneStatement(id, patch, versions);
      return updated ?? updateInTransaction(id, patch, versions);
    });
  }

  /**
   * Reads the task and, if it still has that version, writes it in one statement. `undefined` if it was not written; then a
   * transaction does the update or finds out why it can't be done.
   */
  async function updateInOneStatement(id: TaskId, patch: TaskPatch, versions?: number[]): Promise<Task | undefined> {
    const task = TaskId.safeParse(id).success ? await findIn(writer, user.id, id) : undefined;
    if (!task || (versions && !versions.includes(task.version))) return undefined;
    const before = fieldsOf(task);
    const after = normalizeRecurrence(applyPatch(before, writableFields(patch)), user.timezone);
    if (validateReadOnlyFields(patch, task).length > 0 || validateFields(after).length > 0) return undefined;
    if (isDeepStrictEqual(after, before)) return task;
    if (!affectsOnlyTask(task, after)) return undefined;
    const series = seriesColumns(task, after);
    const addedBytes = textBytes(after) - textBytes(before);
    if (after.status === task.status) {
      const values = { ...toValues(after), userId: user.id, id, ...series, version: task.version, addedBytes };
      const [row] = await writer.run(UPDATE_TASK, values);
      return row && toTask(row);
    }
    if (addedBytes > 0) return undefined;
    const [updated] = await writer.inOneStatement((context) =>
      updateWhere(context, user.id, { ...toColumns(after), ...series, ...COMPLETION[after.status] }, (eb) => {
        const same = [eb("id", "=", id), eb("version", "=", task.version), eb("deletedAt", "is", null)];
        return eb.and(after.status === "done" ? [...same, withoutOpenSubtasks(eb), isUncontended(context, user.id)] : same);
      }),
    );
    return updated;
  }

  function updateInTransaction(id: TaskId, patch: TaskPatch, versions?: number[]): Promise<Changed> {
    return withTask(writer, user.id, id, versions, async (transaction, task) => {
      const before = fieldsOf(task);
      const fields = normalizeRecurrence(applyPatch(before, writableFields(patch)), user.timezone);
      const place = await placeOf(transaction, user.id, fields, patch, task);
      const problems = [...validateReadOnlyFields(patch, task), ...validateFields(fields), ...place.problems];
      if (problems.length > 0) return new InvalidFields(problems);
      const after = { ...fields, listId: place.listId };
      const exceeded = await exceededQuota(transaction.qb, user.id, { textBytes: textBytes(after) - textBytes(before) });
      return exceeded ?? (isDeepStrictEqual(after, before) ? task : save(transaction, user, task, after));
    });
  }

  /** Moves the task in manual order; into another list or below another parent by the rules of an update. */
  async function move(id: TaskId, { listId, parentId, ...target }: TaskMove, versions?: number[]): Promise<Changed> {
    return catchConstraint(writer.qb, user.id, undefined, () =>
      withTask(writer, user.id, id, versions, async (transaction, task) => {
        const fields = applyPatch(fieldsOf(task), { listId, parentId });
        const place = await placeOf(transaction, user.id, fields, { listId, parentId }, task);
        const rank = await rankAt(transaction, user.id, target);
        const misplaced = rank === undefined ? [noNeighbour(target.after ? "after" : "before", "task")] : [];
        const problems = [...misplaced, ...place.problems];
        if (problems.length > 0) return new InvalidFields(problems);
        const values = { rank, listId: place.listId, parentId: fields.parentId };
        const [moved] = await updateTasks(transaction, user.id, [task.id], values);
        if (place.listId !== task.listId) await moveSubtasksAlong(transaction, user.id);
        return moved;
      }),
    );
  }

  return { update, move };
}

async function save(transaction: WriteTransaction, user: RepositoryUser, task: Task, after: TaskInput): Promise<Task | Failure> {
  const saved = await write(transaction, user, task, after);
  if (!isFailure(saved) && after.listId !== task.listId) await moveSubtasksAlong(transaction, user.id);
  return saved;
}

async function write(transaction: WriteTransaction, user: RepositoryUser, task: Task, after: TaskInput): Promise<Task | Failure> {
  const { status, ...columns } = toColumns(after);
  const series = seriesColumns(task, after);
  const values = { ...columns, ...series };
  if (status === task.status) return (await updateTasks(transaction, user.id, [task.id], values))[0] ?? task;
  const completion = completionIn(transaction, user);
  const changed = { ...task, ...after, status: task.status, ...series };
  if (status === "open") return completion.reopen(changed, values);
  const completed = await completion.complete(changed, { cascade: false, values });
  return isFailure(completed) ? completed : completed.task;
}

/** Whether the change neither depends on other tasks nor changes them. */
function affectsOnlyTask(task: Task, after: TaskInput): boolean {
  const keepsListAndParent = after.parentId === task.parentId && after.listId === task.listId;
  const isInNoSeries = task.seriesId === null && after.recurrence === null;
  return keepsListAndParent && (after.status === task.status || isInNoSeries);
}

/** A task that begins to repeat begins a series with a new id, as its own id may be that of a series that it left. */
function seriesColumns(task: Task, after: TaskInput): Pick<Task, "seriesId" | "occurrenceDate"> {
  const seriesId = after.recurrence ? (task.seriesId ?? randomUUIDv7()) : null;
  return { seriesId, occurrenceDate: occurrenceDateAfter(task, after) };
}

const COMPLETION = { done: DONE, open: { completedAt: null } };
