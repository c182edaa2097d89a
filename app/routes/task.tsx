import { data, Form, Link, redirect } from "react-router";
import { NewTaskId } from "#app/components/new-task-id.tsx";
import { PageHead, Section } from "#app/components/page-parts.tsx";
import { RepeatFields } from "#app/components/repeat-fields.tsx";
import { sendForm } from "#app/components/send-form.ts";
import { Stale, valuesOf } from "#app/components/task-editor.tsx";
import { Labelled, TaskFields } from "#app/components/task-fields.tsx";
import { TaskList } from "#app/components/task-list.tsx";
import { userContext } from "#app/context.ts";
import { readForm } from "#app/http/form.ts";
import type { Revision } from "#app/tasks/around.server.ts";
import { dayAt } from "#app/tasks/dates.ts";
import { clockTime, dayLabel } from "#app/tasks/due-label.ts";
import { describeChange } from "#app/tasks/history.ts";
import { notesHtml } from "#app/tasks/notes.server.ts";
import { upcomingDates } from "#app/tasks/recurrence.ts";
import { repeatValues } from "#app/tasks/repeat-form.ts";
import type { TaskView, Viewer } from "#app/tasks/task-view.ts";
import { tasksOf } from "#app/tasks/tasks.server.ts";
import type { Route } from "./+types/task";
import { taskAction } from "./task-forms.server";
import { viewerOf, viewsOf } from "./viewing.server";

export async function loader({ params, context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const viewer = viewerOf(user);
  const tasks = tasksOf(user);
  const task = await tasks.find(params.taskId);
  if (!task) throw data(null, 404);
  const [subtasks, history, [view]] = await Promise.all([
    tasks.subtasksOf(task.id),
    tasks.historyOf(task.id),
    viewsOf(user, [task], viewer),
  ]);
  return {
    task: view as TaskView,
    notes: notesHtml(task.notes),
    repeat: repeatValues(task.recurrence),
    next: nextDates(view as TaskView, viewer),
    subtasks: await viewsOf(user, subtasks, viewer),
    history: history.slice(0, -1).map((revision, index) => happened(revision, history[index + 1] as Revision, viewer)),
    made: moment(task.createdAt, viewer),
  };
}

function nextDates({ recurrence, due, status }: TaskView, { moment: { today } }: Viewer): string[] {
  if (!recurrence || !due || status === "done") return [];
  return upcomingDates(recurrence, Temporal.PlainDate.from(due.date), 5).map((date) => dayLabel(date, today));
}

function happened(next: Revision, before: Revision, viewer: Viewer) {
  return { version: next.version, what: describeChange(before.row, next.row), when: moment(before.replacedAt, viewer) };
}

function moment(instant: string, { moment: { today, timezone }, clock }: Viewer): string {
  const local = Temporal.Instant.from(instant);
  const time = local.toZonedDateTimeISO(timezone).toPlainTime().toString({ smallestUnit: "minute" });
  return `${dayLabel(dayAt(local, timezone), today)}, ${clockTime(time, clock)}`;
}

export async function action(args: Route.ActionArgs) {
  const form = await readForm(args.request.clone());
  const result = await taskAction(args);
  // The page of a task that is deleted is gone with it.
  const isGone = form.get("intent") === "delete" && form.get("id") === args.params.taskId && result instanceof Response;
  return isGone ? redirect(`/inbox${new URL(result.headers.get("Location") ?? "", args.url).search}`) : result;
}

export function clientAction(args: Route.ClientActionArgs) {
  return sendForm(args);
}

export default function TaskPage({ loaderData, actionData }: Route.ComponentProps) {
  const { task, notes, repeat, next, subtasks, history, made } = loaderData;
  const refused = actionData && "id" in actionData && actionData.id === task.id ? actionData : undefined;
  const {
    errors,
    current,
    values = { ...valuesOf(task), start: task.startDate ?? "", timezone: task.due?.timezone ?? "", ...repeat },
  } = refused ?? {};
  return (
    <>
      <PageHead title={task.title} sub={task.status === "done" ? "Done" : undefined} />
      {task.parentId && (
        <p className="-mt-4 mb-5 text-sm text-ink-2">
          in:{" "}
          <Link to={`/task/${task.parentId}`} className="text-accent hover:underline">
            {task.parentTitle}
          </Link>
        </p>
      )}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: micromark has escaped what was HTML. */}
      {task.notes && <div className="notes mb-7" dangerouslySetInnerHTML={{ __html: notes }} />}
      <Form method="post" key={task.version} className="rounded-xl border border-line bg-surface p-4 shadow-raised">
        <input type="hidden" name="id" value={task.id} />
        <input type="hidden" name="version" value={(current ?? task).version} />
        {current && <Stale task={current} />}
        <Labelled label="Title" error={errors?.title} className="mb-3">
          {(props) => <input {...props} name="title" required autoComplete="off" defaultValue={values.title} className="input" />}
        </Labelled>
        <TaskFields values={values} errors={errors} isSubtask={task.parentId !== null} />
        <RepeatFields values={values} errors={errors} words={task.repeats} next={next} />
        <div className="mt-4 flex flex-wrap items-center gap-1 desk:gap-2">
          <button type="submit" name="intent" value="update" className="button">
            Save
          </button>
          <button
            type="submit"
            name="intent"
            value={task.status === "done" ? "reopen" : "complete"}
            formNoValidate
            className="button-quiet"
          >
            {task.status === "done" ? "Open again" : "Complete"}
          </button>
          {task.repeats && task.status === "open" && (
            <button type="submit" name="intent" value="skip" formNoValidate className="button-quiet">
              <span>
                Skip <span className="max-desk:sr-only">this one</span>
              </span>
            </button>
          )}
          <button type="submit" name="intent" value="delete" formNoValidate className="button-quiet ml-auto hover:text-late">
            Delete
          </button>
        </div>
      </Form>
      {task.parentId === null && <Subtasks parent={task.id} subtasks={subtasks} />}
      <Section title="History" count={history.length + 1}>
        <ol className="border-t border-line text-sm">
          {history.map(({ version, what, when }) => (
            <HistoryRow key={version} what={what} when={when} />
          ))}
          <HistoryRow what="Made" when={made} />
        </ol>
      </Section>
    </>
  );
}

function Subtasks({ parent, subtasks }: { parent: string; subtasks: TaskView[] }) {
  return (
    <Section title="Subtasks" count={subtasks.length}>
      {subtasks.length > 0 && <TaskList tasks={subtasks.map((subtask) => ({ ...subtask, parentTitle: null }))} isHandOrdered />}
      <Form method="post" key={subtasks.length} className="mt-2 flex gap-2">
        <input type="hidden" name="intent" value="create" />
        <NewTaskId />
        <input type="hidden" name="parent" value={parent} />
        <input name="title" required aria-label="Add a subtask" placeholder="Add a subtask" autoComplete="off" className="input" />
        <button type="submit" className="button-quiet flex-none">
          Add
        </button>
      </Form>
    </Section>
  );
}

function HistoryRow({ what, when }: { what: string; when: string }) {
  return (
    <li className="flex justify-between gap-3 border-b border-line px-0.5 py-2">
      <span>{what}</span>
      <span className="flex-none text-[13px] text-ink-3">{when}</span>
    </li>
  );
}
