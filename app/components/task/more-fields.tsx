import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { Labelled } from "#app/components/forms/field.tsx";
import type { FieldErrors } from "#app/http/form.ts";
import type { TaskFormValues } from "#app/tasks/forms/task-form.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

interface MoreFieldsProps {
  values: TaskFormValues;
  errors: FieldErrors | undefined;
  /** Suggested titles of parent tasks; any other title can be typed. */
  parents: string[];
}

export function MoreFields({ values, errors, parents }: MoreFieldsProps) {
  const listId = useId();
  const isOpen = Boolean(values.parent || values.external || errors?.parent || errors?.external);
  return (
    <details className="group border-t border-line" open={isOpen || undefined}>
      <summary className="fold-summary">
        <ChevronDown aria-hidden="true" size={16} className="flex-none -rotate-90 transition-transform duration-150 group-open:rotate-0" />
        More
      </summary>
      <div className="grid gap-3 pt-2 lg:grid-cols-2">
        <Labelled label="Subtask of" error={errors?.parent} className="">
          {(props) => (
            <input
              {...props}
              name="parent"
              list={listId}
              defaultValue={values.parent}
              placeholder="No other task"
              autoComplete="off"
              className="input"
            />
          )}
        </Labelled>
        <datalist id={listId}>
          {parents.map((title) => (
            <option key={title} value={title} />
          ))}
        </datalist>
        <Labelled label="External id" error={errors?.external} className="">
          {(props) => (
            <input
              {...props}
              name="external"
              defaultValue={values.external}
              placeholder="A script's own name for it"
              autoComplete="off"
              className="input"
            />
          )}
        </Labelled>
      </div>
    </details>
  );
}

export function moreValuesOf({ parentTitle, externalId }: TaskView): TaskFormValues {
  return { parent: parentTitle ?? "", external: externalId ?? "" };
}
