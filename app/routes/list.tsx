import { ChevronDown } from "lucide-react";
import { Fragment } from "react";
import { data } from "react-router";
import { CaptureBox, HAS_CAPTURE_BOX } from "#app/components/capture/capture-box.tsx";
import { ListForm } from "#app/components/forms/list-form.tsx";
import { ListPage } from "#app/components/task/list-page.tsx";
import { PageHead } from "#app/components/ui/page-parts.tsx";
import { userContext } from "#app/context.ts";
import { type FieldErrors, fieldErrors, readForm, textFields } from "#app/http/form.ts";
import { ListChanges } from "#app/lists/list-input.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { redirectAfterListChange } from "#app/pages/form-responses.server.ts";
import { listPageData } from "#app/pages/list-page.server.ts";
import { queueSubmit } from "#app/pages/queue-submit.ts";
import { taskAction } from "#app/pages/task-forms.server.ts";
import type { Route } from "./+types/list";

export async function loader({ params, url, context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const list = await listsOf(user).find(params.listId);
  if (!list) throw data(null, 404);
  return { list, tasks: await listPageData(user, list.id, url) };
}

export async function action(args: Route.ActionArgs) {
  const form = await readForm(args.request.clone());
  const lists = listsOf(args.context.get(userContext));
  switch (form.get("intent")) {
    case "update-list": {
      const { name = "", color } = textFields(form);
      const changes = ListChanges.safeParse({ name, color: color || null });
      if (!changes.success)
        return data<RejectedList>({ isList: true, name, color: color || null, errors: fieldErrors(changes.error) }, 422);
      const before = await lists.find(args.params.listId);
      return redirectAfterListChange(args.url, "saved", await lists.update(args.params.listId, changes.data), before);
    }
    case "remove-list":
      return redirectAfterListChange(new URL("/inbox", args.url), "unlisted", await lists.remove(args.params.listId));
    default:
      return taskAction(args);
  }
}

interface RejectedList {
  isList: true;
  name: string;
  color: string | null;
  errors: FieldErrors;
}

export function clientAction(args: Route.ClientActionArgs) {
  return queueSubmit(args);
}

export const handle = HAS_CAPTURE_BOX;

export default function List({ loaderData: { list, tasks }, actionData }: Route.ComponentProps) {
  const rejected = actionData && "isList" in actionData ? actionData : undefined;
  return (
    // Keyed by list, so that navigating to another one resets the forms.
    <Fragment key={list.id}>
      <PageHead title={list.name} />
      <CaptureBox defaults={{ list: list.id }} />
      <ListPage {...tasks} empty={["Nothing in this list", "Add its first task above, or choose this list when you edit one."]} />
      <details className="group/change mt-10" open={rejected ? true : undefined}>
        <summary className="inline-flex h-8 list-none items-center gap-1 rounded-md px-2 text-[13px] font-medium text-ink-3 hover:text-ink pointer-coarse:h-11 [&::-webkit-details-marker]:hidden">
          <ChevronDown aria-hidden="true" size={14} className="transition-transform duration-150 group-open/change:rotate-180" />
          Change this list
        </summary>
        <ListForm intent="update-list" submit="Save" list={rejected ?? list} canRemove errors={rejected?.errors} />
      </details>
    </Fragment>
  );
}
