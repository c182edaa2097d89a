import { type Archive, type ArchivedList, type ArchivedTask, type EntryProblem, ProblemList } from "#app/io/archive.ts";
import type { ExistingData, NewTask } from "#app/io/existing-data.ts";
import { isOpen, repeated, taskProblems } from "#app/io/task-problems.ts";
import { mapYielding } from "#app/io/yielding.ts";
import { normalizeRecurrence } from "#app/tasks/rules.ts";

export interface ImportPlan {
  lists: ArchivedList[];
  /** Parents before their subtasks. */
  tasks: ArchivedTask[];
  skipped: { lists: number; tasks: number };
}

/** Plans the import of an archive. Returns its problems instead if there are any. */
export async function planImport(archive: Archive, existing: ExistingData): Promise<ImportPlan | ProblemList<EntryProblem>> {
  const lists = newLists(archive, existing);
  const newOnes = newTasks(archive, existing);
  const tasks = await mapYielding(newOnes.tasks, ({ index, task }) => ({ index, task: remap(task, lists.ids, newOnes.ids, existing) }));
  const problems = new ProblemList<EntryProblem>();
  problems.append(repeated("lists", "/id", archive.lists, ({ id }) => id));
  problems.append(repeated("tasks", "/id", archive.tasks, ({ id }) => id));
  problems.append(await taskProblems(tasks, [...existing.lists, ...lists.lists], existing.tasks));
  if (problems.total > 0) return problems;
  const ordered = parentsFirst(tasks);
  const reached = new Set(ordered);
  const circular = tasks.find((task) => !reached.has(task));
  if (circular) problems.add({ kind: "tasks", index: circular.index, pointer: "/parent_id", message: "is below the task itself" });
  if (problems.total > 0) return problems;
  const skipped = { lists: archive.lists.length - lists.lists.length, tasks: archive.tasks.length - tasks.length };
  return { lists: lists.lists, tasks: inParentsLists(ordered, existing), skipped };
}

/** `ids`: from lists of the archive that have only a name to the known list of that name. */
function newLists({ lists }: Archive, existing: ExistingData): { lists: ArchivedList[]; ids: Map<string, string> } {
  const known = [...existing.lists, ...lists.filter(({ isNamed }) => !isNamed)];
  const byName = new Map(known.toReversed().map(({ id, name }) => [name, id]));
  const ids = new Map(lists.flatMap(({ id, name, isNamed }) => (isNamed && byName.has(name) ? [[id, byName.get(name) ?? id]] : [])));
  const existingIds = new Set(existing.lists.map(({ id }) => id));
  return { lists: lists.filter(({ id }) => !ids.has(id) && !existingIds.has(id)), ids };
}

/** `ids`: from tasks of the archive to the existing tasks with the same external id. */
function newTasks({ tasks }: Archive, existing: ExistingData): { tasks: NewTask[]; ids: Map<string, string> } {
  const existingIds = new Set(existing.tasks.map(({ id }) => id));
  const ids = new Map<string, string>();
  const added = tasks.flatMap((task, index) => {
    const { id } = task;
    const sameExternalId = task.deleted_at || !task.external_id ? undefined : existing.externalIds.get(task.external_id);
    if (!existingIds.has(id) && sameExternalId) ids.set(id, sameExternalId);
    return existingIds.has(id) || sameExternalId ? [] : [{ index, task }];
  });
  return { tasks: added, ids };
}

const NOT_REPEATING = { recurrence: null, series_id: null, occurrence_date: null };

/** Points the task at the lists and tasks that exist under another id, and takes it out of a series that has an open occurrence. */
function remap(task: ArchivedTask, lists: Map<string, string>, tasks: Map<string, string>, existing: ExistingData): ArchivedTask {
  const list_id = task.list_id && (lists.get(task.list_id) ?? task.list_id);
  const parent_id = task.parent_id && (tasks.get(task.parent_id) ?? task.parent_id);
  const noSeries = isOpen(task) && existing.openSeries.has(task.series_id ?? task.id) ? NOT_REPEATING : {};
  return { ...task, ...normalizeRecurrence(task, existing.timezone), list_id, parent_id, ...noSeries };
}

/** The parents come first. One that exists may be in another list by now than in the archive. */
function inParentsLists(tasks: NewTask[], existing: ExistingData): ArchivedTask[] {
  const lists = new Map(existing.tasks.map(({ id, listId }) => [id, listId]));
  return tasks.map(({ task }) => {
    const list_id = task.parent_id === null ? task.list_id : (lists.get(task.parent_id) ?? null);
    lists.set(task.id, list_id);
    return { ...task, list_id };
  });
}

/** Otherwise in the same order. Leaves out tasks that are below themselves. */
function parentsFirst(tasks: NewTask[]): NewTask[] {
  const byParent = Map.groupBy(tasks, ({ task }) => task.parent_id);
  const newIds = new Set(tasks.map(({ task }) => task.id));
  const ordered = tasks.filter(({ task }) => task.parent_id === null || !newIds.has(task.parent_id));
  // Breadth-first: `ordered` is also the queue.
  for (const { task } of ordered) ordered.push(...(byParent.get(task.id) ?? []));
  return ordered;
}
