import { data, redirect } from "react-router";
import { after, type Happened } from "#app/components/address.ts";
import { isRefused, type Refused } from "#app/tasks/outcome.ts";
import type { Task } from "#app/tasks/task.ts";
import type { RefusedForm } from "#app/tasks/task-form.ts";

/** The same page, with what was typed and what is wrong with it. */
export function refused(form: Omit<RefusedForm, "current">) {
  return data<RefusedForm>({ ...form, current: undefined }, 422);
}

/** To the same page, which says what happened and offers to take it back. */
export function done(url: URL, did: Happened, outcome: Task | Refused | undefined): Response {
  if (outcome === undefined) return redirect(after(url, "gone"));
  if (isRefused(outcome)) return redirect(after(url, "refused"));
  return redirect(after(url, did, { change: outcome.changeSeq }));
}
