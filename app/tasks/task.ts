import { z } from "zod";

/** A UUID of any version: ours are version 7. What isn't one names no task. */
export const TaskId = z.uuid();
export type TaskId = z.infer<typeof TaskId>;

/**
 * Text as Postgres and a person can hold it: no U+0000, no half of a surrogate pair.
 * A character is a code point, as it is in JSON Schema and in Postgres.
 */
function text(maximum: number) {
  return z
    .string()
    .refine((value) => !value.includes("\0"), "must not contain U+0000")
    .refine((value) => value.isWellFormed(), "must be well-formed Unicode")
    .refine((value) => [...value].length <= maximum, `must have at most ${maximum} characters`);
}

const Title = z
  .string()
  .trim()
  .pipe(text(500).refine((value) => value.length > 0, "must not be empty"));

const Notes = text(20_000);

export const TaskStatus = z.enum(["open", "done"]);
export type TaskStatus = z.infer<typeof TaskStatus>;

const Priority = z.int().min(0).max(3);

/** A calendar day, `YYYY-MM-DD`. There is no year 0 in Postgres. */
export const CalendarDate = z.iso.date().refine((value) => !value.startsWith("0000"), "must be a day of year 1 to 9999");

const Due = z.strictObject({ date: CalendarDate });

/** A task as one user sees it. Times are RFC 3339 in UTC with milliseconds. */
export interface Task {
  id: TaskId;
  title: string;
  notes: string;
  status: TaskStatus;
  /** 0 none, 1 low, 2 medium, 3 high. */
  priority: number;
  due: z.infer<typeof Due> | null;
  /** A fractional index: tasks in hand order are in byte order of this. */
  rank: string;
  createdAt: string;
  updatedAt: string;
  completedAt: string | null;
  deletedAt: string | null;
  /** One more with every change. */
  version: number;
}

/** A new task: the title is all it needs. */
export const TaskInput = z.strictObject({
  title: Title,
  notes: Notes.default(""),
  status: TaskStatus.default("open"),
  priority: Priority.default(0),
  due: Due.nullable().default(null),
});
export type TaskInput = z.infer<typeof TaskInput>;

/** A whole task in place of another: nothing may be missing, so that nothing is wiped by omission. */
export const TaskReplacement = z.strictObject({
  title: Title,
  notes: Notes,
  status: TaskStatus,
  priority: Priority,
  due: Due.nullable(),
});

/** JSON Merge Patch (RFC 7396): what is absent stays, null clears. A title and a status can't be cleared. */
export const TaskChanges = z.strictObject({
  title: Title.optional(),
  notes: Notes.nullable()
    .transform((value) => value ?? "")
    .optional(),
  status: TaskStatus.optional(),
  priority: Priority.nullable()
    .transform((value) => value ?? 0)
    .optional(),
  due: Due.nullable().optional(),
});
export type TaskChanges = z.infer<typeof TaskChanges>;

export const TASK_SORTS = ["rank", "due", "priority", "created_at", "updated_at", "title"] as const;

/** Which tasks, in which order; `-` in front of a sort turns it round. */
export const TaskFilter = z.strictObject({
  status: z.enum(["open", "done", "all"]).default("all"),
  sort: z.enum([...TASK_SORTS, ...TASK_SORTS.map((sort) => `-${sort}` as const)]).default("rank"),
});
export type TaskFilter = z.infer<typeof TaskFilter>;
