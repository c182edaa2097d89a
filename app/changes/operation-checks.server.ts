import { InvalidOperation, type Operation } from "#app/changes/operation.ts";
import { NotDone, resolve, type Written } from "#app/changes/references.ts";
import type { RepositoryUser } from "#app/context.ts";
import type { WriteTransaction } from "#app/db/writer.server.ts";
import { addErrors, prefixPointers } from "#app/http/problem.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { InvalidFields } from "#app/tasks/outcome.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { type RefusedWrite, refusedWrite } from "#app/tasks/wire/refused-write.ts";

interface RefusedOperation {
  op: string;
  id?: string | undefined;
  task?: RefusedWrite;
  list?: Record<string, unknown>;
}

/**
 * Resolves the references in one user's operations. If an operation has invalid fields, its other fields are checked too, so that all
 * are reported at once.
 */
export function operationChecks(user: RepositoryUser, transaction: WriteTransaction) {
  const tasks = tasksOf(user, transaction);
  const lists = listsOf(user, transaction);

  async function check(
    operation: Operation | InvalidFields,
    written: (Written | undefined)[],
  ): Promise<Operation | InvalidFields | NotDone> {
    if (operation instanceof InvalidOperation) return checkInvalid(operation, written);
    if (operation instanceof InvalidFields) return operation;
    const { resolved, problems, dependsOnFailed } = resolve(operation, written);
    if (problems.length === 0) return dependsOnFailed ? new NotDone() : resolved;
    const { op } = resolved;
    const id = "id" in resolved ? resolved.id : undefined;
    if ("list" in resolved) return refuse(problems, { op, id, list: resolved.list });
    if (!("task" in resolved)) return new InvalidFields(problems);
    const target = resolved.op === "move" ? resolved.task : {};
    return refuse(problems, { op, id, task: { patch: resolved.task, target, invalid: new Set() } });
  }

  function checkInvalid({ problems, rest, invalid }: InvalidOperation, written: (Written | undefined)[]): Promise<InvalidFields> {
    const { resolved, problems: ofReferences } = resolve(rest, written);
    const { op, id, task, list } = resolved;
    const refused = { op, id, ...(task && { task: refusedWrite({ valid: task, invalid }) }), ...(list && { list }) };
    return refuse([...problems, ...ofReferences], refused);
  }

  async function refuse(problems: FieldProblem[], refused: RefusedOperation): Promise<InvalidFields> {
    return new InvalidFields(addErrors(problems, await furtherProblems(refused)));
  }

  async function furtherProblems({ op, id = "", task, list }: RefusedOperation): Promise<FieldProblem[]> {
    if (list) return prefixPointers("/list", await lists.furtherProblems(id, { valid: list }));
    return task ? prefixPointers("/task", await tasks.furtherProblems(task, op === "create" ? undefined : id)) : [];
  }

  return { check };
}
