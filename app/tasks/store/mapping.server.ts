import { type Selectable, sql } from "kysely";
import type { Database, Timestamp } from "#app/db/schema.ts";
import { dueInstant } from "#app/tasks/dates.ts";
import type { Due, Task, TaskInput } from "#app/tasks/task.ts";

/** Named one by one: `select *` under a named statement fails after a migration adds a column. */
export const TASK_COLUMNS = [
  "id",
  "listId",
  "parentId",
  "title",
  "notes",
  "status",
  "priority",
  "labels",
  "dueDate",
  "dueTime",
  "dueTimezone",
  "startDate",
  "rrule",
  "recurrenceAnchor",
  "seriesId",
  "rank",
  "externalId",
  "createdAt",
  "updatedAt",
  "completedAt",
  "deletedAt",
  "version",
  "changeSeq",
] as const satisfies (keyof Database["task"])[];

export type TaskRow = Pick<Selectable<Database["task"]>, (typeof TASK_COLUMNS)[number]>;

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    title: row.title,
    notes: row.notes,
    status: row.status,
    listId: row.listId,
    parentId: row.parentId,
    labels: row.labels,
    priority: row.priority,
    due: row.dueDate === null ? null : { date: row.dueDate, time: row.dueTime?.slice(0, 5) ?? null, timezone: row.dueTimezone },
    startDate: row.startDate,
    recurrence: row.rrule === null ? null : { rrule: row.rrule, anchor: row.recurrenceAnchor ?? "due" },
    seriesId: row.seriesId,
    rank: row.rank,
    externalId: row.externalId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    completedAt: row.completedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    version: row.version,
    changeSeq: row.changeSeq,
  };
}

/** Writable fields as values for their columns. */
export function toValues(fields: TaskInput) {
  return {
    title: fields.title,
    notes: fields.notes,
    status: fields.status,
    listId: fields.list_id,
    parentId: fields.parent_id,
    labels: fields.labels,
    priority: fields.priority,
    dueDate: fields.due?.date ?? null,
    dueTime: fields.due?.time ?? null,
    dueTimezone: fields.due?.timezone ?? null,
    dueSeconds: secondsOf(fields.due),
    startDate: fields.start_date,
    rrule: fields.recurrence?.rrule ?? null,
    recurrenceAnchor: fields.recurrence?.anchor ?? null,
    externalId: fields.external_id,
  };
}
export type TaskValues = ReturnType<typeof toValues>;

/** A number: Postgres and RFC 3339 spell the years before 1 and after 9999 differently. */
function secondsOf(due: Due | null): number | null {
  const instant = due && dueInstant(due);
  return instant && instant.epochMilliseconds / 1000;
}

/** The columns that the values are written to. */
export function columnsOf(values: TaskValues) {
  return {
    title: values.title,
    notes: values.notes,
    status: values.status,
    listId: values.listId,
    parentId: values.parentId,
    labels: values.labels,
    priority: values.priority,
    dueDate: values.dueDate,
    dueTime: values.dueTime,
    dueTimezone: values.dueTimezone,
    dueAt: sql<Timestamp | null>`to_timestamp(${values.dueSeconds})`,
    startDate: values.startDate,
    rrule: values.rrule,
    recurrenceAnchor: values.recurrenceAnchor,
    externalId: values.externalId,
  };
}

/** The columns that writable fields are kept in. */
export function toColumns(fields: TaskInput) {
  return columnsOf(toValues(fields));
}
