import { z } from "zod";
import { publicUrl } from "#app/http/public-url.ts";
import { type FieldProblem, fieldsOf, validateReadOnly } from "#app/tasks/rules.ts";
import { type Task, TaskChanges, TaskId, TaskReplacement } from "#app/tasks/task.ts";

const Instant = z.iso.datetime().meta({ description: "UTC, with milliseconds." });

const ReadOnlyFields = z.strictObject({
  id: TaskId.meta({ description: "UUIDv7, permanent, opaque." }),
  series_id: z.uuid().nullable().meta({ description: "The same for every occurrence of a repeating task." }),
  rank: z.string().meta({ description: "Tasks in hand order are in byte order of this." }),
  created_at: Instant,
  updated_at: Instant,
  completed_at: Instant.nullable(),
  deleted_at: Instant.nullable(),
  version: z.int().min(1).meta({ description: "One more with every change. The entity tag is this in quotes." }),
  url: z.url().meta({ description: "Its page, for a person." }),
});

/** A task on the wire, as every answer has it. */
export const TaskJson = TaskReplacement.extend(ReadOnlyFields.shape);

/** Ours to set: in a write they must be absent, or equal to what is stored. */
export const READ_ONLY_FIELDS = ReadOnlyFields.keyof().options;

/** Whoever sends back what they read may leave these fields in. That they are what is stored is seen beside the task. */
const sentBack = Object.fromEntries(READ_ONLY_FIELDS.map((field) => [field, z.unknown().optional()])) as Record<
  (typeof READ_ONLY_FIELDS)[number],
  z.ZodOptional<z.ZodUnknown>
>;
export const TaskPatch = TaskChanges.extend(sentBack);
export type TaskPatch = z.infer<typeof TaskPatch>;
export const TaskPut = TaskReplacement.extend(sentBack);

/** The only place that knows both spellings. */
export function taskJson(task: Task): z.output<typeof TaskJson> {
  return { id: task.id, ...fieldsOf(task), ...readOnlyFields(task) };
}

/** What completing a task comes to, on the wire. */
export const CompletedJson = z.strictObject({
  task: TaskJson,
  next: TaskJson.nullable().meta({ description: "The new open occurrence of a repeating task." }),
});

export function completedJson({ task, next }: { task: Task; next: Task | null }): z.output<typeof CompletedJson> {
  return { task: taskJson(task), next: next && taskJson(next) };
}

const TASK_PAGES = publicUrl("/task/").href;

function readOnlyFields(task: Task) {
  return {
    series_id: task.seriesId,
    rank: task.rank,
    created_at: task.createdAt,
    updated_at: task.updatedAt,
    completed_at: task.completedAt,
    deleted_at: task.deletedAt,
    version: task.version,
    url: TASK_PAGES + task.id,
  };
}

/** The read-only fields that were sent back and are not what is stored. */
export function validateReadOnlyFields(patch: TaskPatch, task: Task): FieldProblem[] {
  return validateReadOnly(READ_ONLY_FIELDS, patch, taskJson(task));
}

/** What a patch changes. */
export function writableFields(patch: TaskPatch): TaskChanges {
  return Object.fromEntries(Object.entries(patch).filter(([field]) => !READ_ONLY_FIELDS.some((name) => name === field)));
}
