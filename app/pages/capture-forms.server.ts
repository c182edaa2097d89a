import type { UserRef } from "#app/context.ts";
import { type FieldErrors, fieldErrors } from "#app/http/form.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { done, refused } from "#app/pages/form-responses.server.ts";
import { capture } from "#app/tasks/capture/capture.ts";
import { captureContext } from "#app/tasks/capture/chips.ts";
import { createTogether, readLines } from "#app/tasks/capture/lines.server.ts";
import { withCaptured } from "#app/tasks/capture/task-input.ts";
import { formErrors, parseNewTask } from "#app/tasks/forms/task-form.ts";
import { InvalidFields, isFailure } from "#app/tasks/outcome.ts";
import type { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { TaskId, TaskInput } from "#app/tasks/task.ts";

export async function create(tasks: Pick<ReturnType<typeof tasksOf>, "create" | "createOnce">, form: FormData, url: URL, user: UserRef) {
  const read = parseNewTask(form);
  if (!read.success) return refused({ intent: "create", id: "", values: read.values, errors: read.errors });
  const input = await understood(form, read.data, user);
  const id = TaskId.safeParse(form.get("id"));
  const task = await (id.success ? tasks.createOnce(id.data, input) : tasks.create(input));
  if (task instanceof InvalidFields) return refused({ intent: "create", id: "", values: read.values, errors: formErrors(task.problems) });
  // The same form again, and something came to the task meanwhile.
  const before = "version" in task && task.version > 1 ? task : undefined;
  return done(url, "added", task, before);
}

/** With what the title says of the other fields, if the person has seen it as chips: else the text is the title. */
async function understood(form: FormData, input: TaskInput, user: UserRef): Promise<TaskInput> {
  if (form.get("captured") !== form.get("title")) return input;
  return withCaptured(input, capture(input.title, await contextOf(form, user)).fields);
}

/** One task a line. What the form says beside them is said of each that is no subtask. */
export async function createLines(form: FormData, url: URL, user: UserRef) {
  const text = String(form.get("lines"));
  const lines = readLines(text, await contextOf(form, user));
  const isSeen = form.get("captured") === text;
  form.set("title", lines[0]?.text ?? "");
  const read = parseNewTask(form);
  if (!read.success) return refusedLines(form, read.errors);
  const entries: { input: TaskInput; parent: number | null }[] = [];
  for (const [index, line] of lines.entries()) {
    const fields = { ...(line.parent === null ? read.data : {}), title: line.text };
    const input = TaskInput.safeParse(fields);
    if (!input.success) return refusedLines(form, { title: `Line ${index + 1} ${fieldErrors(input.error).title}` });
    entries.push({ input: isSeen ? withCaptured(input.data, line.captured.fields) : input.data, parent: line.parent });
  }
  const made = await createTogether(user, entries);
  if (made instanceof InvalidFields) return refusedLines(form, formErrors(made.problems));
  return done(url, "captured", isFailure(made) ? made : made[0]);
}

function refusedLines(form: FormData, errors: FieldErrors) {
  form.delete("title");
  return refused({ intent: "create-lines", id: "", values: parseNewTask(form).values, errors });
}

async function contextOf(form: FormData, user: UserRef) {
  return captureContext(user, await listsOf(user).names(), form.getAll("rejected").map(String));
}
