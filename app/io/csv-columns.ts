import type { Task } from "#app/tasks/task.ts";

/** One row a task. What is empty in a table is null, or nothing, in a task. */
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

/** The task's cells, in the order of the columns. */
export function cellsOf(task: Task, listNames: Map<string, string>): string[] {
  return Object.values(COLUMNS).map((cell) => shielded(cell(task, listNames) ?? ""));
}

/** What a spreadsheet would carry out, even with apostrophes before it. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** With an apostrophe in front, which spreadsheets take for "this is text". `unshielded` takes off just that one. */
function shielded(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

export function unshielded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** Cells as the fields of an archived task; the empty ones are left out, for what is there without them. */
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

/** The column that a field of a task stands in. */
export function columnOf(pointer: string): Column {
  return COLUMN_OF[pointer] ?? (pointer.split("/")[1] as Column);
}
