import type { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { type TaskId, TaskId as TaskIdSchema, TaskInput } from "#app/tasks/task.ts";

type Tasks = ReturnType<typeof tasksOf>;

/** A form in which people name a task's parent by its title, or by the address of its page: with the parent's id in its place. */
export async function withParentId(tasks: Tasks, typed: FormData, id: TaskId): Promise<{ form: FormData; error?: string }> {
  const name = String(typed.get("parent") ?? "").trim();
  if (name === "") return { form: typed };
  const ids = await idsOf(tasks, name, id);
  if (ids.length !== 1) return { form: typed, error: ids.length === 0 ? NO_TASK : SEVERAL };
  const form = new FormData();
  for (const [field, value] of typed) form.append(field, value);
  form.set("parent", ids[0] ?? "");
  return { form };
}

async function idsOf(tasks: Tasks, name: string, id: TaskId): Promise<TaskId[]> {
  const address = TaskIdSchema.safeParse(/(?:^|\/task\/)([\da-f-]{36})(?:[?#].*)?$/i.exec(name)?.[1]);
  if (address.success) return [address.data];
  if (!TaskInput.shape.title.safeParse(name).success) return [];
  // Another task may be called like the one whose subtask it is: that one is meant.
  const parentId = (await tasks.find(id))?.parentId;
  const isAsBefore = parentId && (await tasks.titlesOf([parentId])).get(parentId) === name;
  return isAsBefore ? [parentId] : tasks.findByTitle(name);
}

const NO_TASK = "is not the title of one of your tasks";
const SEVERAL = "is the title of several tasks: give the address of the one that you mean";
