import { data, redirect } from "react-router";
import { after, type Happened } from "#app/components/address.ts";
import { ListConflict } from "#app/lists/list.ts";
import type { Place } from "#app/tasks/operation.ts";
import { isRefused, type Refused } from "#app/tasks/outcome.ts";
import type { RefusedForm } from "#app/tasks/task-form.ts";

/** The same page, with what was typed and what is wrong with it. */
export function refused(form: Omit<RefusedForm, "current">) {
  return data<RefusedForm>({ ...form, current: undefined }, 422);
}

/** To the same page, which says what happened and offers to take it back. */
export function done(url: URL, did: Happened, outcome: { changeSeq: number } | Refused | ListConflict | undefined): Response {
  if (outcome === undefined) return redirect(after(url, "gone"));
  if (isRefused(outcome) || outcome instanceof ListConflict) return redirect(after(url, "refused"));
  return redirect(after(url, did, { change: outcome.changeSeq }));
}

/** `before` or `after`, and the task or the list beside which to stand. */
export function placeOf(form: FormData): Place {
  const [where, neighbour = ""] = String(form.get("place")).split(" ");
  if (where === "before") return { before: neighbour };
  if (where === "after") return { after: neighbour };
  throw data(null, 400);
}
