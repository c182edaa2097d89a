import { data, redirect } from "react-router";
import { type FlashDetails, withFlash } from "#app/components/ui/flash.ts";
import type { FlashCode } from "#app/components/ui/flash-texts.ts";
import type { FieldErrors } from "#app/http/form.ts";
import { type List, ListConflict } from "#app/lists/list.ts";
import { taskDetails } from "#app/pages/task-details.server.ts";
import { type FailedSubmission, formErrors } from "#app/tasks/forms/task-form.ts";
import { ExternalIdTaken, type Failure, InvalidFields, isFailure, QuotaExceeded } from "#app/tasks/outcome.ts";
import type { Task } from "#app/tasks/task.ts";
import type { Viewer } from "#app/tasks/task-view.ts";
import type { MoveTarget } from "#app/tasks/wire/operation.ts";

export function unprocessable(form: Omit<FailedSubmission, "current">) {
  return data<FailedSubmission>({ ...form, current: undefined }, 422);
}

/** The messages of a failure by field; `undefined` for failures that no field caused. */
export function failureErrors(outcome: unknown): FieldErrors | undefined {
  if (outcome instanceof InvalidFields) return formErrors(outcome.problems);
  if (outcome instanceof ExternalIdTaken) return { external: "is another task's already" };
  return outcome instanceof QuotaExceeded ? { title: outcome.message } : undefined;
}

interface Changed {
  changeSeq: number;
}

/**
 * Redirects to the page that was submitted, with a message about the outcome and, if there is a new change, with Undo. `before` is
 * the item before the command: if it is unchanged, Undo would revert an earlier change.
 */
export function redirectAfterChange(
  url: URL,
  did: FlashCode,
  outcome: Changed | Failure | ListConflict | undefined,
  before?: Changed,
  details: FlashDetails = {},
): Response {
  if (outcome === undefined) return redirect(withFlash(url, "gone"));
  if (outcome instanceof QuotaExceeded) return redirect(withFlash(url, "full"));
  if (isFailure(outcome) || outcome instanceof ListConflict) return redirect(withFlash(url, "refused"));
  return redirect(withFlash(url, did, { ...details, change: undoableChange(before, outcome) }));
}

export function undoableChange(before: Changed | undefined, { changeSeq }: Changed): number | undefined {
  return changeSeq === before?.changeSeq ? undefined : changeSeq;
}

/** Like `redirectAfterChange`, for a task: the message names it, and links to it if the page doesn't show it any more. */
export function redirectAfterTaskChange(
  url: URL,
  did: FlashCode,
  outcome: Task | Failure | undefined,
  viewer: Viewer,
  before?: Task,
  value?: string,
): Response {
  const details = outcome && !isFailure(outcome) ? { ...taskDetails(url, [outcome], viewer), value } : {};
  return redirectAfterChange(url, did, outcome, before, details);
}

/** Like `redirectAfterChange`, for a list. A deleted list has no page, so that redirects to the page of all lists. */
export function redirectAfterListChange(
  url: URL,
  did: FlashCode,
  outcome: Parameters<typeof redirectAfterChange>[2],
  before?: List,
  details: FlashDetails = {},
): Response {
  return outcome ? redirectAfterChange(url, did, outcome, before, details) : redirect(withFlash(new URL("/lists", url), "list-gone"));
}

/** The target of a move: the form's field `place` is `before <id>` or `after <id>`. Throws a 400. */
export function moveTargetFrom(form: FormData): MoveTarget {
  const [side, neighbour = ""] = String(form.get("place")).split(" ");
  if (side === "before") return { before: neighbour };
  if (side === "after") return { after: neighbour };
  throw data(null, 400);
}
