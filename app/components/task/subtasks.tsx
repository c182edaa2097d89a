import { useId, useRef, useState } from "react";
import { Form, useActionData } from "react-router";
import { FieldError } from "#app/components/forms/field.tsx";
import { NewTaskId } from "#app/components/forms/new-task-id.tsx";
import { useFailedSubmission } from "#app/components/forms/use-failed-submission.ts";
import { usePendingTitles } from "#app/components/task/pending-row.tsx";
import { TaskList } from "#app/components/task/task-list.tsx";
import { usePinnedRow } from "#app/components/task/use-pinned-row.ts";
import { Section } from "#app/components/ui/page-parts.tsx";
import type { FailedSubmission } from "#app/tasks/forms/task-form.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

export function Subtasks({ parent, ...sections }: { parent: string; subtasks: TaskView[] }) {
  const { subtasks } = usePinnedRow(sections);
  const isAdding = usePendingTitles(parent).length > 0;
  const rows = subtasks.map((subtask) => ({ ...subtask, parentTitle: null }));
  return (
    <Section title="Subtasks" count={subtasks.length}>
      {(subtasks.length > 0 || isAdding) && <TaskList tasks={rows} isManuallyOrdered showsPending parent={parent} />}
      <AddSubtask key={parent} parent={parent} />
    </Section>
  );
}

/** Adding a subtask empties the field and keeps the focus, for the next one. */
function AddSubtask({ parent }: { parent: string }) {
  const actionData = useActionData<FailedSubmission>();
  const rejected = actionData?.intent === "create" ? actionData : undefined;
  const [errors, setErrors] = useState(rejected?.errors);
  const error = errors?.title ?? errors?.parent;
  const form = useRef<HTMLFormElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const errorId = useId();
  useFailedSubmission(form, (_texts, newErrors) => setErrors(newErrors), parent);
  function empty() {
    if (box.current) box.current.value = "";
    setErrors(undefined);
  }
  return (
    <Form method="post" ref={form} navigate={false} onSubmit={() => queueMicrotask(empty)} className="mt-2">
      <input type="hidden" name="intent" value="create" />
      <NewTaskId />
      <input type="hidden" name="parent" value={parent} />
      <div className="flex gap-2">
        <input
          ref={box}
          name="title"
          required
          aria-label="Add a subtask"
          placeholder="Add a subtask"
          autoComplete="off"
          defaultValue={rejected?.values.title}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? errorId : undefined}
          className="input"
        />
        <button type="submit" className="button-quiet flex-none">
          Add
        </button>
      </div>
      <FieldError id={errorId} text={error} />
    </Form>
  );
}
