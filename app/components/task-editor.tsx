import { useId } from "react";
import { Form, Link } from "react-router";
import { FieldError, TaskFields } from "#app/components/task-fields.tsx";
import type { TaskView } from "#app/components/task-row.tsx";
import type { FieldErrors } from "#app/http/form.ts";
import type { TaskFormValues } from "#app/tasks/task-form.ts";

interface TaskEditorProps {
  task: TaskView;
  /** What was typed and could not be saved. */
  values: TaskFormValues | undefined;
  errors: FieldErrors | undefined;
  /** What somebody else saved meanwhile, while `values` was typed here. */
  current: TaskView | undefined;
  closeTo: string;
}

/** A row turned into a form, in its place. */
export function TaskEditor({ task, values, errors, current, closeTo }: TaskEditorProps) {
  const titleId = useId();
  const shown = values ?? { title: task.title, notes: task.notes, priority: String(task.priority), due: task.due?.date ?? "" };
  return (
    <li id={`task-${task.id}`} className="border-b border-line py-3">
      <Form method="post" preventScrollReset className="rounded-xl border border-line bg-surface p-3.5 shadow-raised">
        <input type="hidden" name="id" value={task.id} />
        <input type="hidden" name="version" value={(current ?? task).version} />
        {current && <Stale task={current} />}
        <div className="mb-3">
          <label htmlFor={titleId} className="mb-1 block text-[13px] font-medium text-ink-2">
            Title
          </label>
          <input
            id={titleId}
            name="title"
            required
            // biome-ignore lint/a11y/noAutofocus: the person has just asked for this form.
            autoFocus
            autoComplete="off"
            defaultValue={shown.title}
            className="input"
            aria-invalid={errors?.title ? true : undefined}
            aria-describedby={errors?.title ? `${titleId}-error` : undefined}
          />
          <FieldError id={`${titleId}-error`} text={errors?.title} />
        </div>
        <TaskFields values={shown} errors={errors} />
        <div className="mt-3.5 flex items-center gap-2">
          <button type="submit" name="intent" value="update" className="button">
            Save
          </button>
          <Link to={closeTo} preventScrollReset className="button-quiet">
            Cancel
          </Link>
          <button type="submit" name="intent" value="delete" formNoValidate className="button-quiet ml-auto hover:text-late">
            Delete
          </button>
        </div>
      </Form>
    </li>
  );
}

function Stale({ task }: { task: TaskView }) {
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
