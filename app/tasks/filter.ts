import { z } from "zod";
import { PageLimit } from "#app/http/page-limit.ts";
import { CalendarDate, ListId, TASK_SORTS, TaskId, text } from "#app/tasks/task.ts";

/** Which tasks, in which order; `-` in front of a sort turns it round. Every part narrows further. */
export const TaskFilter = z.strictObject({
  status: z.enum(["open", "done", "all"]).default("all"),
  view: z.enum(["today", "upcoming", "overdue", "inbox"]).optional(),
  list_id: ListId.optional(),
  parent_id: TaskId.optional(),
  /** All of them. */
  label: z.array(text(50)).optional(),
  min_priority: z.enum(["0", "1", "2", "3"]).transform(Number).optional(),
  due_from: CalendarDate.optional(),
  due_to: CalendarDate.optional(),
  /** Words of the title, the labels or the notes; the last one may be unfinished. */
  q: text(500).optional(),
  updated_since: z.iso.datetime({ offset: true }).optional(),
  external_id: text(200).optional(),
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

/** A filter and a page of it, as an address says it. */
export const TaskQuery = TaskFilter.extend({
  limit: PageLimit,
  cursor: z.string().optional(),
});
