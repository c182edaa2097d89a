import { data, Link, redirect } from "react-router";
import { Subtasks } from "#app/components/task/subtasks.tsx";
import { TaskForm } from "#app/components/task/task-form.tsx";
import { TaskHistory } from "#app/components/task/task-history.tsx";
import { PageHead } from "#app/components/ui/page-parts.tsx";
import { type UserRef, userContext } from "#app/context.ts";
import { readForm } from "#app/http/form.ts";
import { queueSubmit } from "#app/pages/queue-submit.ts";
import { taskAction } from "#app/pages/task-forms.server.ts";
import { dateTimeWords, taskHistoryOf } from "#app/pages/task-history.server.ts";
import { viewerOf, viewsOf } from "#app/pages/viewer.server.ts";
import { notesHtml } from "#app/tasks/forms/notes.server.ts";
import { repeatPreview } from "#app/tasks/forms/repeat-preview.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import type { Task } from "#app/tasks/task.ts";
import type { TaskView } from "#app/tasks/task-view.ts";
import type { Route } from "./+types/task";

export async function loader({ params, context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const viewer = viewerOf(user);
  const tasks = tasksOf(user);
  const task = await tasks.find(params.taskId);
  if (!task) throw data(null, 404);
  const [[view], subtasks, parents, history] = await Promise.all([
    viewsOf(user, [task], viewer),
    tasks.subtasksOf(task.id),
    parentsFor(user, task),
    taskHistoryOf(user, task, viewer),
  ]);
  const preview = repeatPreview(task, viewer);
  return {
    task: view as TaskView,
    notes: notesHtml(task.notes),
    preview: task.status === "done" ? { ...preview, next: [] } : preview,
    parents,
    subtasks: await viewsOf(user, subtasks, viewer),
    history,
    completed: task.completedAt && dateTimeWords(task.completedAt, viewer),
  };
}

const MAX_SUGGESTIONS = 100;

/** Titles of possible parents, most recently changed first. */
async function parentsFor(user: UserRef, { id }: Task): Promise<string[]> {
  const page = await tasksOf(user).list({ status: "open", sort: "-updated_at" }, { limit: MAX_SUGGESTIONS });
  const others = page?.tasks.filter((task) => task.parentId === null && task.id !== id) ?? [];
  return [...new Set(others.map(({ title }) => title))];
}

export async function action(args: Route.ActionArgs) {
  const form = await readForm(args.request.clone());
  const result = await taskAction(args);
  // The page of a deleted task no longer exists.
  const isGone = form.get("intent") === "delete" && form.get("id") === args.params.taskId && result instanceof Response;
  return isGone ? redirect(`/inbox${new URL(result.headers.get("Location") ?? "", args.url).search}`) : result;
}

export function clientAction(args: Route.ClientActionArgs) {
  return queueSubmit(args);
}

export default function TaskPage({ loaderData, actionData }: Route.ComponentProps) {
  const { task, notes, preview, parents, subtasks, history, completed } = loaderData;
  const rejected = actionData && "id" in actionData && actionData.id === task.id ? actionData : undefined;
  return (
    <>
      <PageHead title={task.title} sub={completed ? `Done · ${completed}` : undefined} />
      {task.parentId && (
        <p className="-mt-4 mb-5 text-sm text-ink-2">
          in:{" "}
          <Link to={`/task/${task.parentId}`} className="text-accent hover:underline">
            {task.parentTitle}
          </Link>
        </p>
      )}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the renderer escapes HTML in the notes. */}
      {task.notes && <div className="notes mb-7" dangerouslySetInnerHTML={{ __html: notes }} />}
      <TaskForm key={task.id} task={task} preview={preview} parents={parents} actionData={actionData} rejected={rejected} />
      {task.parentId === null && <Subtasks parent={task.id} subtasks={subtasks} />}
      <TaskHistory events={history} />
    </>
  );
}
