import { useRef } from "react";
import { Form, Link } from "react-router";
import { Labelled } from "#app/components/forms/field.tsx";
import { MoreFields, moreValuesOf } from "#app/components/task/more-fields.tsx";
import { RepeatFields } from "#app/components/task/repeat-fields.tsx";
import { ConflictNotice, formValuesOf } from "#app/components/task/task-editor.tsx";
import { TaskFields } from "#app/components/task/task-fields.tsx";
import { useCommandSubmit, useFormBaseline } from "#app/components/task/use-form-baseline.ts";
import { repeatFormValues } from "#app/tasks/forms/repeat-form.ts";
import type { RepeatPreview } from "#app/tasks/forms/repeat-preview.ts";
import type { FailedSubmission, TaskFormValues } from "#app/tasks/forms/task-form.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

interface TaskFormProps {
  task: TaskView;
  preview: RepeatPreview;
  /** Titles of possible parents. */
  parents: string[];
  actionData: unknown;
  rejected: FailedSubmission | undefined;
}

export function TaskForm({ task, preview, parents, actionData, rejected }: TaskFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { baseline, round } = useFormBaseline(form, task, actionData);
  const { errors, current, values = allValuesOf(baseline) } = rejected ?? {};
  return (
    <Form
      method="post"
      ref={form}
      {...useCommandSubmit(baseline)}
      data-rejected={rejected && true}
      className="rounded-xl border border-line bg-surface p-4 shadow-raised"
    >
      <input type="hidden" name="id" value={task.id} />
      <input type="hidden" name="version" value={(current ?? baseline).version} />
      {current && <ConflictNotice task={current} />}
      <div key={round}>
        <Labelled label="Title" error={errors?.title} className="mb-3">
          {(props) => <input {...props} name="title" required autoComplete="off" defaultValue={values.title} className="input" />}
        </Labelled>
        <TaskFields values={values} errors={errors} isSubtask={task.parentId !== null} />
        <RepeatFields values={values} errors={errors} saved={preview} />
        <MoreFields values={values} errors={errors} parents={parents} />
      </div>
      <TaskButtons task={task} hasConflict={current !== undefined} />
    </Form>
  );
}

function allValuesOf(task: TaskView): TaskFormValues {
  return {
    ...formValuesOf(task),
    ...repeatFormValues(task.recurrence),
    start: task.startDate ?? "",
    timezone: task.due?.timezone ?? "",
    ...moreValuesOf(task),
  };
}

function TaskButtons({ task, hasConflict }: { task: TaskView; hasConflict: boolean }) {
  return (
    <div className="mt-4 flex flex-wrap items-center gap-1 desk:gap-2">
      <button type="submit" name="intent" value="update" className="button">
        Save
      </button>
      {hasConflict && (
        // Reloads the page, which discards what was typed.
        <Link to={`/task/${task.id}`} reloadDocument className="button-quiet">
          Cancel
        </Link>
      )}
      <button type="submit" name="intent" value={task.status === "done" ? "reopen" : "complete"} className="button-quiet">
        {task.status === "done" ? "Open again" : "Complete"}
      </button>
      {task.repeats && task.status === "open" && (
        <button type="submit" name="intent" value="skip" className="button-quiet">
          <span>
            Skip <span className="max-desk:sr-only">this one</span>
          </span>
        </button>
      )}
      <button type="submit" name="intent" value="delete" className="button-quiet ml-auto hover:text-late">
        Delete
      </button>
    </div>
  );
}
