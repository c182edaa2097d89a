import { data, redirect } from "react-router";
import { isFailed, type OperationFailure, type Outcome } from "#app/changes/batch.server.ts";
import { changesOf } from "#app/changes/changes.server.ts";
import type { Operation } from "#app/changes/operation.ts";
import { withFlash, withoutFlash } from "#app/components/ui/flash.ts";
import type { FlashCode } from "#app/components/ui/flash-texts.ts";
import type { UserRef } from "#app/context.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { taskDetails } from "#app/pages/task-details.server.ts";
import { dayLabel } from "#app/tasks/due-label.ts";
import { type BulkChange, PRIORITY_NAMES, parseBulkForm } from "#app/tasks/forms/bulk-form.ts";
import { distinctNames, nameKey } from "#app/tasks/name-key.ts";
import { InvalidFields } from "#app/tasks/outcome.ts";
import type { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { type Task, TaskChanges, type TaskId } from "#app/tasks/task.ts";
import type { Viewer } from "#app/tasks/task-view.ts";

type Tasks = Pick<ReturnType<typeof tasksOf>, "find">;

/** More than a page can have rows. */
const MAX_TASKS = 500;

/** Applies a bulk form to each selected task, as one change. Tasks to which it can't be applied are skipped and counted. */
export async function applyBulkForm(tasks: Tasks, form: FormData, url: URL, user: UserRef, viewer: Viewer): Promise<Response> {
  const ids = [...new Set(form.getAll("id").map(String))];
  const bulk = parseBulkForm(form, viewer.userNow.today, user.weekStart);
  if (!bulk || ids.length > MAX_TASKS) throw data(null, 400);
  if (ids.length === 0) return redirect(withFlash(url, "unchosen"));
  if (isEmpty(bulk)) return redirect(withoutFlash(url));
  const operations = (await selectedTasks(tasks, ids, bulk)).map(({ id, task }) => operationOn(id, task, bulk));
  const { outcomes, changeSeq } = await changesOf(user).batch(operations, { atomic: false });
  const done = outcomes.flatMap((outcome) => (isFailed(outcome) ? [] : taskOf(outcome)));
  if (done.length === 0) return redirect(withFlash(url, "refused"));
  // Without a changed task, Undo would revert nothing.
  const change = done.some((task) => task.changeSeq === changeSeq) ? changeSeq : undefined;
  const { did, value, page } = await messageOf(bulk, user, viewer);
  const left = ids.length - done.length;
  return redirect(withFlash(url, did, { ...taskDetails(url, done, viewer, page), change, value, ...(left > 0 && { left }) }));
}

/** No operation of a bulk form is on a list. */
function taskOf(outcome: Exclude<Outcome, OperationFailure>): Task {
  return ("next" in outcome ? outcome.task : outcome) as Task;
}

interface BulkMessage {
  did: FlashCode;
  value?: string | undefined;
  /** Where the tasks are now, if the form says so. */
  page?: string | undefined;
}

/** Enter in a field can change several properties, which no message names. */
async function messageOf(bulk: BulkChange, user: UserRef, { userNow }: Viewer): Promise<BulkMessage> {
  if (bulk.op === "complete") return { did: "completed" };
  if (bulk.op === "delete") return { did: "deleted" };
  if (bulk.unlabel !== undefined) return { did: "label-removed", value: bulk.unlabel };
  const [property, ...others] = Object.keys(bulk.changes);
  const { due, listId, priority } = bulk.changes;
  if (others.length > 0) return { did: "saved" };
  if (property === "labels") return { did: "labelled", value: bulk.label };
  if (property === "priority") return { did: "prioritized", value: PRIORITY_NAMES[priority ?? 0] };
  if (property === "listId") return listMessage(listId ?? null, user);
  return due?.date ? { did: "moved", value: dayLabel(Temporal.PlainDate.from(due.date), userNow.today) } : { did: "undated" };
}

async function listMessage(listId: string | null, user: UserRef): Promise<BulkMessage> {
  const list = listId === null ? undefined : await listsOf(user).find(listId);
  return list ? { did: "moved", value: list.name, page: `/lists/${list.id}` } : { did: "moved", value: "Inbox", page: "/inbox" };
}

function isEmpty(bulk: BulkChange): boolean {
  return bulk.op === "update" && bulk.unlabel === undefined && Object.keys(bulk.changes).length === 0;
}

interface Selected {
  id: TaskId;
  /** Read only where the change depends on it. */
  task: Task | undefined;
}

/** Subtasks come last: where their parents move to another list, they are there already. */
async function selectedTasks(tasks: Tasks, ids: TaskId[], bulk: BulkChange): Promise<Selected[]> {
  const needsTask = bulk.op === "update" && (bulk.label !== undefined || bulk.unlabel !== undefined || bulk.changes.listId !== undefined);
  const selected = await Promise.all(ids.map(async (id) => ({ id, task: needsTask ? await tasks.find(id) : undefined })));
  const depth = ({ task }: Selected) => (task?.parentId ? 1 : 0);
  return selected.toSorted((one, other) => depth(one) - depth(other));
}

function operationOn(id: TaskId, task: Task | undefined, bulk: BulkChange): Operation | InvalidFields {
  if (bulk.op === "delete") return { op: "delete", id };
  if (bulk.op === "complete") return { op: "complete", id, cascade: true };
  const { label, unlabel } = bulk;
  if (!task || (label ?? unlabel) === undefined) return { op: "update", id, task: bulk.changes };
  const labels = distinctNames([...task.labels, ...(bulk.changes.labels ?? [])]);
  const left = unlabel === undefined ? labels : labels.filter((one) => nameKey(one) !== nameKey(unlabel));
  const changes = TaskChanges.safeParse({ labels: left });
  if (!changes.success) return new InvalidFields([{ pointer: "/labels", message: "must be at most 20 labels" }]);
  // All labels are written, so the version keeps a concurrent change to them from being lost.
  return { op: "update", id, ifVersion: task.version, task: { ...bulk.changes, ...changes.data } };
}
