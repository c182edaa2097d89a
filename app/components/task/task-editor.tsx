import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { Form, Link, useSearchParams } from "react-router";
import { Labelled } from "#app/components/forms/field.tsx";
import { TaskFields } from "#app/components/task/task-fields.tsx";
import { useCommandSubmit, useFormBaseline } from "#app/components/task/use-form-baseline.ts";
import type { FieldErrors } from "#app/http/form.ts";
import type { FailedSubmission, TaskFormValues } from "#app/tasks/forms/task-form.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

interface TaskEditorProps {
  task: TaskView;
  /** The form is being saved: it is hidden behind the task's row meanwhile, and shown again if it is rejected. */
  isSaving: boolean;
  rejected: FailedSubmission | undefined;
  closeTo: string;
}

export function TaskEditor({ task, isSaving, rejected, closeTo }: TaskEditorProps) {
  const form = useFieldFocus();
  useEditorFocusRestore(form, isSaving);
  const { baseline, round } = useFormBaseline(form, task);
  const { errors, current, values = formValuesOf(baseline) } = rejected ?? {};
  return (
    <li id={isSaving ? undefined : `task-${task.id}`} hidden={isSaving} className="border-b border-line py-3">
      <Form
        method="post"
        ref={form}
        {...useCommandSubmit(baseline)}
        data-rejected={rejected && true}
        preventScrollReset
        className="rounded-xl border border-line bg-surface p-3.5 shadow-raised"
      >
        <input type="hidden" name="id" value={task.id} />
        <input type="hidden" name="version" value={(current ?? baseline).version} />
        {current && <ConflictNotice task={current} />}
        <div key={round}>
          <Labelled label="Title" error={errors?.title} className="mb-3">
            {(props) => (
              <input
                {...props}
                name="title"
                required
                // biome-ignore lint/a11y/noAutofocus: the person has just asked for this form, or it is the first field that was rejected.
                autoFocus={!errors || errors.title !== undefined}
                autoComplete="off"
                defaultValue={values.title}
                className="input"
              />
            )}
          </Labelled>
          <TaskFields values={values} errors={onVisibleFields(errors)} isSubtask={task.parentId !== null} />
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

/** Moves errors of fields that the editor lacks to the due date, which they are about. */
function onVisibleFields(errors: FieldErrors | undefined): FieldErrors | undefined {
  const { repeat, start } = errors ?? {};
  const due = errors?.due ?? (repeat ? `Its repeat ${repeat}` : start && `The day that it is hidden until ${start}`);
  return due === undefined ? errors : { ...errors, due };
}

function useFieldFocus() {
  const form = useRef<HTMLFormElement>(null);
  const [search] = useSearchParams();
  const field = search.get("field");
  useEffect(() => {
    const control = field && form.current?.elements.namedItem(field);
    if (control instanceof HTMLElement) control.focus();
  }, [field]);
  return form;
}

/** When a hidden editor is shown again, focuses the field that had the focus, unless the focus has moved elsewhere. */
function useEditorFocusRestore(form: RefObject<HTMLFormElement | null>, isSaving: boolean): void {
  const lastFocused = useRef<Element>(null);
  useLayoutEffect(() => {
    const active = document.activeElement;
    if (isSaving) lastFocused.current = form.current?.contains(active) ? active : null;
    else if (active === document.body && lastFocused.current instanceof HTMLElement) lastFocused.current.focus();
  }, [form, isSaving]);
}

export function formValuesOf(task: TaskView): TaskFormValues {
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

export function ConflictNotice({ task }: { task: TaskView }) {
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
