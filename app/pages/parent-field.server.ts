import type { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { type TaskId, TaskId as TaskIdSchema, TaskInputJson } from "#app/tasks/task.ts";

type Tasks = ReturnType<typeof tasksOf>;

/** The form with its `parent` field, a title or a task page's address, resolved to the parent's id. */
export async function withParentId(tasks: Tasks, typed: FormData, id: TaskId): Promise<{ form: FormData; error?: string }> {
  const text = String(typed.get("parent") ?? "").trim();
  if (text === "") return { form: typed };
  const ids = await idsOf(tasks, text, id);
  if (ids.length !== 1) return { form: typed, error: ids.length === 0 ? NO_MATCH : AMBIGUOUS };
  const form = new FormData();
  for (const [field, value] of typed) form.append(field, value);
  form.set("parent", ids[0] ?? "");
  return { form };
}

async function idsOf(tasks: Tasks, text: string, id: TaskId): Promise<TaskId[]> {
  const address = TaskIdSchema.safeParse(/(?:^|\/task\/)([\da-f-]{36})(?:[?#].*)?$/i.exec(text)?.[1]);
  if (address.success) return [address.data];
  if (!TaskInputJson.shape.title.safeParse(text).success) return [];
  // If several tasks have the current parent's title, the current parent is meant.
  const parentId = (await tasks.find(id))?.parentId;
  const isUnchanged = parentId && (await tasks.titlesOf([parentId])).get(parentId) === text;
  return isUnchanged ? [parentId] : tasks.findByTitle(text);
}

const NO_MATCH = "is not the title of one of your tasks";
const AMBIGUOUS = "is the title of several tasks: give the address of the one that you mean";
