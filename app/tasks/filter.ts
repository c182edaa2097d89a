import { z } from "zod";
import { PageLimit } from "#app/http/page-limit.ts";
import { CalendarDate, ListId, TASK_SORTS, TaskId, text } from "#app/tasks/task.ts";

/** Which tasks, in which order; `-` before a sort reverses it. A task must match every part. Spelled as in a query string. */
export const TaskFilter = z.strictObject({
  status: z.enum(["open", "done", "all"]).default("all"),
  view: z.enum(["today", "upcoming", "overdue", "inbox"]).optional(),
  list_id: ListId.optional().describe("In this list."),
  parent_id: TaskId.optional().describe("Subtasks of this task."),
  label: z.array(text(50)).optional().describe("Given several times: those with all of them."),
  min_priority: z.enum(["0", "1", "2", "3"]).transform(Number).optional(),
  due_from: CalendarDate.optional().describe("Due on this day or later."),
  due_to: CalendarDate.optional().describe("Due on this day or earlier."),
  q: text(500)
    .transform((q) => q.trim() || undefined)
    .optional()
    .describe(
      "Words of the title, the labels or the notes, without regard to case and accents. The last one may be unfinished. Empty: no search.",
    ),
  updated_since: z.iso.datetime({ offset: true }).optional().describe("Changed at this instant or later (RFC 3339)."),
  external_id: text(200).optional(),
  deleted: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional()
    .describe("The trash instead."),
  sort: z.enum([...TASK_SORTS, ...TASK_SORTS.map((sort) => `-${sort}` as const)]).default("rank"),
});
export type TaskFilter = z.infer<typeof TaskFilter> & {
  /** For pages: the top-level tasks of this list, or of the Inbox with null. */
  topLevelIn?: string | null;
};

export const TaskQuery = TaskFilter.extend({
  limit: PageLimit,
  cursor: z.string().optional().describe("The `next_cursor` of a page of the same filter."),
});
