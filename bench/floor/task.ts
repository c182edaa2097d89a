import { COLUMNS, type ColumnName, columnsOfKind, columnValue } from "#app/tasks/columns.ts";
import { dueInstant } from "#app/tasks/dates.ts";
import { snakeCase } from "#app/tasks/keys.ts";
import type { Task, TaskInput } from "#app/tasks/task.ts";

const FIELDS = columnsOfKind("field");
export const FIELD_COLUMNS = FIELDS.map(snakeCase);

/** The values of `FIELD_COLUMNS`, then the instant at which the task is due, in seconds. */
export function columnValues(fields: TaskInput): unknown[] {
  const dueAt = fields.due && dueInstant(fields.due);
  return [...FIELDS.map((name) => columnValue(fields, name)), dueAt ? dueAt.epochMilliseconds / 1000 : null];
}

/** Columns with a property of the same name. */
const WHOLE = (Object.keys(COLUMNS) as ColumnName[])
  .filter((name) => COLUMNS[name].path === name)
  .map((name) => [name, snakeCase(name), COLUMNS[name].type === "timestamptz"] as const);
const EMPTY = Object.fromEntries([...WHOLE.map(([name]) => [name, null]), ["due", null], ["recurrence", null]]);

// biome-ignore lint/suspicious/noExplicitAny: a row as pg gives it.
export type Row = any;

export function taskOf(row: Row): Task {
  const task = { ...EMPTY };
  for (const [name, column, isInstant] of WHOLE) task[name] = isInstant ? (row[column]?.toISOString() ?? null) : row[column];
  task.due = row.due_date && { date: row.due_date, time: row.due_time?.slice(0, 5) ?? null, timezone: row.due_timezone };
  task.recurrence = row.rrule && { rrule: row.rrule, anchor: row.recurrence_anchor };
  return task as Task;
}
