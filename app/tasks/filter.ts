import { z } from "zod";
import { QueryFlag, queryInteger } from "#app/http/query-value.ts";
import { CalendarDate, ListId, TASK_SORTS, TaskId, text } from "#app/tasks/task.ts";

/** Rank at most this many matches: words that more tasks have make no match better than others, and ranking takes time. */
export const MAX_RANKED = 1000;

const Day = z.union([CalendarDate, z.literal("today")], "must be a day, YYYY-MM-DD, or the word today");

const Labels = z.array(text(50));

/** Which tasks, in which order; `-` before a sort reverses it. A task must match every part. Spelled as in a query string. */
export const TaskFilter = z.strictObject({
  status: z.enum(["open", "done", "all"]).default("all"),
  view: z.enum(["today", "upcoming", "overdue", "inbox"]).optional(),
  list_id: ListId.optional().describe("In this list, with subtasks."),
  parent_id: TaskId.optional().describe("Subtasks of this task."),
  label: Labels.optional().describe("Given several times: those with all of them."),
  any_label: Labels.optional().describe("Given several times: those with at least one of them."),
  not_label: Labels.optional().describe("Given several times: those with none of them."),
  min_priority: queryInteger(0, 3).optional(),
  has_due: QueryFlag.optional().describe("With a due date, or without one."),
  due_from: Day.optional().describe("Due on this day or later. `today`: the user's current day, in each of these filters."),
  due_to: Day.optional().describe("Due on this day or earlier."),
  completed_from: Day.optional().describe("Completed on this day of the user's or later."),
  completed_to: Day.optional().describe("Completed on this day of the user's or earlier."),
  created_from: Day.optional().describe("Created on this day of the user's or later."),
  created_to: Day.optional().describe("Created on this day of the user's or earlier."),
  q: text(500)
    .transform((q) => q.trim() || undefined)
    .optional()
    .describe(
      "Words of the title, the labels or the notes, without regard to case and accents. The last one may be unfinished. Empty: no search.",
    ),
  updated_since: z.iso.datetime({ offset: true }).optional().describe("Changed at this instant or later (RFC 3339)."),
  external_id: text(200).optional(),
  deleted: QueryFlag.optional().describe("The trash instead."),
  sort: z
    .enum([...TASK_SORTS, ...TASK_SORTS.map((sort) => `-${sort}` as const), "relevance"])
    .optional()
    .describe(
      `By default \`rank\`, the manual order; with \`q\`, \`relevance\`: the best match first, then open tasks, then in manual order (words that more than ${MAX_RANKED.toLocaleString("en")} tasks have make no match better: in manual order). \`due\` sorts each day by time, priority and manual order, untimed tasks after timed ones, and tasks without a due date last.`,
    ),
});
export type TaskFilter = z.infer<typeof TaskFilter> & {
  /** For pages: the top-level tasks of this list, or of the Inbox with null. */
  topLevelIn?: string | null;
};
