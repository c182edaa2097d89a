import type { ReactNode } from "react";
import { data, Form, Link, useSearchParams } from "react-router";
import { here } from "#app/components/address.ts";
import { CaptureBox } from "#app/components/capture-box.tsx";
import { JustAdded } from "#app/components/just-added.tsx";
import { Empty, PageHead } from "#app/components/page-parts.tsx";
import { Pages } from "#app/components/pages.tsx";
import { sendForm } from "#app/components/send-form.ts";
import { TaskList } from "#app/components/task-list.tsx";
import { useComingTitles } from "#app/components/use-pending-forms.ts";
import { userContext } from "#app/context.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import { tasksOf } from "#app/tasks/tasks.server.ts";
import type { Route } from "./+types/tasks";
import { taskAction } from "./task-forms.server";
import { justAdded, viewerOf, viewsOf } from "./viewing.server";

const PAGE = 100;
const STATUSES = [
  ["open", "Open"],
  ["done", "Done"],
  ["all", "All"],
] as const;
const ORDER: Record<TaskFilter["status"], TaskFilter["sort"]> = { open: "rank", all: "rank", done: "-updated_at" };

export async function loader({ url, context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const viewer = viewerOf(user);
  // What can't be read in the address is as good as absent.
  const status = STATUSES.find(([known]) => known === url.searchParams.get("status"))?.[0] ?? "open";
  const label = url.searchParams.get("label") ?? undefined;
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const q = url.searchParams.get("q")?.trim().slice(0, 500) || undefined;
  if (q) {
    const [found, labels] = await Promise.all([tasksOf(user).search(q), tasksOf(user).labels()]);
    return {
      q,
      status: "all" as const,
      label,
      labels,
      tasks: await viewsOf(user, found, viewer),
      added: [],
      isFirstPage: true,
      nextCursor: null,
    };
  }
  const filter: TaskFilter = { status, sort: ORDER[status], ...(label !== undefined && { label: [label] }) };
  const [page, labels] = await Promise.all([tasksOf(user).list(filter, { limit: PAGE, cursor }, viewer.moment), tasksOf(user).labels()]);
  if (!page) throw data(null, 400);
  const tasks = await viewsOf(user, page.tasks, viewer);
  const added = status === "done" ? [] : await viewsOf(user, await justAdded(user, filter, page, viewer), viewer);
  return { q, status, label, labels, tasks, added, isFirstPage: cursor === undefined, nextCursor: page.nextCursor };
}

export function action(args: Route.ActionArgs) {
  return taskAction(args);
}

export function clientAction(args: Route.ClientActionArgs) {
  return sendForm(args);
}

export default function Tasks({ loaderData }: Route.ComponentProps) {
  const { q, status, label, labels, tasks, added, isFirstPage, nextCursor } = loaderData;
  const [search] = useSearchParams();
  const isAdding = useComingTitles().length > 0 && !q && status !== "done";
  return (
    <>
      <PageHead title="All tasks" />
      <CaptureBox />
      <search>
        <Form method="get" className="mt-4 flex gap-2">
          <input
            type="search"
            name="q"
            aria-label="Search your tasks"
            placeholder="Search"
            defaultValue={q}
            // Whoever came here to search, by its key.
            // biome-ignore lint/a11y/noAutofocus: as asked for.
            autoFocus={search.get("q") === ""}
            key={q}
            autoComplete="off"
            className="input"
          />
          <button type="submit" className="button-quiet flex-none">
            Search
          </button>
        </Form>
      </search>
      <nav aria-label="Which tasks" className="mt-5 flex flex-wrap gap-1.5">
        {STATUSES.map(([value, text]) => (
          <Chip
            key={value}
            to={here(search, { status: value === "open" ? undefined : value, cursor: undefined, q: undefined })}
            isOn={!q && value === status}
          >
            {text}
          </Chip>
        ))}
        {labels.map(({ name }) => (
          <Chip
            key={name}
            to={here(search, { label: name === label ? undefined : name, cursor: undefined, q: undefined })}
            isOn={name === label}
          >
            #{name}
          </Chip>
        ))}
      </nav>
      <JustAdded tasks={added} goesOn={nextCursor !== null && status !== "done"} />
      {tasks.length > 0 || isAdding ? (
        <div className="mt-3">
          <TaskList tasks={tasks} takesNew={isAdding && nextCursor === null} />
        </div>
      ) : (
        <Nothing status={status} q={q} />
      )}
      <Pages isFirst={isFirstPage} next={nextCursor && here(search, { cursor: nextCursor })} first={here(search, { cursor: undefined })} />
    </>
  );
}

function Nothing({ status, q }: { status: TaskFilter["status"]; q: string | undefined }) {
  if (q) return <Empty title="Nothing found">No title, label or note has all of these words.</Empty>;
  if (status === "done") return <Empty title="Nothing done yet">What you complete waits here, and can be opened again.</Empty>;
  return <Empty title="Nothing to do">Write the next thing in the box above, and press Enter.</Empty>;
}

function Chip({ to, isOn, children }: { to: string; isOn: boolean; children: ReactNode }) {
  return (
    <Link
      to={to}
      aria-current={isOn ? "true" : undefined}
      className="inline-flex h-8 items-center rounded-[7px] px-3 text-[13px] font-[550] text-ink-2 transition-colors duration-150 hover:bg-sunken pointer-coarse:h-11 aria-[current]:bg-accent-soft aria-[current]:text-accent"
    >
      {children}
    </Link>
  );
}
