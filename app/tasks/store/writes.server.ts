import { randomUUIDv7 } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { UserRef } from "#app/context.ts";
import { isUncontended, type Writer, type WriteTransaction, writerFor } from "#app/db/writer.server.ts";
import { type Failure, InvalidFields, isFailure, VersionConflict } from "#app/tasks/outcome.ts";
import { applyPatch, type FieldProblem, fieldsOf, normalizeRecurrence, validateFields } from "#app/tasks/rules.ts";
import { completionIn, DONE } from "#app/tasks/store/completion.server.ts";
import { catchConstraint } from "#app/tasks/store/constraints.server.ts";
import { TASK_COLUMNS, type TaskRow, toColumns, toTask, toValues } from "#app/tasks/store/mapping.server.ts";
import { rankAt } from "#app/tasks/store/rank.server.ts";
import { findIn, subtasksIn, updateTasks, updateWhere, withoutOpenSubtasks } from "#app/tasks/store/rows.server.ts";
import { INSERT_TASK, newTask, UPDATE_TASK } from "#app/tasks/store/statements.server.ts";
import { type Task, TaskId, type TaskInput } from "#app/tasks/task.ts";
import type { TaskMove } from "#app/tasks/wire/operation.ts";
import { type TaskPatch, validateReadOnlyFields, writableFields } from "#app/tasks/wire/task-json.ts";
import { userNowAt } from "#app/time.ts";

type Changed = Task | Failure | undefined;

/**
 * Creates and changes one user's tasks. Results are `undefined` if the user has no such task.
 * `versions`: the change is done only at one of these versions; if absent, at any.
 */
