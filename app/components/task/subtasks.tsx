import { useId, useRef, useState } from "react";
import { Form, useActionData } from "react-router";
import { NewTaskId } from "#app/components/forms/new-task-id.tsx";
import { useReturned } from "#app/components/forms/use-failed-submission.ts";
import { useComingTitles } from "#app/components/forms/use-pending-forms.ts";
import { FieldError } from "#app/components/task/task-fields.tsx";
import { TaskList } from "#app/components/task/task-list.tsx";
import { useHeldRow } from "#app/components/task/use-pinned-row.ts";
import { Section } from "#app/components/ui/page-parts.tsx";
import type { FailedSubmission } from "#app/tasks/forms/task-form.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

export function Subtasks({ parent, ...sections }: { parent: string; subtasks: TaskView[] }) {
  const { subtasks } = useHeldRow(sections);
  const isAdding = useComingTitles(parent).length > 0;
  const rows = subtasks.map((subtask) => ({ ...subtask, parentTitle: null }));
  return (
    <Section title="Subtasks" count={subtasks.length}>
      {(subtasks.length > 0 || isAdding) && <TaskList tasks={rows} isHandOrdered takesNew parent={parent} />}
      <AddSubtask key={parent} parent={parent} />
    </Section>
  );
}

/** Enter adds it, empties the box and keeps the focus. */
function AddSubtask({ parent }: { parent: string }) {
  const answer = useActionData<FailedSubmission>();
  const refused = answer?.intent === "create" ? answer : undefined;
  const [errors, setErrors] = useState(refused?.errors);
  const error = errors?.title ?? errors?.parent;
  const form = useRef<HTMLFormElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const errorId = useId();
  useReturned(form, (_texts, found) => setErrors(found), parent);
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
          defaultValue={refused?.values.title}
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
