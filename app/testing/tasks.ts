import type { z } from "zod";
import { type List, ListConflict } from "#app/lists/list.ts";
import { ListInput } from "#app/lists/list-input.ts";
import type { listsOf } from "#app/lists/lists.server.ts";
import { type Failure, isFailure } from "#app/tasks/outcome.ts";
import type { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { type Task, TaskInput } from "#app/tasks/task.ts";

export function taskInput(fields: Partial<z.input<typeof TaskInput>> = {}): TaskInput {
  return TaskInput.parse({ title: "A task", ...fields });
}

export function unwrap<T extends object>(outcome: T | Failure | ListConflict | undefined): T {
  if (outcome !== undefined && !isFailure(outcome) && !(outcome instanceof ListConflict)) return outcome as T;
  throw new Error(`Unexpected failure: ${outcome?.constructor.name} ${JSON.stringify(outcome)}`);
}

export async function make(
  tasks: Pick<ReturnType<typeof tasksOf>, "create">,
  fields: Partial<z.input<typeof TaskInput>> = {},
): Promise<Task> {
  return unwrap(await tasks.create(taskInput(fields)));
}

export async function makeList(lists: Pick<ReturnType<typeof listsOf>, "create">, fields: z.input<typeof ListInput>): Promise<List> {
  return unwrap(await lists.create(ListInput.parse(fields)));
}
