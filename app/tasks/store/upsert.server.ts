import type { RepositoryUser } from "#app/context.ts";
import { type Reader, type Writer, writerFor } from "#app/db/writer.server.ts";
import { type Failure, InvalidFields, isFailure, NoVersion, VersionConflict } from "#app/tasks/outcome.ts";
import { applyPatch, DEFAULT_FIELDS, type FieldProblem } from "#app/tasks/rules.ts";
import { taskCreation } from "#app/tasks/store/create.server.ts";
import { TASK_COLUMNS, toTask } from "#app/tasks/store/mapping.server.ts";
import { refusedWrites } from "#app/tasks/store/refused-writes.server.ts";
import { taskWrites } from "#app/tasks/store/writes.server.ts";
import type { Task } from "#app/tasks/task.ts";
import type { RefusedWrite } from "#app/tasks/wire/refused-write.ts";
import { type TaskPatch, type TaskUpsert, writableFields } from "#app/tasks/wire/task-json.ts";

/** Creates or replaces one user's tasks, by the names that scripts give them. */
export function taskUpserts(user: RepositoryUser, writer: Writer) {
  /**
   * Creates the task with the external id or, if there is one outside the trash, writes to it. In the user's write transaction:
   * of two calls at once, one creates and the other replaces. `isAllowed` is asked with the version of the task that exists.
   */
  async function putByExternalId(
    externalId: string,
    fields: TaskUpsert,
    isAllowed: (version: number | undefined) => boolean = () => true,
  ): Promise<{ task: Task; isNew: boolean } | Failure> {
    return writer.inWriteTransaction(async (transaction) => {
      const current = await findByExternalId(transaction, user.id, externalId);
      if (!isAllowed(current?.version)) return current ? new VersionConflict(current) : new NoVersion();
      if (fixedFieldProblems(externalId, fields, current).length > 0) {
        return new InvalidFields(await upsertProblems(transaction, user, { patch: fields, invalid: new Set() }, externalId));
      }
      const within = writerFor(user, transaction);
      const task = current
        ? await taskWrites(user, within).update(current.id, fields)
        : await taskCreation(user, within).create(applyPatch({ ...DEFAULT_FIELDS, externalId }, writableFields(fields)));
      if (!task) throw new Error("A task that the transaction has found can't be updated in it");
      return isFailure(task) ? task : { task, isNew: !current };
    });
  }

  /** `furtherProblems` of an upsert. `externalId` is that of the path, if it is valid. */
  async function furtherUpsertProblems(refused: RefusedWrite, externalId: string | undefined): Promise<FieldProblem[]> {
    return upsertProblems(writer, user, refused, externalId);
  }

  return { putByExternalId, furtherUpsertProblems };
}

async function upsertProblems(
  reader: Reader,
  user: RepositoryUser,
  refused: RefusedWrite,
  externalId: string | undefined,
): Promise<FieldProblem[]> {
  const current = externalId === undefined ? undefined : await findByExternalId(reader, user.id, externalId);
  const fixed = externalId === undefined ? [] : fixedFieldProblems(externalId, refused.patch, current);
  return [...fixed, ...(await refusedWrites(user, reader).furtherProblems(refused, current?.id))];
}

async function findByExternalId({ qb }: Reader, userId: string, externalId: string): Promise<Task | undefined> {
  const row = await qb
    .selectFrom("task")
    .select(TASK_COLUMNS)
    .where("userId", "=", userId)
    .where("externalId", "=", externalId)
    .where("deletedAt", "is", null)
    .executeTakeFirst();
  return row && toTask(row);
}

/** The external id is that of the path, and fields that only the server sets have no value yet in a new task. */
function fixedFieldProblems(externalId: string, fields: TaskPatch, current: Task | undefined): FieldProblem[] {
  const isOther = fields.externalId !== undefined && fields.externalId !== externalId;
  const mismatch = isOther ? [{ pointer: "/external_id", message: "must be that of the path" }] : [];
  const readOnly = current ? [] : Object.keys(fields.sentBack ?? {}).map((name) => ({ pointer: `/${name}`, message: "can't be set" }));
  return [...mismatch, ...readOnly];
}
