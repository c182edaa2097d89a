import { data, redirect } from "react-router";
import { isFailed, type OperationFailure, type Outcome } from "#app/changes/batch.server.ts";
import { changesOf } from "#app/changes/changes.server.ts";
import type { Operation } from "#app/changes/operation.ts";
import { withFlash, withoutFlash } from "#app/components/ui/flash.ts";
import type { UserRef } from "#app/context.ts";
import { type BulkChange, parseBulkForm } from "#app/tasks/forms/bulk-form.ts";
import { distinctNames, nameKey } from "#app/tasks/name-key.ts";
import { InvalidFields } from "#app/tasks/outcome.ts";
import type { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { type Task, TaskChanges, type TaskId } from "#app/tasks/task.ts";
import type { Viewer } from "#app/tasks/task-view.ts";

type Tasks = Pick<ReturnType<typeof tasksOf>, "find">;

/** More than a page can have rows. */
const MAX_TASKS = 500;
const FLASH_CODES = { complete: "completed", delete: "deleted", update: "saved" } as const;

/** Applies a bulk form to each selected task, as one change. Tasks to which it can't be applied are skipped and counted. */
export async function applyBulkForm(tasks: Tasks, form: FormData, url: URL, user: UserRef, { userNow }: Viewer): Promise<Response> {
  const ids = [...new Set(form.getAll("id").map(String))];
  const bulk = parseBulkForm(form, userNow.today, user.weekStart);
  if (!bulk || ids.length > MAX_TASKS) throw data(null, 400);
  if (ids.length === 0) return redirect(withFlash(url, "unchosen"));
  if (isEmpty(bulk)) return redirect(withoutFlash(url));
  const operations = (await selectedTasks(tasks, ids, bulk)).map(({ id, task }) => operationOn(id, task, bulk));
  const { outcomes, changeSeq } = await changesOf(user).batch(operations, { atomic: false });
  const left = outcomes.filter(isFailed).length;
  if (left === ids.length) return redirect(withFlash(url, "refused"));
  // Without a changed task, Undo would revert nothing.
  const change = outcomes.some((outcome) => !isFailed(outcome) && changeOf(outcome) === changeSeq) ? changeSeq : undefined;
  return redirect(withFlash(url, FLASH_CODES[bulk.op], { change, count: ids.length - left, left }));
}

function changeOf(outcome: Exclude<Outcome, OperationFailure>): number {
  return ("next" in outcome ? outcome.task : outcome).changeSeq;
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
