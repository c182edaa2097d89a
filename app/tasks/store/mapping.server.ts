import { type Selectable, sql } from "kysely";
import type { Database, Timestamp } from "#app/db/schema.ts";
import { COLUMN_NAMES, COLUMNS, type ColumnName, columnsOfKind, columnValue } from "#app/tasks/columns.ts";
import { dueInstant } from "#app/tasks/dates.ts";
import type { Due, Task, TaskInput } from "#app/tasks/task.ts";

type Row = Selectable<Database["task"]>;
export type TaskRow = Pick<Row, ColumnName>;

/** Named one by one: `select *` under a named statement fails after a migration adds a column. */
export const TASK_COLUMNS = COLUMN_NAMES;

/** Columns stored whole in a property of the same name: the name, and whether the value is an instant. */
const WHOLE = COLUMN_NAMES.filter((name) => COLUMNS[name].path === name).map(
  (name) => [name, COLUMNS[name].type === "timestamptz"] as const,
);

/** Copied and filled in: adding the properties one by one takes several times as long. */
const EMPTY = Object.fromEntries([...WHOLE.map(([name]) => [name, null]), ["due", null], ["recurrence", null]]);

export function toTask(row: TaskRow): Task {
  const task: Record<string, unknown> = { ...EMPTY };
  for (const [name, isInstant] of WHOLE) {
    const value = row[name];
    task[name] = isInstant && value !== null ? (value as Timestamp).toISOString() : value;
  }
  if (row.dueDate !== null) task.due = { date: row.dueDate, time: row.dueTime?.slice(0, 5) ?? null, timezone: row.dueTimezone };
  if (row.rrule !== null) task.recurrence = { rrule: row.rrule, anchor: row.recurrenceAnchor ?? "due" };
  return task as unknown as Task;
}

const FIELD_COLUMNS = columnsOfKind("field");
type FieldColumns = Pick<Row, (typeof FIELD_COLUMNS)[number]>;

export type TaskValues = FieldColumns & { dueSeconds: number | null };

export function toValues(fields: TaskInput): TaskValues {
  const values = Object.fromEntries(FIELD_COLUMNS.map((name) => [name, columnValue(fields, name)])) as FieldColumns;
  return { ...values, dueSeconds: dueSeconds(fields.due) };
}

/** As a number, because Postgres and RFC 3339 spell the years before 1 and after 9999 differently. */
export function dueSeconds(due: Due | null): number | null {
  const instant = due && dueInstant(due);
  return instant && instant.epochMilliseconds / 1000;
}

/** Does not look into the values, so each may be a placeholder of a prepared statement. */
export function columnsOf(values: TaskValues) {
  const fields = Object.fromEntries(FIELD_COLUMNS.map((name) => [name, values[name]])) as FieldColumns;
  return { ...fields, dueAt: sql<Timestamp | null>`to_timestamp(${values.dueSeconds})` };
}

export function toColumns(fields: TaskInput) {
  return columnsOf(toValues(fields));
}
