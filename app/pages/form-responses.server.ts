import { data, redirect } from "react-router";
import { after, type Happened } from "#app/components/ui/flash.ts";
import { type List, ListConflict } from "#app/lists/list.ts";
import type { FailedSubmission } from "#app/tasks/forms/task-form.ts";
import { type Failure, isFailure } from "#app/tasks/outcome.ts";
import type { MoveTarget } from "#app/tasks/wire/operation.ts";

/** The same page, with what was typed and what is wrong with it. */
export function refused(form: Omit<FailedSubmission, "current">) {
  return data<FailedSubmission>({ ...form, current: undefined }, 422);
}

interface Changed {
  /** The number of the latest change to it. */
  changeSeq: number;
}

/**
 * To the same page, which says what happened and offers to take it back. Not if it is as it was `before`: Undo would take back
 * an earlier change.
 */
export function done(url: URL, did: Happened, outcome: Changed | Failure | ListConflict | undefined, before?: Changed): Response {
  if (outcome === undefined) return redirect(after(url, "gone"));
  if (isFailure(outcome) || outcome instanceof ListConflict) return redirect(after(url, "refused"));
  return redirect(after(url, did, { change: changeSince(before, outcome) }));
}

export function changeSince(before: Changed | undefined, { changeSeq }: Changed): number | undefined {
  return changeSeq === before?.changeSeq ? undefined : changeSeq;
}

/** The same for a list. When it is gone, so is its page. */
export function doneToList(url: URL, did: Happened, outcome: Parameters<typeof done>[2], before?: List): Response {
  return outcome ? done(url, did, outcome, before) : redirect(after(new URL("/lists", url), "list-gone"));
}

/** `before` or `after`, and the task or the list beside which to stand. */
export function placeOf(form: FormData): MoveTarget {
  const [where, neighbour = ""] = String(form.get("place")).split(" ");
  if (where === "before") return { before: neighbour };
  if (where === "after") return { after: neighbour };
  throw data(null, 400);
}
