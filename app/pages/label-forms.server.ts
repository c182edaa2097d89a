import { data, redirect } from "react-router";
import { after } from "#app/components/ui/flash.ts";
import type { UserRef } from "#app/context.ts";
import { fieldErrors, textFields } from "#app/http/form.ts";
import { done } from "#app/pages/form-responses.server.ts";
import type { RefusedLabel } from "#app/routes/label-rows.tsx";
import { LabelChanges } from "#app/tasks/labels.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";

export async function renameLabel(user: UserRef, form: FormData, url: URL) {
  const { label = "", name = "" } = textFields(form);
  const changes = LabelChanges.safeParse({ name });
  if (!changes.success) return data<RefusedLabel>({ label, name, error: fieldErrors(changes.error).name }, 422);
  const renamed = await tasksOf(user).renameLabel(label, changes.data.name);
  if (!renamed) return redirect(after(url, "label-gone"));
  return renamed.name === label ? redirect(after(url, "saved")) : done(url, "renamed", renamed);
}

export async function removeLabel(user: UserRef, form: FormData, url: URL) {
  const removed = await tasksOf(user).removeLabel(textFields(form).label ?? "");
  return removed ? done(url, "unlabelled", removed) : redirect(after(url, "label-gone"));
}
