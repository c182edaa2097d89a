import { z } from "zod";
import { camelKeys } from "#app/tasks/keys.ts";
import { Recurrence } from "#app/tasks/recurrence/recurrence.ts";
import { isTimeZone } from "#app/time.ts";

/** A UUID of any version; new ids are version 7. Upper case is accepted as the same id (RFC 9562, section 4). */
const Id = z.uuid().toLowerCase();

export const TaskId = Id;
export type TaskId = z.infer<typeof TaskId>;

/** Postgres throws at text that is no UUID; such an id names no task. */
export function isTaskId(id: string): boolean {
  return TaskId.safeParse(id).success;
}

/**
 * Text that Postgres can store: no U+0000, no lone surrogate.
 * The maximum counts code points, as JSON Schema and Postgres do.
 */
export function text(maximum: number) {
  return z
    .string()
    .refine((value) => !value.includes("\0"), "must not contain U+0000")
    .refine((value) => value.isWellFormed(), "must be well-formed Unicode")
    .refine((value) => [...value].length <= maximum, `must have at most ${maximum} characters`)
    .meta({ maxLength: maximum });
}

/** At least one character after trimming both ends. */
export function trimmedText(maximum: number) {
  return z
    .string()
    .trim()
    .meta({ minLength: 1, maxLength: maximum })
    .pipe(
      text(maximum)
        .refine((value) => value.length > 0, "must not be empty")
        .meta({ minLength: 1, maxLength: maximum }),
    );
}

const Notes = text(20_000).meta({ description: "Markdown.", maxLength: 20_000 });

export const TaskStatus = z.enum(["open", "done"]);
export type TaskStatus = z.infer<typeof TaskStatus>;

const PRIORITY = "must be a whole number from 0 to 3";
const Priority = z.int(PRIORITY).min(0, PRIORITY).max(3, PRIORITY).meta({ description: "0 none, 1 low, 2 medium, 3 high." });

export const ListId = Id.meta({ description: "A list of this user. Null: the Inbox." });
const TaskListId = ListId.meta({
  description:
    "A list of this user. Null: the Inbox. A subtask is in its parent's list: left out, or null beside `parent_id`, it means that list.",
});
const ParentId = TaskId.meta({ description: "One level: a parent has no parent of its own." });
export const ExternalId = trimmedText(200).meta({
  description:
    "A script's own name for the task, unique among tasks not in the trash. When a repeating task is completed, its next occurrence takes it over.",
});

export const Label = trimmedText(50).refine((label) => !label.includes(","), "must not contain a comma");

const Labels = z
  .array(Label)
  .max(20, "must be at most 20 labels")
  .refine((labels) => new Set(labels).size === labels.length, "must be distinct")
  .meta({
    description:
      "Spellings that differ only in case or Unicode form are one label, written and read in the spelling that the user's tasks had first. Accents make another label.",
  });

/** Postgres has no year 0. */
export const CalendarDate = z.iso
  .date("must be a day, YYYY-MM-DD")
  .refine((value) => !value.startsWith("0000"), "must be a day of year 1 to 9999")
  .meta({ description: "A calendar day." });

const WallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time from 00:00 to 23:59")
  .meta({ description: "A wall clock's time." });

const TimeZone = z.string().refine(isTimeZone, "must be an IANA time zone").meta({
  description: "An IANA time zone. Without one the time floats with the user. Without a time it has no effect until there is one.",
});

const DUE = [
  "Overdue is a task whose day has ended, or whose time has passed. A time without a zone is the instant that it has in the user's: of a time that comes twice when clocks go back the first one, and one that they skip has the offset from before (RFC 5545, section 3.3.5).",
  "For views, a time with a zone counts on its day by the user's clock; where that clock skips the end of a day, a time in the gap stays on its own day.",
].join(" ");

export const Due = z
  .strictObject({
    date: CalendarDate,
    time: WallTime.nullable().default(null),
    timezone: TimeZone.nullable().default(null),
  })
  .meta({ description: DUE });
export type Due = z.infer<typeof Due>;

export const TaskInputJson = z.strictObject({
  title: trimmedText(500),
  notes: Notes.default(""),
  status: TaskStatus.default("open"),
  list_id: TaskListId.nullable().default(null),
  parent_id: ParentId.nullable().default(null),
  labels: Labels.default([]),
  priority: Priority.default(0),
  due: Due.nullable().default(null),
  start_date: CalendarDate.nullable().default(null),
  recurrence: Recurrence.nullable().default(null),
  external_id: ExternalId.nullable().default(null),
});
type WritableField = keyof typeof TaskInputJson.shape;

export const TaskInput = TaskInputJson.transform((fields) => camelKeys(fields));
export type TaskInput = z.infer<typeof TaskInput>;

/** A whole task in place of another, as JSON: every field is required, so that nothing is wiped by omission. */
export const TaskReplacementJson = z.strictObject({
  title: trimmedText(500),
  notes: Notes,
  status: TaskStatus,
  list_id: TaskListId.nullable(),
  parent_id: ParentId.nullable(),
  labels: Labels,
  priority: Priority,
  due: Due.nullable(),
  start_date: CalendarDate.nullable(),
  recurrence: Recurrence.nullable(),
  external_id: ExternalId.nullable(),
} satisfies Record<WritableField, z.ZodType>);

/**
 * JSON Merge Patch (RFC 7396): an absent field stays, also inside `due` and `recurrence`; null clears.
 * A title and a status can't be cleared.
 */
export const TaskChangesJson = z.strictObject({
  title: trimmedText(500).optional(),
  notes: Notes.nullable()
    .transform((value) => value ?? "")
    .optional(),
  status: TaskStatus.optional(),
  list_id: TaskListId.nullable().optional(),
  parent_id: ParentId.nullable().optional(),
  labels: Labels.nullable()
    .transform((value) => value ?? [])
    .optional(),
  priority: Priority.nullable()
    .transform((value) => value ?? 0)
    .optional(),
  due: z.strictObject({ date: CalendarDate, time: WallTime.nullable(), timezone: TimeZone.nullable() }).partial().nullable().optional(),
  start_date: CalendarDate.nullable().optional(),
  recurrence: Recurrence.partial().nullable().optional(),
  external_id: ExternalId.nullable().optional(),
} satisfies Record<WritableField, z.ZodType>);

export const TaskChanges = TaskChangesJson.transform((fields) => camelKeys(fields));
export type TaskChanges = z.infer<typeof TaskChanges>;

/** Instants are RFC 3339 in UTC with milliseconds. */
export interface Task extends TaskInput {
  id: TaskId;
  /** The same for every occurrence of a repeating task. */
  seriesId: string | null;
  /** The day that the rule gave this occurrence of a repeating task. Null: its due date. */
  occurrenceDate: string | null;
  /** The occurrence whose completion created this one. It may be gone. */
  previousId: TaskId | null;
  /** A fractional index: tasks in manual order are in byte order of their ranks. */
  rank: string;
  createdAt: string;
  updatedAt: string;
  completedAt: string | null;
  deletedAt: string | null;
  version: number;
  /** The number of the latest change to the task; undo finds the task by it. */
  changeSeq: number;
}

export const TASK_SORTS = ["rank", "due", "priority", "created_at", "updated_at", "title"] as const;
