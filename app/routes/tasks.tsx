import { data, Link, useSearchParams } from "react-router";
import { CaptureBox, HAS_CAPTURE_BOX } from "#app/components/capture/capture-box.tsx";
import { JustAdded } from "#app/components/task/list-page.tsx";
import { usePendingTitles } from "#app/components/task/pending-row.tsx";
import { TaskFilters } from "#app/components/task/task-filters.tsx";
import { TaskList } from "#app/components/task/task-list.tsx";
import { usePinnedRow } from "#app/components/task/use-pinned-row.ts";
import { withParams } from "#app/components/ui/flash.ts";
import { Empty, PageHead } from "#app/components/ui/page-parts.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { type UserRef, userContext } from "#app/context.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { queueSubmit } from "#app/pages/queue-submit.ts";
import { taskAction } from "#app/pages/task-forms.server.ts";
import { justAdded, viewerOf, viewsAndLabelsOf } from "#app/pages/viewer.server.ts";
import { FoundLists } from "#app/routes/found-lists.tsx";
import { dayLabel } from "#app/tasks/due-label.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import { isNarrowed, type PageFilter } from "#app/tasks/forms/page-filter.ts";
import { parsePageFilter } from "#app/tasks/forms/parse-page-filter.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Viewer } from "#app/tasks/task-view.ts";
import type { Route } from "./+types/tasks";

const PAGE_SIZE = 100;
const ORDER: Record<TaskFilter["status"], TaskFilter["sort"]> = { open: "rank", all: "rank", done: "-updated_at" };

export async function loader({ url, context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const viewer = viewerOf(user);
  const filter = parsePageFilter(url.searchParams);
  const [{ tasks, added, isFirstPage, nextCursor }, lists] = await Promise.all([
    tasksFor(user, filter, url.searchParams.get("cursor") ?? undefined, viewer),
    filter.q === undefined ? [] : listsOf(user).search(filter.q),
  ]);
  const { views, labels } = await viewsAndLabelsOf(user, [...tasks, ...added], viewer);
  return {
    filter,
    lists,
    labels,
    days: { from: dayOf(filter.due_from, viewer), to: dayOf(filter.due_to, viewer) },
    tasks: views.slice(0, tasks.length),
    added: views.slice(tasks.length),
    isFirstPage,
    nextCursor,
  };
}

/** The best search results; without search words, a page in manual order, or of done tasks, latest first. */
async function tasksFor(user: UserRef, { q, ...narrowing }: PageFilter, cursor: string | undefined, viewer: Viewer) {
  if (q !== undefined) return { tasks: await tasksOf(user).search(q, narrowing), added: [], isFirstPage: true, nextCursor: null };
  const filter = { ...narrowing, sort: ORDER[narrowing.status] };
  const page = await tasksOf(user).list(filter, { limit: PAGE_SIZE, cursor }, viewer.userNow);
  if (!page) throw data(null, 400);
  const added = narrowing.status === "done" ? [] : await justAdded(user, filter, page, viewer);
  return { ...page, added, isFirstPage: cursor === undefined };
}

function dayOf(day: string | undefined, { userNow: { today } }: Viewer): string | undefined {
  return day && dayLabel(Temporal.PlainDate.from(day), today);
}

export function action(args: Route.ActionArgs) {
  return taskAction(args);
}

export function clientAction(args: Route.ClientActionArgs) {
  return queueSubmit(args);
}

export const handle = HAS_CAPTURE_BOX;

export default function Tasks({ loaderData }: Route.ComponentProps) {
  const { filter, lists, labels, days, isFirstPage, nextCursor } = loaderData;
  const { tasks, added } = usePinnedRow({ added: loaderData.added, tasks: loaderData.tasks });
  const [search] = useSearchParams();
  const isAdding = usePendingTitles().length > 0 && filter.status !== "done" && !isNarrowed(filter);
  return (
    <>
      <PageHead title="All tasks" />
      <CaptureBox />
      <TaskFilters filter={filter} labels={labels} days={days} />
      {lists.length > 0 && <FoundLists lists={lists} />}
      <JustAdded tasks={added} hasNextPage={nextCursor !== null && filter.status !== "done"} />
      {tasks.length > 0 || isAdding ? (
        <div className="mt-3">
          <TaskList tasks={tasks} showsPending={isAdding && nextCursor === null} />
        </div>
      ) : (
        lists.length === 0 && <EmptyState filter={filter} />
      )}
      <Pagination
        isFirst={isFirstPage}
        next={nextCursor && withParams(search, { cursor: nextCursor })}
        first={withParams(search, { cursor: undefined })}
      />
    </>
  );
}

function EmptyState({ filter }: { filter: PageFilter }) {
  if (isNarrowed(filter))
    return (
      <Empty title="No tasks match">
        <Link to="/tasks" className="font-medium text-accent hover:underline pointer-coarse:inline-block pointer-coarse:py-3">
          Clear filters
        </Link>
      </Empty>
    );
  if (filter.status === "done") return <Empty title="Nothing done yet">What you complete waits here, and can be opened again.</Empty>;
  return <Empty title="Nothing to do">Write the next thing in the box above, and press Enter.</Empty>;
}
