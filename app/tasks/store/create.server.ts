import type { RepositoryUser } from "#app/context.ts";
import type { Writer, WriteTransaction } from "#app/db/writer.server.ts";
import { writerFor } from "#app/db/writer.server.ts";
import { type Failure, InvalidFields, type QuotaExceeded } from "#app/tasks/outcome.ts";
import { normalizeRecurrence, validateFields } from "#app/tasks/rules.ts";
import { catchConstraint } from "#app/tasks/store/constraints.server.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import { placeOf } from "#app/tasks/store/parents.server.ts";
import { growthOf, quotaRefusal } from "#app/tasks/store/quota.server.ts";
import { INSERT_TASK, newTask } from "#app/tasks/store/statements.server.ts";
import type { Task, TaskId, TaskInput } from "#app/tasks/task.ts";

/** Creates one user's tasks. */
export function taskCreation(user: RepositoryUser, writer: Writer) {
  const userId = user.id;

  async function create(input: TaskInput, id?: TaskId): Promise<Task | Failure> {
    const problems = validateFields(input);
    if (problems.length > 0) return new InvalidFields([...problems, ...(await placeOf(writer, userId, input, input)).problems]);
    const fields = normalizeRecurrence(input, user.timezone);
    return catchConstraint(writer.qb, userId, input.externalId, () =>
      fields.parentId === null
        ? insert(writer, userId, fields, id)
        : writer.inWriteTransaction((transaction) => insertBelow(transaction, user, fields, id)),
    );
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
        .where("userId", "=", userId)
        .where("id", "=", id)
        .executeTakeFirst();
      if (made?.title === input.title) return toTask(made);
      const isFree = !made && !(await wasPurged(transaction, userId, id));
      return taskCreation(user, writerFor(user, transaction)).create(input, isFree ? id : undefined);
    });
  }

  return { create, createOnce };
}

async function insertBelow(
  transaction: WriteTransaction,
  user: RepositoryUser,
  fields: TaskInput,
  id: TaskId | undefined,
): Promise<Task | Failure> {
  const { listId, problems } = await placeOf(transaction, user.id, fields, fields);
  return problems.length > 0 ? new InvalidFields(problems) : insert(writerFor(user, transaction), user.id, { ...fields, listId }, id);
}

async function insert(writer: Writer, userId: string, fields: TaskInput, id: TaskId | undefined): Promise<Task | QuotaExceeded> {
  const [row] = await writer.run(INSERT_TASK, newTask(userId, fields, id));
  return row ? toTask(row) : quotaRefusal(writer.qb, userId, growthOf([fields]));
}

async function wasPurged({ qb }: WriteTransaction, userId: string, id: TaskId): Promise<boolean> {
  const tombstones = qb.selectFrom("tombstone").where("userId", "=", userId).where("kind", "=", "task");
  return (await tombstones.select("id").where("id", "=", id).executeTakeFirst()) !== undefined;
}
