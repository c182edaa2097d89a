import { data } from "react-router";
import type { UserRef } from "#app/context.ts";
import { justAdded, viewerOf, viewsOf } from "#app/pages/viewer.server.ts";
import type { TaskFilter } from "#app/tasks/filter.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

const PAGE_SIZE = 100;
const MAX_DONE = 20;

interface ListPageData {
  open: TaskView[];
  done: TaskView[];
  /** New tasks that sort onto a later page. */
  added: TaskView[];
  isFirstPage: boolean;
  nextCursor: string | null;
}

/** The tasks of a list, or of the Inbox for `null`: open ones in manual order, and the latest done ones. */
export async function listPageData(user: UserRef, listId: string | null, url: URL): Promise<ListPageData> {
  const viewer = viewerOf(user);
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const tasks = tasksOf(user);
  const filter: TaskFilter = { status: "open", sort: "rank", topLevelIn: listId };
  const [open, done] = await Promise.all([
    tasks.list(filter, { limit: PAGE_SIZE, cursor }, viewer.userNow),
    tasks.list({ status: "done", sort: "-updated_at", topLevelIn: listId }, { limit: MAX_DONE }, viewer.userNow),
  ]);
  if (!open || !done) throw data(null, 400);
  const added = await justAdded(user, filter, open, viewer);
  const views = await viewsOf(user, [...open.tasks, ...done.tasks, ...added], viewer);
  const addedFrom = open.tasks.length + done.tasks.length;
  return {
    open: views.slice(0, open.tasks.length),
    done: views.slice(open.tasks.length, addedFrom),
    added: views.slice(addedFrom),
    isFirstPage: cursor === undefined,
    nextCursor: open.nextCursor,
  };
}
