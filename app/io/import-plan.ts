import type { Archive, ArchivedList, ArchivedTask, EntryProblem } from "#app/io/archive.ts";
import { cyclic, parentsFirst } from "#app/io/parents-first.ts";
import { isOpen, repeated, taskProblems } from "#app/io/task-problems.ts";
import { mapped } from "#app/io/yielding.ts";
import { normalizeRecurrence } from "#app/tasks/rules.ts";

/** As much of what a user has as an archive may meet. */
export interface Present {
  lists: { id: string; name: string }[];
  tasks: { id: string; parentId: string | null; isTrashed: boolean }[];
  /** The task that has an external id, of those that are not in the trash. */
  externalIds: Map<string, string>;
  /** Those that have an open occurrence. */
  openSeries: Set<string>;
}

/** A task of the archive that is not there yet, and the how-manieth it is in the archive. */
export interface Entry {
  index: number;
  task: ArchivedTask;
}

export interface Plan {
  lists: ArchivedList[];
  /** Parents before their subtasks. */
  tasks: ArchivedTask[];
  /** What is there already stays as it is. */
  skipped: { lists: number; tasks: number };
}

/** What taking an archive in would make, or everything that stands against it. */
export async function planned(archive: Archive, present: Present): Promise<Plan | EntryProblem[]> {
  const lists = newLists(archive, present);
  const tasks = newTasks(archive, present);
  const entries = await mapped(tasks.entries, ({ index, task }) => ({
    index,
    task: fitted(task, lists.ids, tasks.ids, present),
  }));
  const problems = [
    ...repeated("lists", "/id", archive.lists, ({ id }) => id),
    ...repeated("tasks", "/id", archive.tasks, ({ id }) => id),
    ...(await taskProblems(entries, [...present.lists, ...lists.entries], present.tasks)),
  ];
  if (problems.length > 0) return problems;
  const circle = cyclic(entries);
  if (circle) return [{ kind: "tasks", index: circle.index, pointer: "/parent_id", message: "is below the task itself" }];
  const skipped = { lists: archive.lists.length - lists.entries.length, tasks: archive.tasks.length - entries.length };
  return { lists: lists.entries, tasks: parentsFirst(entries).map(({ task }) => task), skipped };
}

/** `ids`: whose place each list of the archive takes, if not its own. */
function newLists({ lists }: Archive, present: Present): { entries: ArchivedList[]; ids: Map<string, string> } {
  const known = [...present.lists, ...lists.filter(({ isNamed }) => !isNamed)];
  const byName = new Map(known.toReversed().map(({ id, name }) => [name, id]));
  const ids = new Map(lists.flatMap(({ id, name, isNamed }) => (isNamed && byName.has(name) ? [[id, byName.get(name) ?? id]] : [])));
  const there = new Set(present.lists.map(({ id }) => id));
  return { entries: lists.filter(({ id }) => !ids.has(id) && !there.has(id)), ids };
}

/** `ids`: the task that is there in place of one of the archive, known by its external id. */
function newTasks({ tasks }: Archive, present: Present): { entries: Entry[]; ids: Map<string, string> } {
  const there = new Set(present.tasks.map(({ id }) => id));
  const ids = new Map<string, string>();
  const entries = tasks.flatMap((task, index) => {
    const { id } = task;
    const namesake = task.deleted_at || !task.external_id ? undefined : present.externalIds.get(task.external_id);
    if (!there.has(id) && namesake) ids.set(id, namesake);
    return there.has(id) || namesake ? [] : [{ index, task }];
  });
  return { entries, ids };
}

/** The task among what is there: what it is in or below may go by another id, and its series may be going on already. */
function fitted(task: ArchivedTask, lists: Map<string, string>, tasks: Map<string, string>, { openSeries }: Present): ArchivedTask {
  const list_id = task.list_id && (lists.get(task.list_id) ?? task.list_id);
  const parent_id = task.parent_id && (tasks.get(task.parent_id) ?? task.parent_id);
  const leaving = isOpen(task) && openSeries.has(task.series_id ?? task.id) ? { recurrence: null, series_id: null } : {};
  return { ...task, ...normalizeRecurrence(task), list_id, parent_id, ...leaving };
}
