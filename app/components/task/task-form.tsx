import { useRef } from "react";
import { Form, Link } from "react-router";
import { MoreFields } from "#app/components/task/more-fields.tsx";
import { RepeatFields } from "#app/components/task/repeat-fields.tsx";
import { Stale, valuesOf } from "#app/components/task/task-editor.tsx";
import { Labelled, TaskFields } from "#app/components/task/task-fields.tsx";
import { useDoing, useOpenedTask } from "#app/components/task/use-form-baseline.ts";
import { repeatFormValues } from "#app/tasks/forms/repeat-form.ts";
import type { RepeatPreview } from "#app/tasks/forms/repeat-preview.ts";
import type { FailedSubmission, TaskFormValues } from "#app/tasks/forms/task-form.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

interface TaskFormProps {
  task: TaskView;
  /** Its repeat, as it is saved. */
  preview: RepeatPreview;
  /** Titles of tasks that it could be below. */
  parents: string[];
  /** What came of the form when it was last sent. */
  answer: unknown;
  /** What was typed and could not be saved. */
  refused: FailedSubmission | undefined;
}

/** Every field of a task. */
export function TaskForm({ task, preview, parents, answer, refused }: TaskFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { opened, round } = useOpenedTask(form, task, answer);
  const { errors, current, values = everyValueOf(opened) } = refused ?? {};
  return (
    <Form
      method="post"
      ref={form}
      onSubmit={useDoing(task.id)}
      data-refused={refused && true}
      className="rounded-xl border border-line bg-surface p-4 shadow-raised"
    >
      <input type="hidden" name="id" value={task.id} />
      <input type="hidden" name="version" value={(current ?? opened).version} />
      {current && <Stale task={current} />}
      <div key={round}>
        <Labelled label="Title" error={errors?.title} className="mb-3">
          {(props) => <input {...props} name="title" required autoComplete="off" defaultValue={values.title} className="input" />}
        </Labelled>
        <TaskFields values={values} errors={errors} isSubtask={task.parentId !== null} />
        <RepeatFields values={values} errors={errors} saved={preview} />
        <MoreFields values={values} errors={errors} parents={parents} />
      </div>
      <TaskButtons task={task} isStale={current !== undefined} />
    </Form>
  );
}

function everyValueOf(task: TaskView): TaskFormValues {
  return {
    ...valuesOf(task),
    ...repeatFormValues(task.recurrence),
    start: task.startDate ?? "",
    timezone: task.due?.timezone ?? "",
    parent: task.parentTitle ?? "",
    external: task.externalId ?? "",
  };
}

function TaskButtons({ task, isStale }: { task: TaskView; isStale: boolean }) {
  return (
    <div className="mt-4 flex flex-wrap items-center gap-1 desk:gap-2">
      <button type="submit" name="intent" value="update" className="button">
        Save
      </button>
      {isStale && (
        // The page anew, without what was typed.
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
