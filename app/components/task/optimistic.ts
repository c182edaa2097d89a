import { asEdited, asSet, type Calendar, onDay } from "#app/components/task/optimistic-task.ts";
import { captureLines } from "#app/tasks/capture/lines.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/** A task as the server has it, and as it will be once the forms on their way are carried out. */
export interface ForeseenRow {
  task: TaskView;
  isDone: boolean;
  isPending: boolean;
}

/** Rows as they will stand. When a form fails it is on its way no longer, and its rows are what they were. */
export function foreseen(tasks: TaskView[], forms: FormData[], calendar: Calendar): ForeseenRow[] {
  const rows = tasks.map((task) => ({ task, isDone: task.status === "done", isPending: false }));
  return forms.reduce((all, form) => after(all, form, calendar), rows);
}

/** The titles of the tasks that are being added, in that order: the subtasks of `parent`, or those that are no subtasks. */
export function comingTitles(forms: FormData[], parent: string | null = null): string[] {
  return forms.flatMap((form) => {
    if (form.get("parent") !== parent) return [];
    const lines = captureLines(String(form.get("lines") ?? "")).filter(({ parent }) => parent === null);
    if (lines.length > 0) return lines.map(({ text }) => text);
    return form.get("intent") === "create" ? [String(form.get("title"))] : [];
  });
}

function after(rows: ForeseenRow[], form: FormData, calendar: Calendar): ForeseenRow[] {
  const ids = form.getAll("id");
  const changed = (change: Partial<ForeseenRow>) =>
    rows.map((row) => (ids.includes(row.task.id) ? { ...row, isPending: true, ...change } : row));
  switch (form.get("intent")) {
    case "complete":
      return changed({ isDone: true });
    case "reopen":
      return changed({ isDone: false });
    case "update":
      return rows.map((row) => (ids.includes(row.task.id) ? { ...row, isPending: true, task: asEdited(row.task, form, calendar) } : row));
    case "delete":
      // An editor stays until what was typed in it is saved.
      return form.has("title") ? rows : rows.filter((row) => !ids.includes(row.task.id));
    case "move":
      return moved(rows, ({ task }) => task.id, form);
    case "move-overdue":
      return rows.map((row) =>
        row.task.isOverdue ? { ...row, task: onDay(row.task, calendar.today, calendar.today), isPending: true } : row,
      );
    case "bulk":
      return afterBulk(rows, form, ids, calendar);
    default:
      return rows;
  }
}

function afterBulk(rows: ForeseenRow[], form: FormData, ids: FormDataEntryValue[], calendar: Calendar): ForeseenRow[] {
  const set = form.get("set");
  if (set === "trash") return rows.filter(({ task }) => !ids.includes(task.id));
  return rows.map((row) => {
    if (!ids.includes(row.task.id)) return row;
    return { task: asSet(row.task, form, calendar), isDone: row.isDone || set === "done", isPending: true };
  });
}

/** Lists in the order in which they will stand. */
export function foreseenLists<List extends { id: string }>(lists: List[], forms: FormData[]): List[] {
  const moves = forms.filter((form) => form.get("intent") === "move-list");
  return moves.reduce((all, form) => moved(all, ({ id }) => id, form), lists);
}

/** The form's `place` is `before` or `after`, and the id beside which to stand. */
function moved<Item>(items: Item[], idOf: (item: Item) => string, form: FormData): Item[] {
  const [where, neighbour] = String(form.get("place")).split(" ");
  const item = items.find((one) => idOf(one) === form.get("id"));
  const others = items.filter((other) => other !== item);
  const index = others.findIndex((one) => idOf(one) === neighbour);
  if (item === undefined || index < 0) return items;
  return others.toSpliced(where === "after" ? index + 1 : index, 0, item);
}