export function taskWrites(user: Pick<UserRef, "id" | "timezone">, writer: Writer) {
  async function create(input: TaskInput, id?: TaskId): Promise<Task | Failure> {
    const problems = validateFields(input);
    if (problems.length > 0) return new InvalidFields(problems);
    const fields = normalizeRecurrence(input, user.timezone);
    return catchConstraint(writer.qb, user.id, input.externalId, () =>
      input.parentId === null
        ? insert(writer, fields, id)
        : writer.inWriteTransaction((transaction) => insertBelow(transaction, fields, id)),
    );
  }

  async function insertBelow(transaction: WriteTransaction, fields: TaskInput, id: TaskId | undefined): Promise<Task | Failure> {
    const problems = await parentProblems(transaction, fields.parentId);
    return problems.length > 0 ? new InvalidFields(problems) : insert(writerFor(user.id, transaction), fields, id);
  }

  async function insert(within: Writer, fields: TaskInput, id: TaskId | undefined): Promise<Task> {
    const [row] = await within.run(INSERT_TASK, newTask(user.id, fields, id));
    return toTask(row as TaskRow);
  }

  /**
   * For a form that contains the new task's id: submitted again with the same title, it creates nothing more; with another
   * title, as after going back in the browser, it creates another task.
   */
  async function createOnce(id: TaskId, input: TaskInput): Promise<Task | Failure> {
    return writer.inWriteTransaction(async (transaction) => {
      const made = await transaction.qb
        .selectFrom("task")
        .select(TASK_COLUMNS)
        .where("userId", "=", user.id)
        .where("id", "=", id)
        .executeTakeFirst();
      if (made?.title === input.title) return toTask(made);
      const isFree = !made && !(await wasPurged(transaction, id));
      return taskWrites(user, writerFor(user.id, transaction)).create(input, isFree ? id : undefined);
    });
  }

  async function wasPurged({ qb }: WriteTransaction, id: TaskId): Promise<boolean> {
    const tombstones = qb.selectFrom("tombstone").where("userId", "=", user.id).where("kind", "=", "task");
    return (await tombstones.select("id").where("id", "=", id).executeTakeFirst()) !== undefined;
  }

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
    const seriesId = seriesOf(task, after);
    if (after.status === task.status) {
      const values = { ...toValues(after), userId: user.id, id, seriesId, version: task.version };
      const [row] = await writer.run(UPDATE_TASK, values);
      return row && toTask(row);
    }
    const [updated] = await writer.inOneStatement((context) =>
      updateWhere(context, user.id, { ...toColumns(after), seriesId, ...COMPLETION[after.status] }, (eb) => {
        const same = [eb("id", "=", id), eb("version", "=", task.version), eb("deletedAt", "is", null)];
        return eb.and(after.status === "done" ? [...same, withoutOpenSubtasks(eb), isUncontended(context, user.id)] : same);
      }),
    );
    return updated;
  }

  function updateInTransaction(id: TaskId, patch: TaskPatch, versions?: number[]): Promise<Changed> {
    return withTask(id, versions, async (transaction, task) => {
      const before = fieldsOf(task);
      const after = normalizeRecurrence(applyPatch(before, writableFields(patch)), user.timezone);
      const problems = [
        ...validateReadOnlyFields(patch, task),
        ...validateFields(after),
        ...(await changedParentProblems(transaction, task, after)),
      ];
      if (problems.length > 0) return new InvalidFields(problems);
      return isDeepStrictEqual(after, before) ? task : save(transaction, task, after);
    });
  }

  async function save(transaction: WriteTransaction, task: Task, after: TaskInput): Promise<Task | Failure> {
    const { status, ...columns } = toColumns(after);
    const seriesId = seriesOf(task, after);
    const values = { ...columns, seriesId };
    if (status === task.status) return (await updateTasks(transaction, user.id, [task.id], values))[0] ?? task;
    const completion = completionIn(transaction, user.id, userNowAt(Temporal.Now.instant(), user.timezone));
    const changed = { ...task, ...after, status: task.status, seriesId };
    if (status === "open") return completion.reopen(changed, values);
    const completed = await completion.complete(changed, { cascade: false, values });
    return isFailure(completed) ? completed : completed.task;
  }

  /** Moves the task in manual order; into another list or below another parent by the rules of an update. */
  async function move(id: TaskId, { listId, parentId, ...place }: TaskMove, versions?: number[]): Promise<Changed> {
    return catchConstraint(writer.qb, user.id, undefined, () =>
      withTask(id, versions, async (transaction, task) => {
        const after = applyPatch(fieldsOf(task), { listId, parentId });
        const rank = await rankAt(transaction, user.id, place);
        const misplaced = rank === undefined ? [{ pointer: place.after ? "/after" : "/before", message: "is not one of your tasks" }] : [];
        const problems = [...misplaced, ...validateFields(after), ...(await changedParentProblems(transaction, task, after))];
        if (problems.length > 0) return new InvalidFields(problems);
        const [moved] = await updateTasks(transaction, user.id, [task.id], { rank, listId: after.listId, parentId: after.parentId });
        return moved;
      }),
    );
  }

  /** Runs `work` with the task in the user's write transaction, in which no other change can be written. */
  async function withTask<T>(
    id: TaskId,
    versions: number[] | undefined,
    work: (transaction: WriteTransaction, task: Task) => Promise<T>,
    where?: Parameters<typeof findIn>[3],
  ): Promise<T | VersionConflict | undefined> {
    if (!TaskId.safeParse(id).success) return undefined;
    return writer.inWriteTransaction(async (transaction) => {
      const task = await findIn(transaction, user.id, id, where);
      if (task && versions && !versions.includes(task.version)) return new VersionConflict(task);
      return task && work(transaction, task);
    });
  }

  async function changedParentProblems(transaction: WriteTransaction, task: Task, after: TaskInput): Promise<FieldProblem[]> {
    if (after.parentId === task.parentId || after.parentId === null) return [];
    const hasSubtasks = (await subtasksIn(transaction, user.id, task.id)).length > 0;
    return hasSubtasks ? [PARENT_WITH_SUBTASKS] : parentProblems(transaction, after.parentId, task.id);
  }

  /** A parent is another task of the user that is not in the trash and has no parent. */
  async function parentProblems(transaction: WriteTransaction, parentId: string | null, ownId?: string): Promise<FieldProblem[]> {
    if (parentId === null) return [];
    const parent = parentId === ownId ? undefined : await findIn(transaction, user.id, parentId);
    if (!parent) return [{ pointer: "/parent_id", message: "is not one of your tasks" }];
    return parent.parentId === null ? [] : [{ pointer: "/parent_id", message: "has a parent itself: there is one level of subtasks" }];
  }

  return { create, createOnce, update, move, withTask };
}

/** Whether the change neither depends on other tasks nor changes them. */
function affectsOnlyTask(task: Task, after: TaskInput): boolean {
  const keepsListAndParent = after.parentId === task.parentId && after.listId === task.listId;
  const isInNoSeries = task.seriesId === null && after.recurrence === null;
  return keepsListAndParent && (after.status === task.status || isInNoSeries);
}

/** A task that begins to repeat begins a series with a new id, as its own id may be that of a series that it left. */
function seriesOf(task: Task, after: TaskInput): string | null {
  return after.recurrence ? (task.seriesId ?? randomUUIDv7()) : null;
}

const COMPLETION = { done: DONE, open: { completedAt: null } };

const PARENT_WITH_SUBTASKS = { pointer: "/parent_id", message: "can't be given to a task that has subtasks: there is one level" };
