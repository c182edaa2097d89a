import { type ActionFunctionArgs, data, redirect } from "react-router";
import { changesOf } from "#app/changes/changes.server.ts";
import { after, type Happened } from "#app/components/ui/flash.ts";
import { type UserRef, userContext } from "#app/context.ts";
import { type FieldErrors, readForm } from "#app/http/form.ts";
import { bulk } from "#app/pages/bulk-forms.server.ts";
import { create, createLines } from "#app/pages/capture-forms.server.ts";
import { changeSince, done, placeOf, refused } from "#app/pages/form-responses.server.ts";
import { withParentId } from "#app/pages/parent-field.server.ts";
import { dayLabel } from "#app/tasks/due-label.ts";
import { type FailedSubmission, formErrors, parseNewTask, parseTaskChanges } from "#app/tasks/forms/task-form.ts";
import { ExternalIdTaken, type Failure, InvalidFields, isFailure, VersionConflict } from "#app/tasks/outcome.ts";
import type { Completed } from "#app/tasks/store/completion.server.ts";
import { restoreWithChanges } from "#app/tasks/store/restore.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task } from "#app/tasks/task.ts";
import { toView, type Viewer } from "#app/tasks/task-view.ts";
import { userNowAt } from "#app/time.ts";

type Args = Pick<ActionFunctionArgs, "request" | "url" | "context">;

/** Everything that a page's forms do to tasks. Every page that shows tasks has this as its action. */
export async function taskAction({ request, url, context }: Args) {
  const user = context.get(userContext);
  const tasks = tasksOf(user);
  const viewer: Viewer = { userNow: userNowAt(Temporal.Now.instant(), user.timezone), clock: user.clock };
  const form = await readForm(request);
  const id = String(form.get("id") ?? "");
  const intent = String(form.get("intent"));
  const unsaved = DOING.includes(intent) && form.has("title") && (await saveTyped(user, form, id, url, viewer));
  if (unsaved) return unsaved;
  switch (intent) {
    case "create":
      return create(tasks, form, url, user);
    case "create-lines":
      return createLines(form, url, user);
    case "update":
      return update(user, form, id, url, viewer);
    case "complete":
      return completed(url, await tasks.find(id), await tasks.complete(id, { cascade: true }), viewer);
    case "reopen":
      return reopened(url, await tasks.find(id), await tasks.reopen(id));
    case "skip":
      return done(url, "skipped", await tasks.skip(id));
    case "delete":
      return done(url, "deleted", await tasks.remove(id));
    case "restore":
      return done(url, "restored", await tasks.restore(id));
    case "move":
      return done(url, "moved", await tasks.move(id, placeOf(form)));
    case "move-overdue":
      return movedOverdue(url, await tasks.moveOverdueToToday());
    case "bulk":
      return bulk(tasks, form, url, user, viewer);
    case "undo":
      return redirect(after(url, await undo(user, changeOf(form))));
    default:
      throw data(null, 400);
  }
}

/** What is done to a task, also from a form with its fields in it. */
const DOING = ["complete", "reopen", "skip", "delete"];

/** Saves what was typed before its task is completed or the like, so that it is not lost. Returns the answer where that is all that can be done. */
async function saveTyped(user: UserRef, form: FormData, id: string, url: URL, viewer: Viewer) {
  const answer = await update(user, form, id, url, viewer);
  const isSaved = answer instanceof Response && (await tasksOf(user).find(id)) !== undefined;
  return isSaved ? undefined : answer;
}

async function undo(user: UserRef, change: number): Promise<Happened> {
  const changes = changesOf(user);
  if ((await changes.undo(change)) > 0) return "undone";
  return (await changes.wasUndone(change)) ? "undone-before" : "kept";
}

async function update(user: UserRef, typed: FormData, id: string, url: URL, viewer: Viewer) {
  const tasks = tasksOf(user);
  const { form, error } = await withParentId(tasks, typed, id);
  const read = parseTaskChanges(form);
  const { values } = parseTaskChanges(typed);
  const refuse = (errors: FieldErrors) => refused({ intent: "update", id, values, errors });
  if (!read.success || error) return refuse({ ...(!read.success && read.errors), ...(error && { parent: error }) });
  const version = numberOf(form.get("version"));
  const task = await tasks.update(id, read.data, [version]);
  if (task instanceof InvalidFields) return refuse(formErrors(task.problems));
  if (task instanceof ExternalIdTaken) return refuse({ external: "is another task's already" });
  if (task instanceof VersionConflict) {
    const current = toView(task.current, viewer);
    return data<FailedSubmission>({ intent: "update", id, values, errors: undefined, current }, 409);
  }
  if (task === undefined) return savedAfterAll(form, id, url, user);
  // Saved as it was: Undo would take back an earlier change.
  return "version" in task && task.version === version ? redirect(after(url, "saved")) : done(url, "saved", task);
}

/** Nothing that was typed is lost because its task went meanwhile: it comes back from the trash, or is made anew. */
async function savedAfterAll(form: FormData, id: string, url: URL, user: UserRef) {
  const read = parseTaskChanges(form);
  const anew = parseNewTask(form);
  if (!read.success || !anew.success) return done(url, "gone", undefined);
  const back = await restoreWithChanges(user, id, read.data);
  if (back instanceof InvalidFields) return refused({ intent: "update", id, values: read.values, errors: formErrors(back.problems) });
  if (back !== undefined) return done(url, "brought-back", back);
  return done(url, "made-anew", await tasksOf(user).create(anew.data));
}

function completed(url: URL, before: Task | undefined, outcome: Completed | Failure | undefined, { userNow }: Viewer): Response {
  if (outcome === undefined || isFailure(outcome)) return redirect(after(url, "gone"));
  const next = outcome.next?.due && dayLabel(Temporal.PlainDate.from(outcome.next.due.date), userNow.today);
  return redirect(after(url, "completed", { change: changeSince(before, outcome.task), next: next ?? undefined }));
}

function reopened(url: URL, before: Task | undefined, outcome: Task | Failure | undefined): Response {
  return done(url, "reopened", outcome, before);
}

function movedOverdue(url: URL, one: Task | undefined): Response {
  return one ? done(url, "moved", one) : redirect(after(url, "none-overdue"));
}

function changeOf(form: FormData): number {
  return numberOf(form.get("change"));
}

/** Our forms always have these; anything else is no form of ours. */
function numberOf(value: FormDataEntryValue | null): number {
  if (typeof value !== "string" || !/^[1-9]\d{0,8}$/.test(value)) throw data(null, 400);
  return Number(value);
}
