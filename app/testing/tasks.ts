import type { z } from "zod";
import { ListConflict } from "#app/lists/list.ts";
import { type Failure, isFailure } from "#app/tasks/outcome.ts";
import type { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { type Task, TaskInput } from "#app/tasks/task.ts";

/** The fields of a new task: those given, otherwise the defaults. */
export function taskInput(fields: Partial<z.input<typeof TaskInput>> = {}): TaskInput {
  return TaskInput.parse({ title: "A task", ...fields });
}

/** The result of a call that must succeed. Throws if it did not. */
export function unwrap<T extends object>(outcome: T | Failure | ListConflict | undefined): T {
  if (outcome !== undefined && !isFailure(outcome) && !(outcome instanceof ListConflict)) return outcome as T;
  throw new Error(`Unexpected failure: ${outcome?.constructor.name} ${JSON.stringify(outcome)}`);
}

/** Creates a task like an API client. */
export async function make(
  tasks: Pick<ReturnType<typeof tasksOf>, "create">,
  fields: Partial<z.input<typeof TaskInput>> = {},
): Promise<Task> {
  return unwrap(await tasks.create(taskInput(fields)));
}
