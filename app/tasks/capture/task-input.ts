import type { Captured, CapturedFields } from "#app/tasks/capture/capture.ts";
import { distinctNames } from "#app/tasks/name-key.ts";
import { InvalidFields } from "#app/tasks/outcome.ts";
import { DEFAULT_FIELDS, inputJson, normalizeRecurrence } from "#app/tasks/rules.ts";
import { TaskInput } from "#app/tasks/task.ts";

export function applyCaptured(input: TaskInput, { title, due, recurrence, labels, list, priority }: CapturedFields): TaskInput {
  return {
    ...input,
    title,
    ...(due && { due: { time: null, timezone: null, ...due } }),
    ...(recurrence && { recurrence }),
    ...(list && { listId: list.id }),
    ...(priority > 0 && { priority }),
    labels: distinctNames([...input.labels, ...labels]),
  };
}

export function toTaskInput({ fields }: Captured, timezone: string): TaskInput | InvalidFields {
  const { success, data, error } = TaskInput.safeParse(inputJson(applyCaptured(DEFAULT_FIELDS, fields)));
  return success
    ? normalizeRecurrence(data, timezone)
    : new InvalidFields(error.issues.map(({ message }) => ({ pointer: "/text", message })));
}
