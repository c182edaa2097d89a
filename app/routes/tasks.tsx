import { useRef } from "react";
import { data, Link, redirect, useSearchParams } from "react-router";
import { CaptureBox } from "#app/components/capture-box.tsx";
import { TaskEditor } from "#app/components/task-editor.tsx";
import { TaskRow, type TaskView } from "#app/components/task-row.tsx";
import { Toast } from "#app/components/toast.tsx";
import { useKeptFocus } from "#app/components/use-kept-focus.ts";
import { usePrevious } from "#app/components/use-previous.ts";
import { userContext } from "#app/context.ts";
import { readForm, textFields } from "#app/http/form.ts";
import { dayAt, dueLabel } from "#app/tasks/dates.ts";
import type { Task, TaskFilter } from "#app/tasks/task.ts";
import { readTaskForm } from "#app/tasks/task-form.ts";
import { tasksOf, VersionConflict } from "#app/tasks/tasks.server.ts";
import type { Route } from "./+types/tasks";
import { noticeOf, readTasksAddress, returnedTask, type TasksAddress, tasksAddress } from "./tasks-address";

const PAGE = 100;
const ORDER: Record<TaskFilter["status"], TaskFilter["sort"]> = { open: "rank", all: "rank", done: "-updated_at" };

export async function loader({ url, context }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const address = readTasksAddress(url.searchParams);
  const { status, cursor, edit } = address;
  const page = await tasksOf(user).list({ status, sort: ORDER[status] }, { limit: PAGE, cursor });
  if (!page) throw data(null, 400);
  const today = dayAt(Temporal.Now.instant(), user.timezone);
  const tasks = page.tasks.map((task) => toView(task, today));
  const isGone = edit !== undefined && !tasks.some(({ id }) => id === edit);
  const notice = noticeOf(isGone ? { did: "gone", id: edit } : address);
  return { status, edit, tasks, notice, returned: returnedTask(address), isFirstPage: cursor === undefined, nextCursor: page.nextCursor };
}

function toView({ id, title, notes, status, priority, due, version }: Task, today: Temporal.PlainDate): TaskView {
  return { id, title, notes, status, priority, due, version, dueLabel: due && dueLabel(due.date, today) };
}

export async function action({ request, url, context }: Route.ActionArgs) {
  const user = context.get(userContext);
  const tasks = tasksOf(user);
  const { intent, id = "", version, ...fields } = textFields(await readForm(request));
  switch (intent) {
    case "create": {
      const form = readTaskForm(fields);
      if (!form.success) return data({ intent, id, errors: form.errors, values: form.values, current: undefined }, 422);
      const { id: created } = await tasks.create(form.input);
      return back(url, "added", created);
    }
    case "update": {
      const form = readTaskForm(fields);
      if (!form.success) return data({ intent, id, errors: form.errors, values: form.values, current: undefined }, 422);
      const { status: _unchanged, ...changes } = form.input;
      const saved = await tasks.update(id, changes, [versionOf(version)]);
      if (saved instanceof VersionConflict) {
        const current = toView(saved.current, dayAt(Temporal.Now.instant(), user.timezone));
        return data({ intent, id, errors: undefined, values: form.values, current }, 409);
      }
      return back(url, saved ? "saved" : "gone", id);
    }
    case "complete":
      return back(url, (await tasks.update(id, { status: "done" })) ? "completed" : "gone", id);
    case "reopen":
      return back(url, (await tasks.update(id, { status: "open" })) ? "reopened" : "gone", id);
    case "delete":
      return back(url, (await tasks.remove(id)) ? "deleted" : "gone", id);
    case "restore":
      return back(url, (await tasks.restore(id)) || (await tasks.find(id)) ? "restored" : "gone", id);
    default:
      throw data(null, 400);
  }
}

/** The version that the editor was opened at. Our form always has it. */
function versionOf(field: string | undefined): number {
  if (!/^[1-9]\d{0,8}$/.test(field ?? "")) throw data(null, 400);
  return Number(field);
}

/** To the same view, with its editor closed and what happened said. */
function back(url: URL, did: NonNullable<TasksAddress["did"]>, id: string): Response {
  return redirect(tasksAddress(url.searchParams, { did, id }));
}

export default function Tasks({ loaderData, actionData }: Route.ComponentProps) {
  const { status, edit, tasks, notice, returned, isFirstPage, nextCursor } = loaderData;
  const [search] = useSearchParams();
  const closed = usePrevious(edit);
  const refused = actionData?.intent;
  const list = useRef<HTMLUListElement>(null);
  useKeptFocus(list, "input[name=title]", returned);
  return (
    <>
      <title>All tasks · Doable</title>
      <h1 className="mb-5 text-2xl leading-tight font-[680] tracking-[-0.02em] desk:text-[28px]">All tasks</h1>
      <CaptureBox
        values={refused === "create" ? actionData?.values : undefined}
        errors={refused === "create" ? actionData?.errors : undefined}
      />
      <Filter status={status} />
      {tasks.length === 0 ? (
        <Empty status={status} />
      ) : (
        <ul ref={list} className="mt-3 border-t border-line">
          {tasks.map((task) =>
            task.id === edit ? (
              <TaskEditor
                key={`${task.id}-${task.version}`}
                task={task}
                {...(refused === "update" && actionData?.id === task.id ? actionData : NOT_REFUSED)}
                closeTo={tasksAddress(search, {})}
              />
            ) : (
              <TaskRow
                key={task.id}
                task={task}
                editTo={tasksAddress(search, { edit: task.id })}
                takesFocus={!edit && closed === task.id}
              />
            ),
          )}
        </ul>
      )}
      <Pages
        isFirst={isFirstPage}
        next={nextCursor && tasksAddress(search, { cursor: nextCursor })}
        first={tasksAddress(search, { cursor: undefined })}
      />
      <Toast notice={notice} />
    </>
  );
}

const NOT_REFUSED = { values: undefined, errors: undefined, current: undefined };

const FILTERS = [
  ["open", "Open"],
  ["done", "Done"],
  ["all", "All"],
] as const;

function Filter({ status }: { status: TaskFilter["status"] }) {
  return (
    <nav aria-label="Which tasks" className="mt-5 flex gap-1.5">
      {FILTERS.map(([value, label]) => (
        <Link
          key={value}
          to={tasksAddress(new URLSearchParams(), { status: value })}
          aria-current={value === status ? "true" : undefined}
          className="inline-flex h-8 items-center rounded-[7px] px-3 text-[13px] font-[550] text-ink-2 transition-colors duration-150 hover:bg-sunken pointer-coarse:h-11 aria-[current]:bg-accent-soft aria-[current]:text-accent"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

function Empty({ status }: { status: TaskFilter["status"] }) {
  const [title, text] =
    status === "done"
      ? ["Nothing done yet", "What you complete waits here, and can be opened again."]
      : ["Nothing to do", "Write the next thing in the box above, and press Enter."];
  return (
    <div className="mt-3 rounded-xl border border-dashed border-line px-6 py-14 text-center">
      <p className="font-[550]">{title}</p>
      <p className="mt-1 text-sm text-ink-2">{text}</p>
    </div>
  );
}

function Pages({ isFirst, next, first }: { isFirst: boolean; next: string | null; first: string }) {
  if (isFirst && !next) return null;
  return (
    <nav aria-label="Pages" className="mt-4 flex justify-between">
      {isFirst ? (
        <span />
      ) : (
        <Link to={first} className="button-quiet">
          First page
        </Link>
      )}
      {next && (
        <Link to={next} className="button-quiet">
          Next page
        </Link>
      )}
    </nav>
  );
}
