import { data, Form, redirect } from "react-router";
import { withFlash } from "#app/components/ui/flash.ts";
import { Empty, PageHead } from "#app/components/ui/page-parts.tsx";
import { userContext } from "#app/context.ts";
import { readForm } from "#app/http/form.ts";
import { queueSubmit } from "#app/pages/queue-submit.ts";
import { taskAction } from "#app/pages/task-forms.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Route } from "./+types/trash";

const MAX_TASKS = 200;

export async function loader({ context }: Route.LoaderArgs) {
  const page = await tasksOf(context.get(userContext)).list({ status: "all", sort: "-updated_at", deleted: true }, { limit: MAX_TASKS });
  if (!page) throw data(null, 400);
  // Subtasks deleted with their parent are restored with it, so they have no row.
  const shown = new Set(page.tasks.map(({ id }) => id));
  const tasks = page.tasks.filter(({ parentId }) => parentId === null || !shown.has(parentId));
  return { tasks: tasks.map(({ id, title }) => ({ id, title })) };
}

export async function action(args: Route.ActionArgs) {
  const form = await readForm(args.request.clone());
  const tasks = tasksOf(args.context.get(userContext));
  switch (form.get("intent")) {
    case "purge":
      return redirect(withFlash(args.url, (await tasks.purge(String(form.get("id")))) ? "purged" : "gone"));
    case "empty":
      await tasks.emptyTrash();
      return redirect(withFlash(args.url, "purged"));
    default:
      return taskAction(args);
  }
}

export function clientAction(args: Route.ClientActionArgs) {
  return queueSubmit(args);
}

export default function Trash({ loaderData: { tasks } }: Route.ComponentProps) {
  return (
    <>
      <PageHead title="Trash" sub="What you delete stays here for 30 days">
        {tasks.length > 0 && (
          <Confirmation label="Empty the trash" intent="empty" confirmLabel="Empty it">
            Everything in it will be gone for good. Nothing brings it back.
          </Confirmation>
        )}
      </PageHead>
      {tasks.length === 0 ? (
        <Empty title="The trash is empty">What you delete waits here for 30 days, in case you want it back.</Empty>
      ) : (
        <ul className="border-t border-line">
          {tasks.map(({ id, title }) => (
            <li key={id} className="flex min-h-11 items-center gap-1 border-b border-line pl-1">
              <span className="min-w-0 flex-1 py-2.5 break-words text-ink-2">{title}</span>
              <Form method="post" preventScrollReset className="flex-none">
                <input type="hidden" name="id" value={id} />
                <button type="submit" name="intent" value="restore" aria-label={`Restore: ${title}`} className="button-quiet">
                  Restore
                </button>
              </Form>
              <Confirmation label="Delete" subject={title} intent="purge" id={id} confirmLabel="Delete it">
                It will be gone for good. Nothing brings it back.
              </Confirmation>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface ConfirmationProps {
  label: string;
  /** The title of the task to delete; none for all. */
  subject?: string;
  id?: string;
  intent: "purge" | "empty";
  confirmLabel: string;
  children: string;
}

/** A collapsed confirmation: only for actions that can't be undone. */
function Confirmation({ label, subject, id, intent, confirmLabel, children }: ConfirmationProps) {
  return (
    <details name="question" className="relative flex-none">
      <summary
        aria-label={subject && `${label} for good: ${subject}`}
        className="button-quiet list-none hover:text-late [&::-webkit-details-marker]:hidden"
      >
        {label}
      </summary>
      <Form
        method="post"
        preventScrollReset
        className="absolute right-0 z-10 mt-1 w-64 rounded-xl border border-line bg-surface p-3.5 shadow-raised"
      >
        {id && <input type="hidden" name="id" value={id} />}
        <p className="mb-3 text-sm text-ink-2">{children}</p>
        <button type="submit" name="intent" value={intent} className="button w-full">
          {confirmLabel}
        </button>
      </Form>
    </details>
  );
}
