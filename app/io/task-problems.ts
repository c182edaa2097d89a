import { type ArchivedTask, type EntryProblem, ProblemList } from "#app/io/archive.ts";
import type { ExistingData, NewTask } from "#app/io/existing-data.ts";
import { yielding } from "#app/io/yielding.ts";
import { camelKeys } from "#app/tasks/keys.ts";
import { type FieldProblem, validateFields } from "#app/tasks/rules.ts";

type TaskPosition = Omit<ExistingData["tasks"][number], "listId"> & {
  /** Of a new task. A task that exists may be in another list by now than in the file. */
  newListId?: string | null;
};

/** The problems of new tasks with one another and with existing data. Each task by itself has passed its schema. */
export async function taskProblems(
  tasks: NewTask[],
  lists: { id: string }[],
  existing: ExistingData["tasks"],
): Promise<ProblemList<EntryProblem>> {
  const listIds = new Set(lists.map(({ id }) => id));
  const parents = new Map<string, TaskPosition>(existing.map((task) => [task.id, task]));
  for (const { task } of tasks)
    parents.set(task.id, { id: task.id, parentId: task.parent_id, newListId: task.list_id, isTrashed: isTrashed(task) });
  const problems = new ProblemList<EntryProblem>();
  for await (const { index, task } of yielding(tasks)) {
    const own = [...validateFields(camelKeys(task)), ...referenceProblems(task, listIds, parents), ...stateProblems(task)];
    for (const problem of own) problems.add({ kind: "tasks", index, ...problem });
  }
  problems.append(uniquenessProblems(tasks));
  return problems;
}

/** A task in the trash keeps its parent, even if that is a subtask or in the trash by now. */
function referenceProblems(task: ArchivedTask, listIds: Set<string>, parents: Map<string, TaskPosition>): FieldProblem[] {
  const { list_id, parent_id } = task;
  const parent = parent_id === null ? undefined : parents.get(parent_id);
  const isInOtherList = parent?.parentId === null && parent.newListId !== undefined && parent.newListId !== list_id;
  const rules: [broken: boolean, pointer: string, message: string][] = [
    [list_id !== null && !listIds.has(list_id), "/list_id", "is none of the lists in this file, and none of yours"],
    [parent_id !== null && !parent, "/parent_id", "is none of the tasks in this file, and none of yours"],
    [list_id !== null && isInOtherList, "/list_id", "must be left out for a subtask, or be its parent's list"],
    [Boolean(parent?.isTrashed) && !isTrashed(task), "/parent_id", "is in the trash"],
    [Boolean(parent?.parentId) && !isTrashed(task), "/parent_id", "has a parent itself: there is one level of subtasks"],
  ];
  return rules.flatMap(([broken, pointer, message]) => (broken ? [{ pointer, message }] : []));
}

const NEEDS_RECURRENCE = "must be null for a task that does not repeat";

function stateProblems({ status, completed_at, recurrence, series_id, occurrence_date }: ArchivedTask): FieldProblem[] {
  return [
    ...(status === "open" && completed_at ? [{ pointer: "/completed_at", message: "must be null for an open task" }] : []),
    ...(series_id && !recurrence ? [{ pointer: "/series_id", message: NEEDS_RECURRENCE }] : []),
    ...(occurrence_date && !recurrence ? [{ pointer: "/occurrence_date", message: NEEDS_RECURRENCE }] : []),
  ];
}

function uniquenessProblems(newTasks: NewTask[]): ProblemList<EntryProblem> {
  const tasks = newTasks.map(({ task }) => task);
  const indexOf = (position: number) => newTasks[position]?.index ?? position;
  const problems = repeated("tasks", "/external_id", tasks, (task) => (isTrashed(task) ? null : task.external_id), indexOf);
  const seriesOf = (task: ArchivedTask) => (isOpen(task) && task.recurrence ? (task.series_id ?? task.id) : null);
  problems.append(repeated("tasks", "/series_id", tasks, seriesOf, indexOf));
  return problems;
}

export function repeated<T>(
  kind: EntryProblem["kind"],
  pointer: string,
  values: T[],
  keyOf: (value: T) => string | null | undefined,
  indexOf: (position: number) => number = (position) => position,
): ProblemList<EntryProblem> {
  const keys = new Set<string>();
  const problems = new ProblemList<EntryProblem>();
  for (const [position, value] of values.entries()) {
    const key = keyOf(value);
    if (!key) continue;
    if (keys.has(key)) problems.add({ kind, index: indexOf(position), pointer, message: "is another one's in this file" });
    keys.add(key);
  }
  return problems;
}

export function isOpen(task: ArchivedTask): boolean {
  return task.status === "open" && !isTrashed(task);
}

function isTrashed({ deleted_at }: ArchivedTask): boolean {
  return Boolean(deleted_at);
}
