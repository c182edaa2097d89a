import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { Form, Link, useSearchParams } from "react-router";
import { Labelled, TaskFields } from "#app/components/task/task-fields.tsx";
import { useDoing, useOpenedTask } from "#app/components/task/use-form-baseline.ts";
import type { FieldErrors } from "#app/http/form.ts";
import type { FailedSubmission, TaskFormValues } from "#app/tasks/forms/task-form.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

interface TaskEditorProps {
  task: TaskView;
  /** What was typed is on its way: its row stands here meanwhile, and this comes back if it is refused. */
  isSaving: boolean;
  /** What was typed and could not be saved. */
  refused: FailedSubmission | undefined;
  closeTo: string;
}

/** A row turned into a form, in its place. */
export function TaskEditor({ task, isSaving, refused, closeTo }: TaskEditorProps) {
  const form = useFieldInHand();
  useFocusBack(form, isSaving);
  const { opened, round } = useOpenedTask(form, task);
  const { errors, current, values = valuesOf(opened) } = refused ?? {};
  return (
    <li id={isSaving ? undefined : `task-${task.id}`} hidden={isSaving} className="border-b border-line py-3">
      <Form
        method="post"
        ref={form}
        onSubmit={useDoing(task.id)}
        data-refused={refused && true}
        preventScrollReset
        className="rounded-xl border border-line bg-surface p-3.5 shadow-raised"
      >
        <input type="hidden" name="id" value={task.id} />
        <input type="hidden" name="version" value={(current ?? opened).version} />
        {current && <Stale task={current} />}
        <div key={round}>
          <Labelled label="Title" error={errors?.title} className="mb-3">
            {(props) => (
              // biome-ignore lint/a11y/noAutofocus: the person has just asked for this form.
              <input {...props} name="title" required autoFocus autoComplete="off" defaultValue={values.title} className="input" />
            )}
          </Labelled>
          <TaskFields values={values} errors={besideShown(errors)} isSubtask={task.parentId !== null} />
        </div>
        <div className="mt-3.5 flex flex-wrap items-center gap-x-1 desk:gap-2">
          <button type="submit" name="intent" value="update" className="button">
            Save
          </button>
          <Link to={closeTo} preventScrollReset className="button-quiet">
            Cancel
          </Link>
          <Link to={`/task/${task.id}`} className="button-quiet ml-auto">
            All fields
          </Link>
          <button type="submit" name="intent" value="delete" className="button-quiet hover:text-late">
            Delete
          </button>
        </div>
      </Form>
    </li>
  );
}

/** What is wrong with a date only beside a field that is not here stands beside the date. */
function besideShown(errors: FieldErrors | undefined): FieldErrors | undefined {
  const { repeat, start } = errors ?? {};
  const due = errors?.due ?? (repeat ? `Its repeat ${repeat}` : start && `The day that it is hidden until ${start}`);
  return due === undefined ? errors : { ...errors, due };
}

/** The field that the address names gets the focus: the person has pressed its key. */
function useFieldInHand() {
  const form = useRef<HTMLFormElement>(null);
  const [search] = useSearchParams();
  const field = search.get("field");
  useEffect(() => {
    const control = field && form.current?.elements.namedItem(field);
    if (control instanceof HTMLElement) control.focus();
  }, [field]);
  return form;
}

/** What had the focus before it went out of sight has it again, unless the person is somewhere else by now. */
function useFocusBack(form: RefObject<HTMLFormElement | null>, isSaving: boolean): void {
  const had = useRef<Element>(null);
  useLayoutEffect(() => {
    const active = document.activeElement;
    if (isSaving) had.current = form.current?.contains(active) ? active : null;
    else if (active === document.body && had.current instanceof HTMLElement) had.current.focus();
  }, [form, isSaving]);
}

export function valuesOf(task: TaskView): TaskFormValues {
  return {
    title: task.title,
    notes: task.notes,
    priority: String(task.priority),
    list: task.listId ?? "",
    labels: task.labels.join(", "),
    due: task.due?.date ?? "",
    time: task.due?.time ?? "",
  };
}

export function Stale({ task }: { task: TaskView }) {
  return (
    <div role="alert" className="mb-3.5 rounded-lg border border-soon/30 bg-soon/8 px-3 py-2.5 text-sm">
      <p className="font-medium">This task was changed elsewhere while you edited it. It now says:</p>
      <p className="mt-1 break-words">{task.title}</p>
      {task.notes && <p className="mt-1 break-words whitespace-pre-line text-ink-2">{task.notes}</p>}
      <p className="mt-1 text-ink-2">
        {task.dueLabel ? `Due ${task.dueLabel.text}. ` : "No date. "}Save puts yours in its place; Cancel keeps it.
      </p>
    </div>
  );
}
