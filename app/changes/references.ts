import { type Operation, REFERENCE } from "#app/changes/operation.ts";
import { camelCase, snakeCase } from "#app/tasks/keys.ts";
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

export function kindOf({ op }: { op: string }): Kind {
  return op.endsWith("_list") ? "list" : "task";
}

/** Maps, because an object also has what its prototype has: names such as `constructor`. */
const KINDS: Record<Kind, ReadonlyMap<string, Kind>> = {
  task: new Map([
    ["listId", "list"],
    ["parentId", "task"],
    ["after", "task"],
    ["before", "task"],
  ]),
  list: new Map([
    ["after", "list"],
    ["before", "list"],
  ]),
};

/** An operation, or what is valid of one, with snake_case or camelCase names. */
interface Referring {
  op: string;
  id?: string | undefined;
  task?: object;
  list?: object;
}

interface Resolved<T> {
  /** With ids in place of references; `undefined` in place of one that is wrong. */
  resolved: T;
  problems: FieldProblem[];
  dependsOnFailed: boolean;
}

/** `written` has the earlier operations; `undefined` for one that failed. */
export function resolve<T extends Referring | Operation>(operation: T, written: (Written | undefined)[]): Resolved<T> {
  const problems: FieldProblem[] = [];
  let dependsOnFailed = false;

  function idOf(value: unknown, kind: Kind, pointer: string): unknown {
    if (typeof value !== "string" || !REFERENCE.test(value)) return value;
    const index = Number(value.slice(1));
    const result = written[index];
    if (index >= written.length) problems.push({ pointer, message: "must name an earlier operation" });
    else if (!result) dependsOnFailed = true;
    else if (result.kind !== kind) problems.push({ pointer, message: `must name a ${kind}, and this operation is on a ${result.kind}` });
    return result?.kind === kind ? result.id : undefined;
  }

  function resolvedPart(part: object, kinds: ReadonlyMap<string, Kind>, pointer: string): object {
    const ids = Object.entries(part).flatMap(([name, value]) => {
      const kind = kinds.get(camelCase(name));
      return kind ? [[name, idOf(value, kind, `${pointer}/${snakeCase(name)}`)]] : [];
    });
    return { ...part, ...Object.fromEntries(ids) };
  }

  const { task, list }: Referring = operation;
  const resolved = {
    ...resolvedPart(operation, new Map([["id", kindOf(operation)]]), ""),
    ...(task && { task: resolvedPart(task, KINDS.task, "/task") }),
    ...(list && { list: resolvedPart(list, KINDS.list, "/list") }),
  } as T;
  return { resolved, problems, dependsOnFailed };
}
