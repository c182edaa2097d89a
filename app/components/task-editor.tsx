import { useEffect, useRef } from "react";
import { Form, Link, useSearchParams } from "react-router";
import { Labelled, TaskFields } from "#app/components/task-fields.tsx";
import type { RefusedForm, TaskFormValues } from "#app/tasks/task-form.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

interface TaskEditorProps {
  task: TaskView;
  /** What was typed and could not be saved. */
  refused: RefusedForm | undefined;
  closeTo: string;
}

/** A row turned into a form, in its place. */
export function TaskEditor({ task, refused, closeTo }: TaskEditorProps) {
  const { errors, current, values = valuesOf(task) } = refused ?? {};
  const form = useFieldInHand();
  return (
    <li id={`task-${task.id}`} className="border-b border-line py-3">
      <Form method="post" ref={form} preventScrollReset className="rounded-xl border border-line bg-surface p-3.5 shadow-raised">
        <input type="hidden" name="id" value={task.id} />
        <input type="hidden" name="version" value={(current ?? task).version} />
        {current && <Stale task={current} />}
        <Labelled label="Title" error={errors?.title} className="mb-3">
          {(props) => (
            // biome-ignore lint/a11y/noAutofocus: the person has just asked for this form.
            <input {...props} name="title" required autoFocus autoComplete="off" defaultValue={values.title} className="input" />
          )}
        </Labelled>
        <TaskFields values={values} errors={errors} isSubtask={task.parentId !== null} />
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
          <button type="submit" name="intent" value="delete" formNoValidate className="button-quiet hover:text-late">
            Delete
          </button>
        </div>
      </Form>
    </li>
  );
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
