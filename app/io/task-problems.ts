import type { ArchivedTask, EntryProblem } from "#app/io/archive.ts";
import type { Entry, Present } from "#app/io/import-plan.ts";
import { mapped } from "#app/io/yielding.ts";
import { type FieldProblem, validateFields } from "#app/tasks/rules.ts";

/** What is wrong with new tasks beside one another and beside what is there. Each by itself has passed its schema. */
export async function taskProblems(entries: Entry[], lists: { id: string }[], present: Present["tasks"]): Promise<EntryProblem[]> {
  const listIds = new Set(lists.map(({ id }) => id));
  const parents = new Map(present.map((task) => [task.id, task]));
  for (const { task } of entries) parents.set(task.id, { id: task.id, parentId: task.parent_id, isTrashed: !isLiving(task) });
  const single = await mapped(entries, ({ index, task }) =>
    [...validateFields(task), ...placeProblems(task, listIds, parents), ...stateProblems(task)].map((problem) => inEntry(index, problem)),
  );
  return [...single.flat(), ...clashes(entries)];
}

function inEntry(index: number, problem: FieldProblem): EntryProblem {
  return { kind: "tasks", index, ...problem };
}

/** In the trash a task keeps the parent that it had, whatever became of that. */
function placeProblems(task: ArchivedTask, listIds: Set<string>, parents: Map<string, Present["tasks"][number]>): FieldProblem[] {
  const { list_id, parent_id } = task;
  const parent = parent_id === null ? undefined : parents.get(parent_id);
  const rules: [broken: boolean, pointer: string, message: string][] = [
    [list_id !== null && !listIds.has(list_id), "/list_id", "is none of the lists in this file, and none of yours"],
    [parent_id !== null && !parent, "/parent_id", "is none of the tasks in this file, and none of yours"],
    [Boolean(parent?.isTrashed) && isLiving(task), "/parent_id", "is in the trash"],
    [Boolean(parent?.parentId) && isLiving(task), "/parent_id", "has a parent itself: there is one level of subtasks"],
  ];
  return rules.flatMap(([broken, pointer, message]) => (broken ? [{ pointer, message }] : []));
}

function stateProblems({ status, completed_at, recurrence, series_id }: ArchivedTask): FieldProblem[] {
  return [
    ...(status === "open" && completed_at ? [{ pointer: "/completed_at", message: "must be null for an open task" }] : []),
    ...(series_id && !recurrence ? [{ pointer: "/series_id", message: "must be null for a task that does not repeat" }] : []),
  ];
}

/** What only one task may have. */
function clashes(entries: Entry[]): EntryProblem[] {
  const tasks = entries.map(({ task }) => task);
  const found = [
    ...repeated("tasks", "/external_id", tasks, (task) => (isLiving(task) ? task.external_id : null)),
    ...repeated("tasks", "/series_id", tasks, (task) => (isOpen(task) && task.recurrence ? (task.series_id ?? task.id) : null)),
  ];
  return found.map((problem) => ({ ...problem, index: entries[problem.index]?.index ?? problem.index }));
}

/** A problem for each value whose key an earlier one has. */
export function repeated<T>(
  kind: EntryProblem["kind"],
  pointer: string,
  values: T[],
  keyOf: (value: T) => string | null | undefined,
): EntryProblem[] {
  const first = new Map<string, number>();
  return values.flatMap((value, index) => {
    const key = keyOf(value);
    if (!key) return [];
    if (first.has(key)) return [{ kind, index, pointer, message: "is another one's in this file" }];
    first.set(key, index);
    return [];
  });
}

export function isOpen(task: ArchivedTask): boolean {
  return task.status === "open" && isLiving(task);
}

function isLiving({ deleted_at }: ArchivedTask): boolean {
  return !deleted_at;
}
