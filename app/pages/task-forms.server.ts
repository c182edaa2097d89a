import { type ActionFunctionArgs, data } from "react-router";
import { type UserRef, userContext } from "#app/context.ts";
import { type FieldErrors, positiveInteger, readForm } from "#app/http/form.ts";
import { applyBulkForm } from "#app/pages/bulk-forms.server.ts";
import { create, createLines } from "#app/pages/capture-forms.server.ts";
import { complete, moveOverdue, reopen, restore, skip } from "#app/pages/command-forms.server.ts";
import {
  failureErrors,
  moveTargetFrom,
  redirectAfterChange,
  redirectAfterTaskChange,
  unprocessable,
} from "#app/pages/form-responses.server.ts";
import { withParentId } from "#app/pages/parent-field.server.ts";
import { applyUndoForm } from "#app/pages/undo-forms.server.ts";
import { viewerOf } from "#app/pages/viewer.server.ts";
import { type FailedSubmission, parseNewTask, parseTaskChanges } from "#app/tasks/forms/task-form.ts";
import { ExternalIdTaken, isFailure, VersionConflict } from "#app/tasks/outcome.ts";
import { restoreWithChanges } from "#app/tasks/store/restore.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { toView, type Viewer } from "#app/tasks/task-view.ts";

type Args = Pick<ActionFunctionArgs, "request" | "url" | "context">;

export async function taskAction({ request, url, context }: Args) {
  const user = context.get(userContext);
  const tasks = tasksOf(user);
  const viewer = viewerOf(user);
  const form = await readForm(request);
  const id = String(form.get("id") ?? "");
  const intent = String(form.get("intent"));
  const rejection = COMMANDS.includes(intent) && form.has("title") && (await saveFields(user, form, id, url, viewer));
  if (rejection) return rejection;
  switch (intent) {
    case "create":
      return create(tasks, form, url, user);
    case "create-lines":
      return createLines(form, url, user);
    case "update":
      return update(user, form, id, url, viewer);
    case "complete":
      return complete(tasks, id, url, viewer);
    case "reopen":
      return reopen(tasks, id, url, viewer);
    case "skip":
      return skip(tasks, id, url, viewer);
    case "delete":
      return redirectAfterTaskChange(url, "deleted", await tasks.remove(id), viewer);
    case "restore":
      return restore(tasks, id, url, viewer);
    case "move":
      return redirectAfterTaskChange(url, "reordered", await tasks.move(id, moveTargetFrom(form)), viewer);
    case "move-overdue":
      return moveOverdue(tasks, url);
    case "bulk":
      return applyBulkForm(tasks, form, url, user, viewer);
    case "undo":
    case "redo":
    case "undo-last":
      return applyUndoForm(intent, form, url, user);
    default:
      throw data(null, 400);
  }
}

/** Commands whose button may be part of a form with the task's fields. */
const COMMANDS = ["complete", "reopen", "skip", "delete"];

/** Saves the fields before a command, so that they are not lost. Returns the response if the command can't follow. */
async function saveFields(user: UserRef, form: FormData, id: string, url: URL, viewer: Viewer) {
  const response = await update(user, form, id, url, viewer);
  const isSaved = response instanceof Response && (await tasksOf(user).find(id)) !== undefined;
  return isSaved ? undefined : response;
}

async function update(user: UserRef, typed: FormData, id: string, url: URL, viewer: Viewer) {
  const tasks = tasksOf(user);
  const { form, error } = await withParentId(tasks, typed, id);
  const parsed = parseTaskChanges(form, user.weekStart);
  const { values } = parseTaskChanges(typed, user.weekStart);
  const reject = (errors: FieldErrors) => unprocessable({ intent: "update", id, values, errors });
  if (!parsed.success || error) return reject({ ...(!parsed.success && parsed.errors), ...(error && { parent: error }) });
  const version = positiveInteger(form, "version");
  const task = await tasks.update(id, parsed.data, [version]);
  const failure = failureErrors(task);
  if (failure) return reject(failure);
  if (task instanceof VersionConflict) {
    const current = toView(task.current, viewer);
    return data<FailedSubmission>({ intent: "update", id, values, errors: undefined, current }, 409);
  }
  if (task === undefined) return restoreOrRecreate(form, id, url, user);
  // Nothing changed, so Undo would revert an earlier change.
  const before = !isFailure(task) && task.version === version ? task : undefined;
  return redirectAfterTaskChange(url, "saved", task, viewer, before);
}

/** Saves the fields of a task that was deleted meanwhile: restores it from the trash, or creates it again. */
async function restoreOrRecreate(form: FormData, id: string, url: URL, user: UserRef) {
  const parsed = parseTaskChanges(form, user.weekStart);
  const newTask = parseNewTask(form, user.weekStart);
  if (!parsed.success || !newTask.success) return redirectAfterChange(url, "gone", undefined);
  const kept = await restoreWithChanges(user, id, parsed.data);
  const isTaken = kept instanceof ExternalIdTaken;
  const restored = isTaken ? await restoreWithChanges(user, id, parsed.data, { dropExternalId: true }) : kept;
  const saved = restored ?? (await tasksOf(user).create(newTask.data));
  const errors = failureErrors(saved);
  if (errors) return unprocessable({ intent: "update", id, values: parsed.values, errors });
  const broughtBack = isTaken ? "brought-back-without-id" : "brought-back";
  return redirectAfterChange(url, restored === undefined ? "made-anew" : broughtBack, saved);
}
