import { useId } from "react";
import type { FieldErrors } from "#app/http/form.ts";
import type { TaskFormValues } from "#app/tasks/task-form.ts";

interface TaskFieldsProps {
  values: Pick<TaskFormValues, "notes" | "priority" | "due">;
  errors: FieldErrors | undefined;
}

/** The fields of a task but its title: the same when it is made and when it is edited. */
export function TaskFields({ values, errors }: TaskFieldsProps) {
  const id = useId();
  return (
    <div className="grid grid-cols-2 gap-3">
      <div className="col-span-2">
        <label htmlFor={`${id}-notes`} className={LABEL}>
          Notes
        </label>
        <textarea
          id={`${id}-notes`}
          name="notes"
          defaultValue={values.notes}
          rows={3}
          className="input h-auto min-h-20 resize-y py-2"
          aria-invalid={errors?.notes ? true : undefined}
          aria-describedby={errors?.notes ? `${id}-notes-error` : undefined}
        />
        <FieldError id={`${id}-notes-error`} text={errors?.notes} />
      </div>
      <div>
        <label htmlFor={`${id}-due`} className={LABEL}>
          Due
        </label>
        <input
          id={`${id}-due`}
          name="due"
          type="date"
          defaultValue={values.due}
          min="0001-01-01"
          max="9999-12-31"
          className="input"
          aria-invalid={errors?.due ? true : undefined}
          aria-describedby={errors?.due ? `${id}-due-error` : undefined}
        />
        <FieldError id={`${id}-due-error`} text={errors?.due} />
      </div>
      <div>
        <label htmlFor={`${id}-priority`} className={LABEL}>
          Priority
        </label>
        <select id={`${id}-priority`} name="priority" defaultValue={values.priority} className="input">
          <option value="0">None</option>
          <option value="1">Low</option>
          <option value="2">Medium</option>
          <option value="3">High</option>
        </select>
        <FieldError id={`${id}-priority-error`} text={errors?.priority} />
      </div>
    </div>
  );
}

const LABEL = "mb-1 block text-[13px] font-medium text-ink-2";

export function FieldError({ id, text }: { id: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <p id={id} className="mt-1 text-[13px] text-late first-letter:uppercase">
      {text}
    </p>
  );
}
