import type { Task } from "#app/tasks/task.ts";

/** The columns of the CSV format, in order, and the cell of each for a task. An empty cell is a field that is null or left out. */
const COLUMNS = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  notes: ({ notes }) => notes,
  status: ({ status }) => status,
  /** The list's name. */
  list: ({ listId }, names) => (listId && names.get(listId)) ?? "",
  parent_id: ({ parentId }) => parentId,
  labels: ({ labels }) => labels.join(","),
  priority: ({ priority }) => String(priority),
  due_date: ({ due }) => due?.date,
  due_time: ({ due }) => due?.time,
  due_timezone: ({ due }) => due?.timezone,
  start_date: ({ startDate }) => startDate,
  rrule: ({ recurrence }) => recurrence?.rrule,
  recurrence_anchor: ({ recurrence }) => recurrence?.anchor,
  external_id: ({ externalId }) => externalId,
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
  completed_at: ({ completedAt }) => completedAt,
  deleted_at: ({ deletedAt }) => deletedAt,
  list_id: ({ listId }) => listId,
  series_id: ({ seriesId }) => seriesId,
  rank: ({ rank }) => rank,
} as const satisfies Record<string, (task: Task, listNames: Map<string, string>) => string | null | undefined>;

export type Column = keyof typeof COLUMNS;
export const COLUMN_NAMES = Object.keys(COLUMNS) as Column[];

export function cellsOf(task: Task, listNames: Map<string, string>): string[] {
  return Object.values(COLUMNS).map((cell) => escapeFormula(cell(task, listNames) ?? ""));
}

/** A cell that spreadsheets execute, even behind apostrophes. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** Adds the apostrophe by which spreadsheets mark text. `unescapeFormula` removes that one only. */
function escapeFormula(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

export function unescapeFormula(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** The fields of an archived task, to be parsed by its schema. Empty cells are left out and get their default. */
export function fieldsOfCells(cells: Partial<Record<Column, string>>): Record<string, unknown> {
  const { labels, priority, due_date, due_time, due_timezone, rrule, recurrence_anchor, list: _list, ...same } = cells;
  return {
    ...same,
    ...(labels && { labels: labels.split(",") }),
    ...(priority && { priority: /^\d$/.test(priority) ? Number(priority) : priority }),
    ...((due_date || due_time || due_timezone) && { due: { date: due_date, time: due_time, timezone: due_timezone } }),
    ...((rrule || recurrence_anchor) && { recurrence: { rrule, anchor: recurrence_anchor ?? "due" } }),
  };
}

const COLUMN_OF: Record<string, Column> = {
  "/due": "due_date",
  "/due/date": "due_date",
  "/due/time": "due_time",
  "/due/timezone": "due_timezone",
  "/recurrence": "rrule",
  "/recurrence/rrule": "rrule",
  "/recurrence/anchor": "recurrence_anchor",
};

/** The column of the field that a JSON Pointer names. */
export function columnOf(pointer: string): Column {
  return COLUMN_OF[pointer] ?? (pointer.split("/")[1] as Column);
}
