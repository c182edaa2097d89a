import { data, redirect } from "react-router";
import { after, settled } from "#app/components/ui/flash.ts";
import type { UserRef } from "#app/context.ts";
import { type BulkChange, parseBulkForm } from "#app/tasks/forms/bulk-form.ts";
import { InvalidFields } from "#app/tasks/outcome.ts";
import { isFailed } from "#app/tasks/store/batch.server.ts";
import type { Completed } from "#app/tasks/store/completion.server.ts";
import type { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { type Task, TaskChanges, type TaskId } from "#app/tasks/task.ts";
import type { Viewer } from "#app/tasks/task-view.ts";
import type { Operation } from "#app/tasks/wire/operation.ts";

type Tasks = Pick<ReturnType<typeof tasksOf>, "find" | "batch">;

/** More than a page has rows. */
const MOST = 500;
const DID = { complete: "completed", delete: "deleted", update: "saved" } as const;

/** The same done to each selected task, as one change. Those that can't be are left as they are, and counted. */
export async function bulk(tasks: Tasks, form: FormData, url: URL, user: UserRef, { userNow }: Viewer): Promise<Response> {
  const ids = [...new Set(form.getAll("id").map(String))];
  const wanted = parseBulkForm(form, userNow.today, user.weekStart);
  if (!wanted || ids.length > MOST) throw data(null, 400);
  if (ids.length === 0) return redirect(after(url, "unchosen"));
  if (isNothing(wanted)) return redirect(settled(url));
  const operations = await Promise.all(ids.map((id) => operationOn(tasks, id, wanted)));
  const { outcomes, changeSeq } = await tasks.batch(operations, { atomic: false });
  const left = outcomes.filter(isFailed).length;
  if (left === ids.length) return redirect(after(url, "refused"));
  // Undo would take nothing back.
  const change = outcomes.some((outcome) => !isFailed(outcome) && changeOf(outcome) === changeSeq) ? changeSeq : undefined;
  return redirect(after(url, DID[wanted.op], { change, count: ids.length - left, left }));
}

function changeOf(outcome: Task | Completed): number {
  return ("next" in outcome ? outcome.task : outcome).changeSeq;
}

/** Such as when no field is filled in. */
function isNothing(wanted: BulkChange): boolean {
  return wanted.op === "update" && wanted.unlabel === undefined && Object.keys(wanted.changes).length === 0;
}

async function operationOn(tasks: Tasks, id: TaskId, wanted: BulkChange): Promise<Operation | InvalidFields> {
  if (wanted.op === "delete") return { op: "delete", id };
  if (wanted.op === "complete") return { op: "complete", id, cascade: true };
  const { label, unlabel } = wanted;
  const task = (label ?? unlabel) === undefined ? undefined : await tasks.find(id);
  if (!task) return { op: "update", id, task: wanted.changes };
  // As the labels that it was read with: another change in between must not be lost.
  const labels = new Set([...task.labels, ...(wanted.changes.labels ?? [])]);
  if (unlabel !== undefined) labels.delete(unlabel);
  const changes = TaskChanges.safeParse({ ...wanted.changes, labels: [...labels] });
  if (!changes.success) return new InvalidFields([{ pointer: "/labels", message: "must be at most 20 labels" }]);
  return { op: "update", id, if_version: task.version, task: changes.data };
}
