import type { FlashDetails } from "#app/components/ui/flash.ts";
import { dueDay } from "#app/tasks/dates.ts";
import { isNarrowed } from "#app/tasks/forms/page-filter.ts";
import { parsePageFilter } from "#app/tasks/forms/parse-page-filter.ts";
import { UPCOMING_DAYS } from "#app/tasks/store/filter-sql.server.ts";
import type { Task } from "#app/tasks/task.ts";
import type { Viewer } from "#app/tasks/task-view.ts";
import type { UserNow } from "#app/time.ts";

/**
 * What a message says about tasks that a form changed: the title of one or the number of several, and a link if the page at `url`
 * doesn't show all of them any more. The link leads to the one task, or to `page`, by default to the one that shows the several.
 */
export function taskDetails(url: URL, tasks: Task[], { userNow }: Pick<Viewer, "userNow">, page = pageOf(tasks, userNow)): FlashDetails {
  const isShown = tasks.every((task) => isOnPage(url, task, userNow));
  const [first] = tasks;
  if (!first || tasks.length > 1) return { count: tasks.length, show: isShown ? undefined : page };
  return { title: first.title, show: isShown ? undefined : first.deletedAt ? "/trash" : `/task/${first.id}` };
}

function isOnPage({ pathname, searchParams }: URL, task: Task, userNow: UserNow): boolean {
  if (task.deletedAt) return pathname === "/trash";
  switch (pathname) {
    case "/today":
      return task.status === "done" || viewOf(task, userNow) === "/today";
    case "/upcoming":
      return task.status === "open" && viewOf(task, userNow) === "/upcoming";
    case "/inbox":
      return task.listId === null && task.parentId === null;
    case "/tasks": {
      const filter = parsePageFilter(searchParams);
      return !isNarrowed(filter) && (filter.status === "all" || filter.status === task.status);
    }
    default:
      return task.parentId === null
        ? pathname === `/lists/${task.listId}` || pathname === `/task/${task.id}`
        : pathname === `/task/${task.parentId}` || pathname === `/task/${task.id}`;
  }
}

/** The page that shows all of the tasks. */
function pageOf(tasks: Task[], userNow: UserNow): string {
  const [page = "/tasks", ...others] = new Set(tasks.map((task) => pageOfOne(task, userNow)));
  return others.length === 0 ? page : "/tasks";
}

function pageOfOne(task: Task, userNow: UserNow): string {
  if (task.deletedAt) return "/trash";
  if (task.status === "done") return "/tasks?status=done";
  return viewOf(task, userNow) ?? (task.listId ? `/lists/${task.listId}` : "/inbox");
}

/** By the rules of `viewCondition`, but for the status. */
function viewOf({ due, startDate }: Task, userNow: UserNow): "/today" | "/upcoming" | undefined {
  if (!due || (startDate && startDate > userNow.today.toString())) return undefined;
  const days = userNow.today.until(dueDay(due, userNow)).days;
  if (days > UPCOMING_DAYS) return undefined;
  return days > 0 ? "/upcoming" : "/today";
}
