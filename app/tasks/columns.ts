import type { Selectable } from "kysely";
import type { Database, Timestamp } from "#app/db/schema.ts";
import type { Due, Task, TaskInput } from "#app/tasks/task.ts";

type Row = Selectable<Database["task"]>;

/**
 * Where a column's value is in a task, with a dot before a member, and what kind of column it is:
 * - identity: set by the server, not restored by undo;
 * - field: set by callers, restored by undo;
 * - state: set by the server, restored by undo;
 * - revision: tells one change from another, so neither exported nor restored.
 */
interface Column {
  kind: "identity" | "field" | "state" | "revision";
  type: "uuid" | "text" | "text[]" | "smallint" | "date" | "time" | "timestamptz" | "bigint";
  path: keyof Task | `due.${keyof Due}` | `recurrence.${keyof NonNullable<TaskInput["recurrence"]>}`;
}

/**
 * The columns of a task, from which its mapping, statements, CSV, undo and history derive. In the order of a CSV file.
 * `due_at` is not here: it is computed from the due date and its zone for SQL to compare with.
 */
export const COLUMNS = {
  id: { kind: "identity", type: "uuid", path: "id" },
  title: { kind: "field", type: "text", path: "title" },
  notes: { kind: "field", type: "text", path: "notes" },
  status: { kind: "field", type: "text", path: "status" },
  parentId: { kind: "field", type: "uuid", path: "parentId" },
  labels: { kind: "field", type: "text[]", path: "labels" },
  priority: { kind: "field", type: "smallint", path: "priority" },
  dueDate: { kind: "field", type: "date", path: "due.date" },
  dueTime: { kind: "field", type: "time", path: "due.time" },
  dueTimezone: { kind: "field", type: "text", path: "due.timezone" },
  startDate: { kind: "field", type: "date", path: "startDate" },
  rrule: { kind: "field", type: "text", path: "recurrence.rrule" },
  recurrenceAnchor: { kind: "field", type: "text", path: "recurrence.anchor" },
  externalId: { kind: "field", type: "text", path: "externalId" },
  createdAt: { kind: "identity", type: "timestamptz", path: "createdAt" },
  updatedAt: { kind: "identity", type: "timestamptz", path: "updatedAt" },
  completedAt: { kind: "state", type: "timestamptz", path: "completedAt" },
  deletedAt: { kind: "state", type: "timestamptz", path: "deletedAt" },
  listId: { kind: "field", type: "uuid", path: "listId" },
  seriesId: { kind: "state", type: "uuid", path: "seriesId" },
  rank: { kind: "state", type: "text", path: "rank" },
  occurrenceDate: { kind: "state", type: "date", path: "occurrenceDate" },
  previousId: { kind: "state", type: "uuid", path: "previousId" },
  version: { kind: "revision", type: "bigint", path: "version" },
  changeSeq: { kind: "revision", type: "bigint", path: "changeSeq" },
} as const satisfies Record<Exclude<keyof Row, "userId" | "dueAt">, Column>;

export type ColumnName = keyof typeof COLUMNS;
export const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[];

type NameOfKind<Kind> = { [Name in ColumnName]: (typeof COLUMNS)[Name]["kind"] extends Kind ? Name : never }[ColumnName];

export function columnsOfKind<Kind extends Column["kind"]>(...kinds: Kind[]): NameOfKind<Kind>[] {
  return COLUMN_NAMES.filter((name): name is NameOfKind<Kind> => kinds.some((kind) => kind === COLUMNS[name].kind));
}

/** Does not compile while a property of a task has no column. */
export type Property = Root<(typeof COLUMNS)[ColumnName]["path"]>;
type Root<Path> = Path extends `${infer Property}.${string}` ? Property : Path;
({}) satisfies Record<Exclude<keyof Task, Property>, never>;

/** Null where the task has no value. */
export function columnValue(task: Partial<Task>, name: ColumnName): unknown {
  const [property = "", member] = COLUMNS[name].path.split(".");
  const value: unknown = task[property as keyof Task];
  return (member === undefined ? value : (value as Record<string, unknown> | null | undefined)?.[member]) ?? null;
}

/** A task's row as Postgres writes it in JSON, under camelCase names. Times of day are `HH:MM:SS`. */
export type TaskRowJson = { [Name in ColumnName]: Row[Name] extends Timestamp | null ? Extract<Row[Name], null> | string : Row[Name] };
