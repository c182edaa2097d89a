import { z } from "zod";
import { CalendarDate, TASK_SORTS, TaskId } from "#app/tasks/task.ts";

/** Which tasks, in which order; `-` in front of a sort turns it round. Every part narrows further. */
export const TaskFilter = z.strictObject({
  status: z.enum(["open", "done", "all"]).default("all"),
  view: z.enum(["today", "upcoming", "overdue", "inbox"]).optional(),
  list_id: z.uuid().optional(),
  parent_id: TaskId.optional(),
  /** All of them. */
  label: z.array(z.string()).optional(),
  min_priority: z.enum(["0", "1", "2", "3"]).transform(Number).optional(),
  due_from: CalendarDate.optional(),
  due_to: CalendarDate.optional(),
  /** Words of the title, the labels or the notes; the last one may be unfinished. */
  q: z.string().max(500).optional(),
  /** RFC 3339. */
  updated_since: z.iso
    .datetime({ offset: true })
    .refine((value) => !value.startsWith("0000"), "must be of year 1 to 9999")
    .optional(),
  external_id: z.string().optional(),
  /** The trash instead. */
  deleted: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
  sort: z.enum([...TASK_SORTS, ...TASK_SORTS.map((sort) => `-${sort}` as const)]).default("rank"),
});
export type TaskFilter = z.infer<typeof TaskFilter> & {
  /** For pages: a list, or with null the Inbox; without subtasks, which stand with their parents. */
  place?: string | null;
};
