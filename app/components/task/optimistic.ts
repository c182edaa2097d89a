import { applyBulk, applyEdit, withDueDate } from "#app/components/task/optimistic-task.ts";
import type { Calendar } from "#app/components/ui/layout-data.ts";
import { captureLines } from "#app/tasks/capture/lines.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/** A row with the pending forms applied. `task.status` stays the server's; `isDone` is the expected one. */
export interface OptimisticRow {
  task: TaskView;
  isDone: boolean;
  isPending: boolean;
}

/** The rows as they will be once all pending forms succeed. A form that fails is no longer pending, which reverts its rows. */
export function optimisticRows(tasks: TaskView[], forms: FormData[], calendar: Calendar): OptimisticRow[] {
  const rows = tasks.map((task) => ({ task, isDone: task.status === "done", isPending: false }));
  return inParentsLists(forms.reduce((all, form) => applyForm(all, form, calendar), rows));
}

/** Moves subtasks along when a form moves their parent to another list. */
function inParentsLists(rows: OptimisticRow[]): OptimisticRow[] {
  const tasks = new Map(rows.map(({ task }) => [task.id, task]));
  return rows.map((row) => {
    const parent = tasks.get(row.task.parentId ?? "");
    return parent && parent.listId !== row.task.listId ? { ...row, task: { ...row.task, listId: parent.listId } } : row;
  });
}

/** The titles of the tasks that pending forms add, in order: subtasks of `parent`, or top-level tasks for `null`. */
export function pendingTitles(forms: FormData[], parent: string | null = null): string[] {
  return forms.flatMap((form) => {
    if (form.get("parent") !== parent) return [];
    const lines = captureLines(String(form.get("lines") ?? "")).filter(({ parent, isDone }) => parent === null && !isDone);
    if (lines.length > 0) return lines.map(({ text }) => text);
    return form.get("intent") === "create" ? [String(form.get("title"))] : [];
  });
}

function applyForm(rows: OptimisticRow[], form: FormData, calendar: Calendar): OptimisticRow[] {
  const ids = form.getAll("id");
  switch (form.get("intent")) {
    case "complete":
      return updateRows(rows, ids, () => ({ isDone: true }));
    case "reopen":
      return updateRows(rows, ids, () => ({ isDone: false }));
    case "update":
      return updateRows(rows, ids, ({ task }) => ({ task: applyEdit(task, form, calendar) }));
    case "delete":
      // An editor that is submitted with the deletion stays mounted until its values are saved.
      return form.has("title") ? rows : withoutRows(rows, ids);
    case "move":
      return applyMove(rows, ({ task }) => task.id, form);
    case "move-overdue":
      return rows.map((row) =>
        row.task.isOverdue ? { ...row, task: withDueDate(row.task, calendar.today, calendar.today), isPending: true } : row,
      );
    case "bulk":
      return applyBulkForm(rows, form, calendar);
    default:
      return rows;
  }
}

function applyBulkForm(rows: OptimisticRow[], form: FormData, calendar: Calendar): OptimisticRow[] {
  const ids = form.getAll("id");
  const command = form.get("set");
  if (command === "trash") return withoutRows(rows, ids);
  return updateRows(rows, ids, ({ task, isDone }) => ({
    task: applyBulk(task, form, calendar),
    isDone: isDone || command === "done",
  }));
}

function updateRows(
  rows: OptimisticRow[],
  ids: FormDataEntryValue[],
  changesTo: (row: OptimisticRow) => Partial<OptimisticRow>,
): OptimisticRow[] {
  return rows.map((row) => (ids.includes(row.task.id) ? { ...row, isPending: true, ...changesTo(row) } : row));
}

function withoutRows(rows: OptimisticRow[], ids: FormDataEntryValue[]): OptimisticRow[] {
  return rows.filter(({ task }) => !ids.includes(task.id));
}

export function optimisticLists<List extends { id: string }>(lists: List[], forms: FormData[]): List[] {
  const moves = forms.filter((form) => form.get("intent") === "move-list");
  return moves.reduce((all, form) => applyMove(all, ({ id }) => id, form), lists);
}

/** The form's `place` is `before <id>` or `after <id>`. A move of or beside an unknown item changes nothing. */
function applyMove<Item>(items: Item[], idOf: (item: Item) => string, form: FormData): Item[] {
  const [side, neighbour] = String(form.get("place")).split(" ");
  const item = items.find((one) => idOf(one) === form.get("id"));
  const others = items.filter((other) => other !== item);
  const index = others.findIndex((one) => idOf(one) === neighbour);
  if (item === undefined || index < 0) return items;
  return others.toSpliced(side === "after" ? index + 1 : index, 0, item);
}
