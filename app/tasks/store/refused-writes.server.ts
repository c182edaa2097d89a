import type { UserRef } from "#app/context.ts";
import type { Reader } from "#app/db/writer.server.ts";
import { applyPatch, DEFAULT_FIELDS, type FieldProblem, fieldsOf, validateFields } from "#app/tasks/rules.ts";
import { placeOf } from "#app/tasks/store/parents.server.ts";
import { neighbourProblems } from "#app/tasks/store/rank.server.ts";
import { findIn } from "#app/tasks/store/rows.server.ts";
import { isTaskId } from "#app/tasks/task.ts";
import type { RefusedWrite } from "#app/tasks/wire/refused-write.ts";
import { validateReadOnlyFields, writableFields } from "#app/tasks/wire/task-json.ts";

/** The fields that `validateFields` compares. */
const COMPARED = ["due", "start_date", "recurrence"];

/** Checks the other fields of one user's writes that have invalid ones, so that all are reported at once. */
export function refusedWrites({ id: userId }: Pick<UserRef, "id">, reader: Reader) {
  /**
   * The problems that look-ups and rules between fields find. `id` is that of an update or a move; a missing task is not a
   * problem here.
   */
  async function furtherProblems({ patch, target = {}, invalid }: RefusedWrite, id?: string): Promise<FieldProblem[]> {
    const task = id !== undefined && isTaskId(id) ? await findIn(reader, userId, id) : undefined;
    const fields = applyPatch(task ? fieldsOf(task) : DEFAULT_FIELDS, writableFields(patch));
    const isComparable = (task || id === undefined) && !COMPARED.some((name) => invalid.has(name));
    const parentId = invalid.has("parent_id") ? null : fields.parentId;
    const place = await placeOf(reader, userId, { ...fields, parentId }, patch, task);
    return [
      ...(task ? validateReadOnlyFields(patch, task) : []),
      ...(isComparable ? validateFields(fields) : []),
      ...place.problems,
      ...(await neighbourProblems(reader, userId, target, "task")),
    ];
  }

  return { furtherProblems };
}
