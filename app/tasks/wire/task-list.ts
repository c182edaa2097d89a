import { z } from "zod";
import { PageLimit } from "#app/http/page-limit.ts";
import { QueryFlag } from "#app/http/query-value.ts";
import { TaskFilter } from "#app/tasks/filter.ts";
import type { Task } from "#app/tasks/task.ts";
import { TaskJson, taskJson } from "#app/tasks/wire/task-json.ts";

const FIELD_NAMES: string[] = TaskJson.keyof().options;

const Fields = z
  .string()
  .meta({
    description: `Each task of the answer has only these properties. Names separated by commas: \`${FIELD_NAMES.join("`, `")}\`.`,
    pattern: `^(${FIELD_NAMES.join("|")})(,(${FIELD_NAMES.join("|")}))*$`,
  })
  .transform((list) => [...new Set(list.split(","))])
  .superRefine((names, context) => {
    const unknown = names.filter((name) => !FIELD_NAMES.includes(name));
    if (unknown.length > 0) context.addIssue(`must be names of fields, separated by commas, not ${unknown.join(", ")}`);
  });

/** Parameters that may be given several times. */
export const REPEATABLE = ["label", "any_label", "not_label"];

export const TaskQuery = TaskFilter.extend({
  limit: PageLimit,
  cursor: z.string().optional().describe("The `next_cursor` of a page of the same filter."),
  fields: Fields.optional(),
  total: QueryFlag.optional().describe("Whether the page says how many tasks match in all."),
}).refine(({ sort, q }) => sort !== "relevance" || q !== undefined, {
  path: ["sort"],
  error: "relevance needs q",
  // With other problems as well: all are reported at once.
  when: () => true,
});

export const TaskPage = z.strictObject({
  items: z.array(TaskJson),
  next_cursor: z.string().nullable().meta({ description: "Opens the next page, with the same filter. Null: this is the last." }),
  total: z.int().optional().meta({ description: "With `total=true`: how many tasks match on all pages." }),
});

export const TaskPart = TaskJson.partial().meta({ description: "Of a task, the properties that `fields` names and no others." });

/** With `fields`. */
export const TaskPartPage = TaskPage.extend({ items: z.array(TaskPart) });

export const AnyTaskPage = z
  .union([TaskPage, TaskPartPage])
  .meta({ description: "Without `fields` a page of whole tasks, with `fields` one of parts of tasks." });

export function pageItem(task: Task, fields: string[] | undefined): Record<string, unknown> {
  const json: Record<string, unknown> = taskJson(task);
  return fields ? Object.fromEntries(fields.map((name) => [name, json[name]])) : json;
}
