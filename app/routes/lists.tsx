import { ArrowDown, ArrowUp, List, type LucideIcon, Settings, Trash2 } from "lucide-react";
import { data, Form, Link, redirect } from "react-router";
import { ListForm } from "#app/components/forms/list-form.tsx";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";
import { useLists } from "#app/components/shell/layout-data.ts";
import { foreseenLists } from "#app/components/task/optimistic.ts";
import { Dot } from "#app/components/ui/dot.tsx";
import { PageHead, Section } from "#app/components/ui/page-parts.tsx";
import { userContext } from "#app/context.ts";
import { type FieldErrors, fieldErrors, readForm, textFields } from "#app/http/form.ts";
import { ListInput } from "#app/lists/list-input.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { doneToList, placeOf } from "#app/pages/form-responses.server.ts";
import { removeLabel, renameLabel } from "#app/pages/label-forms.server.ts";
import { sendForm } from "#app/pages/queue-submit.ts";
import { taskAction } from "#app/pages/task-forms.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Route } from "./+types/lists";
import { LabelRows } from "./label-rows";

/** What the bottom bar of a phone has no room for. */
const PLACES = [
  { to: "/tasks", label: "All tasks", Icon: List },
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
      return create(form, args);
    case "move-list":
      return doneToList(args.url, "moved", await listsOf(user).move(String(form.get("id")), placeOf(form)));
    case "rename-label":
      return renameLabel(user, form, args.url);
    case "remove-label":
      return removeLabel(user, form, args.url);
    default:
      return taskAction(args);
  }
}

export function clientAction(args: Route.ClientActionArgs) {
  return sendForm(args);
}

async function create(form: FormData, { context }: Route.ActionArgs) {
  const { name = "", color } = textFields(form);
  const input = ListInput.safeParse({ name, color: color || null });
  if (!input.success)
    return data<RefusedList>({ isList: true, values: { name, color: color ?? null }, errors: fieldErrors(input.error) }, 422);
  const list = await listsOf(context.get(userContext)).create(input.data);
  return redirect(`/lists/${list.id}`);
}

interface RefusedList {
  isList: true;
  values: { name: string; color: string | null };
  errors: FieldErrors;
}

export default function Lists({ loaderData: { labels }, actionData }: Route.ComponentProps) {
  const lists = foreseenLists(useLists(), usePendingForms());
  const refused = actionData && "isList" in actionData ? actionData : undefined;
  return (
    <>
      <PageHead title="Lists and labels" sub="A list for each part of your life, labels across them" />
      {lists.length > 0 && (
        <ul className="mb-6 border-t border-line">
          {lists.map(({ id, name, color, openCount }, index) => (
            <li key={id} className="flex items-center border-b border-line">
              <Link to={`/lists/${id}`} className="flex min-h-11 min-w-0 flex-1 items-center gap-2.5 px-1">
                <Dot color={color} />
                <span className="min-w-0 flex-1 truncate font-[480]">{name}</span>
                <span className="text-[13px] text-ink-3 tabular-nums">{openCount}</span>
              </Link>
              <Move id={id} name={name} place="before" neighbour={lists[index - 1]?.id} Icon={ArrowUp} />
              <Move id={id} name={name} place="after" neighbour={lists[index + 1]?.id} Icon={ArrowDown} />
            </li>
          ))}
        </ul>
      )}
      <ul className="mb-6 desk:hidden">
        {PLACES.map(({ to, label, Icon }) => (
          <li key={to}>
            <Link to={to} className="flex min-h-11 items-center gap-2.5 px-1 font-medium text-ink-2">
              <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
              {label}
            </Link>
          </li>
        ))}
      </ul>
      <h2 className="text-sm font-[640]">New list</h2>
      <ListForm intent="create-list" submit="Make list" errors={refused?.errors} {...(refused && { list: refused.values })} />
      {labels.length > 0 && (
        <Section title="Labels" count={labels.length}>
          <LabelRows labels={labels} refused={actionData && "label" in actionData ? actionData : undefined} />
        </Section>
      )}
    </>
  );
}

interface MoveProps {
  id: string;
  name: string;
  place: "before" | "after";
  /** There is none at an end, where the button keeps its room. */
  neighbour: string | undefined;
  Icon: LucideIcon;
}

function Move({ id, name, place, neighbour, Icon }: MoveProps) {
  return (
    <Form method="post" navigate={false}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="place" value={`${place} ${neighbour}`} />
      <button
        type="submit"
        name="intent"
        value="move-list"
        disabled={neighbour === undefined}
        aria-label={`Move ${place === "before" ? "up" : "down"}: ${name}`}
        className="grid h-11 w-9 place-items-center rounded-lg text-ink-3 hover:text-ink disabled:opacity-30 pointer-coarse:w-11"
      >
        <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
      </button>
    </Form>
  );
}
