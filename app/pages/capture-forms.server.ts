import type { UserRef } from "#app/context.ts";
import { type FieldErrors, fieldErrors } from "#app/http/form.ts";
import { captureNames } from "#app/lists/capture-names.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { failureErrors, redirectAfterChange, unprocessable } from "#app/pages/form-responses.server.ts";
import { viewerOf } from "#app/pages/viewer.server.ts";
import { capture } from "#app/tasks/capture/capture.ts";
import { captureContext } from "#app/tasks/capture/chips.ts";
import { createAll, parseLines } from "#app/tasks/capture/lines.server.ts";
import { applyCaptured } from "#app/tasks/capture/task-input.ts";
import { moveSuggestedDue } from "#app/tasks/forms/suggested-due.ts";
import { parseNewTask } from "#app/tasks/forms/task-form.ts";
import { isFailure } from "#app/tasks/outcome.ts";
import { inputJson } from "#app/tasks/rules.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { TaskId, TaskInput } from "#app/tasks/task.ts";

export async function create(tasks: Pick<ReturnType<typeof tasksOf>, "create" | "createOnce">, form: FormData, url: URL, user: UserRef) {
  moveSuggestedDue(form, viewerOf(user).userNow.today);
  const parsed = parseNewTask(form, user.weekStart);
  if (!parsed.success) return unprocessable({ intent: "create", id: "", values: parsed.values, errors: parsed.errors });
  const input = await withCapturedFields(form, parsed.data, user);
  const id = TaskId.safeParse(form.get("id"));
  const task = await (id.success ? tasks.createOnce(id.data, input) : tasks.create(input));
  const errors = failureErrors(task);
  if (errors) return unprocessable({ intent: "create", id: "", values: parsed.values, errors });
  // A form submitted twice returns its task, which may have been changed meanwhile: Undo must not revert that change.
  const before = "version" in task && task.version > 1 ? task : undefined;
  return redirectAfterChange(url, "added", task, before);
}

/** Adds the fields that the title contains if their chips were shown; else the whole text is the title. */
async function withCapturedFields(form: FormData, input: TaskInput, user: UserRef): Promise<TaskInput> {
  if (form.get("captured") !== form.get("title")) return input;
  return applyCaptured(input, capture(input.title, await contextOf(input.title, form, user)).fields);
}

/** Creates one task a line. The form's other fields apply to each task that is no subtask. */
export async function createLines(form: FormData, url: URL, user: UserRef) {
  moveSuggestedDue(form, viewerOf(user).userNow.today);
  const text = String(form.get("lines"));
  const lines = parseLines(text, await contextOf(text, form, user));
  const areChipsShown = form.get("captured") === text;
  form.set("title", lines[0]?.text ?? "");
  const parsed = parseNewTask(form, user.weekStart);
  if (!parsed.success) return unprocessableLines(form, user, parsed.errors);
  const entries: { input: TaskInput; parent: number | null }[] = [];
  for (const [index, line] of lines.entries()) {
    const fields = { ...(line.parent === null ? inputJson(parsed.data) : {}), title: line.text, status: line.isDone ? "done" : "open" };
    const input = TaskInput.safeParse(fields);
    if (!input.success) return unprocessableLines(form, user, { title: `Line ${index + 1} ${fieldErrors(input.error).title}` });
    entries.push({ input: areChipsShown ? applyCaptured(input.data, line.captured.fields) : input.data, parent: line.parent });
  }
  const created = await createAll(user, entries);
  const errors = failureErrors(created);
  if (errors) return unprocessableLines(form, user, errors);
  return redirectAfterChange(url, "captured", isFailure(created) ? created : created[0]);
}

function unprocessableLines(form: FormData, user: UserRef, errors: FieldErrors) {
  form.delete("title");
  return unprocessable({ intent: "create-lines", id: "", values: parseNewTask(form, user.weekStart).values, errors });
}

async function contextOf(text: string, form: FormData, user: UserRef) {
  return captureContext(user, await captureNames(text, listsOf(user), tasksOf(user)), form.getAll("rejected").map(String));
}
