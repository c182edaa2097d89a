import { z } from "zod";
import { publicUrl } from "#app/http/public-url.ts";
import { camelCase, camelKeys } from "#app/tasks/keys.ts";
import { type FieldProblem, validateReadOnly } from "#app/tasks/rules.ts";
import { type Task, type TaskChanges, TaskChangesJson, TaskId, TaskInputJson, TaskReplacementJson } from "#app/tasks/task.ts";

const Instant = z.iso.datetime().meta({ description: "UTC, with milliseconds." });

const ReadOnlyFields = z.strictObject({
  id: TaskId.meta({ description: "UUIDv7, permanent, opaque." }),
  series_id: z.uuid().nullable().meta({ description: "The same for every occurrence of a repeating task." }),
  rank: z.string().meta({ description: "Tasks in manual order are in byte order of this." }),
  created_at: Instant,
  updated_at: Instant,
  completed_at: Instant.nullable(),
  deleted_at: Instant.nullable(),
  version: z.int().min(1).meta({ description: "One more with every change. The entity tag is this in quotes." }),
  url: z.url().meta({ description: "Its page, for a person." }),
});

export const TaskJson = TaskReplacementJson.required().extend(ReadOnlyFields.shape);
export type TaskJson = z.output<typeof TaskJson>;

/** Fields that only the server sets: in a request they must be absent, or equal to what is stored. */
export const READ_ONLY_FIELDS = ReadOnlyFields.keyof().options;
type SentBack = Partial<Record<(typeof READ_ONLY_FIELDS)[number], unknown>>;

const sentBack = Object.fromEntries(READ_ONLY_FIELDS.map((field) => [field, z.unknown().optional()])) as Record<
  (typeof READ_ONLY_FIELDS)[number],
  z.ZodOptional<z.ZodUnknown>
>;

/** Changes to a task, and the read-only fields that came with them, which can only be checked beside the task. */
export type TaskPatch = TaskChanges & { sentBack?: SentBack };
export const TaskPatchJson = TaskChangesJson.extend(sentBack);
export const TaskPatch = TaskPatchJson.transform((json): TaskPatch => splitReadOnly(json));
export const TaskPut = TaskReplacementJson.extend(sentBack).transform((json): TaskPatch => splitReadOnly(json));

/** A whole task by its external id: what is left out has its default in a new task, and keeps its value in one that exists. */
export const TaskUpsert = TaskReplacementJson.partial()
  .extend({ title: TaskReplacementJson.shape.title, ...sentBack })
  .transform((json): TaskUpsert => ({ ...splitReadOnly(json), title: json.title }));
export type TaskUpsert = TaskPatch & { title: string };

export function splitReadOnly(json: z.output<typeof TaskChangesJson> & SentBack): TaskPatch {
  const isReadOnly = ([name]: [string, unknown]) => READ_ONLY_FIELDS.some((field) => field === name);
  const entries = Object.entries(json);
  const sentBack = Object.fromEntries(entries.filter(isReadOnly));
  const changes: TaskChanges = camelKeys(Object.fromEntries(entries.filter((entry) => !isReadOnly(entry))));
  return Object.keys(sentBack).length > 0 ? { ...changes, sentBack } : changes;
}

const TASK_PAGES = publicUrl("/task/").href;
const NAMES = ["id", ...Object.keys(TaskInputJson.shape), ...READ_ONLY_FIELDS.filter((name) => name !== "id" && name !== "url")];
const taskNames = NAMES.map((name) => [name, camelCase(name) as keyof Task] as const);
/** Copied and filled in: adding the members one by one takes several times as long. */
const EMPTY = Object.fromEntries([...NAMES, "url"].map((name) => [name, null]));

export function taskJson(task: Task): TaskJson {
  const json: Record<string, unknown> = { ...EMPTY };
  for (const [name, property] of taskNames) json[name] = task[property];
  json.url = TASK_PAGES + task.id;
  return json as TaskJson;
}

export const CompletedJson = z.strictObject({
  task: TaskJson,
  next: TaskJson.nullable().meta({ description: "The new open occurrence of a repeating task." }),
});

export function completedJson({ task, next }: { task: Task; next: Task | null }): z.output<typeof CompletedJson> {
  return { task: taskJson(task), next: next && taskJson(next) };
}

export function validateReadOnlyFields({ sentBack = {} }: TaskPatch, task: Task): FieldProblem[] {
  return validateReadOnly(READ_ONLY_FIELDS, sentBack, taskJson(task));
}

export function writableFields({ sentBack: _sentBack, ...changes }: TaskPatch): TaskChanges {
  return changes;
}
