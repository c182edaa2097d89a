import type { Captured, CapturedFields } from "#app/tasks/capture/capture.ts";
import { InvalidFields } from "#app/tasks/outcome.ts";
import { normalizeRecurrence } from "#app/tasks/rules.ts";
import { TaskInput } from "#app/tasks/task.ts";

/** The task with what its text says of the other fields. */
export function withCaptured(input: TaskInput, { title, due, recurrence, labels, list, priority }: CapturedFields): TaskInput {
  return {
    ...input,
    title,
    ...(due && { due: { time: null, timezone: null, ...due } }),
    ...(recurrence && { recurrence }),
    ...(list && { list_id: list.id }),
    ...(priority > 0 && { priority }),
    labels: [...new Set([...input.labels, ...labels])],
  };
}

/** The task that a text alone means; or what is wrong with it, said of the text. */
export function capturedInput({ fields }: Captured): TaskInput | InvalidFields {
  const { success, data, error } = TaskInput.safeParse(withCaptured(TaskInput.parse({ title: "-" }), fields));
  return success ? normalizeRecurrence(data) : new InvalidFields(error.issues.map(({ message }) => ({ pointer: "/text", message })));
}
