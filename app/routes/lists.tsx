import { List, Settings, Trash2 } from "lucide-react";
import { data, Link, redirect } from "react-router";
import { Dot } from "#app/components/dot.tsx";
import { ListForm } from "#app/components/list-form.tsx";
import { PageHead } from "#app/components/page-parts.tsx";
import { useLists } from "#app/components/use-lists.ts";
import { userContext } from "#app/context.ts";
import { fieldErrors, readForm, textFields } from "#app/http/form.ts";
import { ListInput } from "#app/lists/list.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import type { Route } from "./+types/lists";

/** What the bottom bar of a phone has no room for. */
const PLACES = [
  { to: "/tasks", label: "All tasks", Icon: List },
  { to: "/trash", label: "Trash", Icon: Trash2 },
  { to: "/settings", label: "Settings", Icon: Settings },
];

/** Makes the guard above run when a browser navigates here. */
export function loader() {
  return null;
}

export async function action({ request, context }: Route.ActionArgs) {
  const { name = "", color } = textFields(await readForm(request));
  const input = ListInput.safeParse({ name, color: color || null });
  if (!input.success) return data({ values: { name, color: color ?? null }, errors: fieldErrors(input.error) }, 422);
  const list = await listsOf(context.get(userContext)).create(input.data);
  return redirect(`/lists/${list.id}`);
}

export default function Lists({ actionData }: Route.ComponentProps) {
  const lists = useLists();
  return (
    <>
      <PageHead title="Lists" sub="One for each part of your life" />
      {lists.length > 0 && (
        <ul className="mb-6 border-t border-line">
          {lists.map(({ id, name, color, openCount }) => (
            <li key={id} className="border-b border-line">
              <Link to={`/lists/${id}`} className="flex min-h-11 items-center gap-2.5 px-1">
                <Dot color={color} />
                <span className="min-w-0 flex-1 truncate font-[480]">{name}</span>
                <span className="text-[13px] text-ink-3 tabular-nums">{openCount}</span>
              </Link>
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
      <ListForm intent="create-list" submit="Make list" errors={actionData?.errors} {...(actionData && { list: actionData.values })} />
    </>
  );
}
