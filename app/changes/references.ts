import { type Operation, REFERENCE } from "#app/changes/operation.ts";
import { snakeCase } from "#app/tasks/keys.ts";
import { InvalidFields } from "#app/tasks/outcome.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";

type Kind = "task" | "list";

/** The task or list that an operation wrote. */
export interface Written {
  kind: Kind;
  id: string;
}

/** Not done, because another operation of the batch failed. */
export class NotDone {
  readonly done = false;
}

export function kindOf({ op }: Pick<Operation, "op">): Kind {
  return op.endsWith("_list") ? "list" : "task";
}

const KINDS: Record<Kind, Record<string, Kind>> = {
  task: { listId: "list", parentId: "task", after: "task", before: "task" },
  list: { after: "list", before: "list" },
};

/** The operation with ids in place of its references. `written` has the earlier operations; `undefined` for one that failed. */
export function resolveReferences(operation: Operation, written: (Written | undefined)[]): Operation | InvalidFields | NotDone {
  const problems: FieldProblem[] = [];
  let dependsOnFailed = false;

  function idOf(value: unknown, kind: Kind, pointer: string): unknown {
    if (typeof value !== "string" || !REFERENCE.test(value)) return value;
    const index = Number(value.slice(1));
    const result = written[index];
    if (index >= written.length) problems.push({ pointer, message: "must name an earlier operation" });
    else if (!result) dependsOnFailed = true;
    else if (result.kind !== kind) problems.push({ pointer, message: `must name a ${kind}, and this operation is on a ${result.kind}` });
    return result?.id;
  }

  function resolved(part: object, kinds: Record<string, Kind>, within: string): object {
    const ids = Object.entries(part).flatMap(([name, value]) => {
      const kind = kinds[name];
      return kind ? [[name, idOf(value, kind, `${within}/${snakeCase(name)}`)]] : [];
    });
    return { ...part, ...Object.fromEntries(ids) };
  }

  const whole = {
    ...resolved(operation, { id: kindOf(operation) }, ""),
    ...("task" in operation && { task: resolved(operation.task, KINDS.task, "/task") }),
    ...("list" in operation && { list: resolved(operation.list, KINDS.list, "/list") }),
  };
  if (problems.length > 0) return new InvalidFields(problems);
  return dependsOnFailed ? new NotDone() : (whole as Operation);
}
