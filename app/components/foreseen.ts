import { captureLines } from "#app/tasks/capture-lines.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/** A task as the server has it, and as it will be once the forms on their way are carried out. */
export interface ForeseenRow {
  task: TaskView;
  isDone: boolean;
  isPending: boolean;
}

/** Rows as they will stand. When a form fails it is on its way no longer, and its rows are what they were. */
export function foreseen(tasks: TaskView[], forms: FormData[]): ForeseenRow[] {
  const rows = tasks.map((task) => ({ task, isDone: task.status === "done", isPending: false }));
  return forms.reduce(after, rows);
}

/** The titles of the tasks that are being added, in that order. */
export function comingTitles(forms: FormData[]): string[] {
  return forms.flatMap((form) => {
    const lines = captureLines(String(form.get("lines") ?? "")).filter(({ parent }) => parent === null);
    if (lines.length > 0) return lines.map(({ text }) => text);
    return form.get("intent") === "create" && !form.has("parent") ? [String(form.get("title"))] : [];
  });
}

function after(rows: ForeseenRow[], form: FormData): ForeseenRow[] {
  const ids = form.getAll("id");
  const changed = (change: Partial<ForeseenRow>) =>
    rows.map((row) => (ids.includes(row.task.id) ? { ...row, isPending: true, ...change } : row));
  switch (form.get("intent")) {
    case "complete":
      return changed({ isDone: true });
    case "reopen":
      return changed({ isDone: false });
    case "delete":
      return rows.filter((row) => !ids.includes(row.task.id));
    case "move":
      return moved(rows, ids[0], String(form.get("place")));
    case "bulk":
      return afterBulk(rows, String(form.get("set")), ids);
    default:
      return rows;
  }
}

function afterBulk(rows: ForeseenRow[], set: string, ids: FormDataEntryValue[]): ForeseenRow[] {
  const [what, value] = set.split(" ");
  if (what === "trash") return rows.filter(({ task }) => !ids.includes(task.id));
  return rows.map((row) => {
    if (!ids.includes(row.task.id)) return row;
    const task = what === "priority" ? { ...row.task, priority: Number(value) } : row.task;
    return { task, isDone: row.isDone || what === "done", isPending: true };
  });
}

/** `place` is `before` or `after`, and the task beside which to stand. */
function moved(rows: ForeseenRow[], id: FormDataEntryValue | undefined, place: string): ForeseenRow[] {
  const [where, neighbour] = place.split(" ");
  const row = rows.find(({ task }) => task.id === id);
  const others = rows.filter((other) => other !== row);
  const index = others.findIndex(({ task }) => task.id === neighbour);
  if (!row || index < 0) return rows;
  return others.toSpliced(where === "after" ? index + 1 : index, 0, row);
}
