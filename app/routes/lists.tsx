import { History, List, Settings, Trash2 } from "lucide-react";
import { data, Link, redirect } from "react-router";
import { ListForm } from "#app/components/forms/list-form.tsx";
import { withFlash } from "#app/components/ui/flash.ts";
import { PageHead, Section } from "#app/components/ui/page-parts.tsx";
import { type UserRef, userContext } from "#app/context.ts";
import { type FieldErrors, fieldErrors, readForm, textFields } from "#app/http/form.ts";
import { ListInput } from "#app/lists/list-input.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { moveTargetFrom, redirectAfterChange, redirectAfterListChange } from "#app/pages/form-responses.server.ts";
import { queueSubmit } from "#app/pages/queue-submit.ts";
import { taskAction } from "#app/pages/task-forms.server.ts";
import { LabelRows, type RejectedLabel } from "#app/routes/label-rows.tsx";
import { ListRows } from "#app/routes/list-rows.tsx";
import { LabelChanges } from "#app/tasks/labels.ts";
import { QuotaExceeded } from "#app/tasks/outcome.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Route } from "./+types/lists";

/** The pages that the bottom bar on narrow screens has no room for. */
const OTHER_PAGES = [
  { to: "/tasks", label: "All tasks", Icon: List },
  { to: "/history", label: "History", Icon: History },
  { to: "/trash", label: "Trash", Icon: Trash2 },
  { to: "/settings", label: "Settings", Icon: Settings },
];

export async function loader({ context }: Route.LoaderArgs) {
  return { labels: await tasksOf(context.get(userContext)).labels("all") };
}

export async function action(args: Route.ActionArgs) {
  const form = await readForm(args.request.clone());
  const user = args.context.get(userContext);
  switch (form.get("intent")) {
    case "create-list":
      return createList(user, form);
    case "move-list":
      return moveList(user, form, args.url);
    case "rename-label":
      return renameLabel(user, form, args.url);
    case "remove-label":
      return removeLabel(user, form, args.url);
    default:
      return taskAction(args);
  }
}

export function clientAction(args: Route.ClientActionArgs) {
  return queueSubmit(args);
}

interface RejectedList {
  isList: true;
  values: { name: string; color: string | null };
  errors: FieldErrors;
}

async function createList(user: UserRef, form: FormData) {
  const { name = "", color } = textFields(form);
  const input = ListInput.safeParse({ name, color: color || null });
  const reject = (errors: FieldErrors) => data<RejectedList>({ isList: true, values: { name, color: color ?? null }, errors }, 422);
  if (!input.success) return reject(fieldErrors(input.error));
  const list = await listsOf(user).create(input.data);
  return list instanceof QuotaExceeded ? reject({ name: list.message }) : redirect(`/lists/${list.id}`);
}

async function moveList(user: UserRef, form: FormData, url: URL) {
  const moved = await listsOf(user).move(String(form.get("id")), moveTargetFrom(form));
  const title = moved && "name" in moved ? moved.name : undefined;
  return redirectAfterListChange(url, "reordered", moved, undefined, { title });
}

async function renameLabel(user: UserRef, form: FormData, url: URL) {
  const { label = "", name = "" } = textFields(form);
  const changes = LabelChanges.safeParse({ name });
  if (!changes.success) return data<RejectedLabel>({ label, name, error: fieldErrors(changes.error).name }, 422);
  const renamed = await tasksOf(user).renameLabel(label, changes.data.name);
  if (!renamed) return redirect(withFlash(url, "label-gone"));
  return renamed.name === label ? redirect(withFlash(url, "saved")) : redirectAfterChange(url, "renamed", renamed);
}

async function removeLabel(user: UserRef, form: FormData, url: URL) {
  const removed = await tasksOf(user).removeLabel(textFields(form).label ?? "");
  return removed ? redirectAfterChange(url, "unlabelled", removed) : redirect(withFlash(url, "label-gone"));
}

export default function Lists({ loaderData: { labels }, actionData }: Route.ComponentProps) {
  const rejectedList = actionData && "isList" in actionData ? actionData : undefined;
  return (
    <>
      <PageHead title="Lists and labels" sub="A list for each part of your life, labels across them" />
      <ListRows />
      <ul className="mb-6 desk:hidden">
        {OTHER_PAGES.map(({ to, label, Icon }) => (
          <li key={to}>
            <Link to={to} className="flex min-h-11 items-center gap-2.5 px-1 font-medium text-ink-2">
              <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
              {label}
            </Link>
          </li>
        ))}
      </ul>
      <h2 className="text-sm font-[640]">New list</h2>
      <ListForm
        intent="create-list"
        submit="Make list"
        errors={rejectedList?.errors}
        {...(rejectedList && { list: rejectedList.values })}
      />
      {labels.length > 0 && (
        <Section title="Labels" count={labels.length}>
          <LabelRows labels={labels} rejected={actionData && "label" in actionData ? actionData : undefined} />
        </Section>
      )}
    </>
  );
}
