import { Labelled } from "#app/components/forms/field.tsx";
import { useLists } from "#app/components/ui/layout-data.ts";
import type { FieldErrors } from "#app/http/form.ts";
import type { TaskFormValues } from "#app/tasks/forms/task-form.ts";

interface TaskFieldsProps {
  values: TaskFormValues;
  errors: FieldErrors | undefined;
  /** A subtask is in its parent's list, so it has no list field. */
  isSubtask?: boolean;
}

export function TaskFields({ values, errors, isSubtask = false }: TaskFieldsProps) {
  const lists = useLists();
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Labelled label="Notes" error={errors?.notes} className="col-span-2 lg:col-span-4">
        {(props) => (
          <textarea
            {...props}
            name="notes"
            defaultValue={values.notes}
            rows={3}
            className="input field-sizing-content h-auto max-h-80 min-h-20 resize-y py-2"
          />
        )}
      </Labelled>
      <Labelled label="Due" error={errors?.due} className="">
        {(props) => (
          <input {...props} name="due" type="date" defaultValue={values.due} min="0001-01-01" max="9999-12-31" className="input" />
        )}
      </Labelled>
      <Labelled label="Time" error={undefined} className="">
        {(props) => <input {...props} name="time" type="time" defaultValue={values.time} className="input" />}
      </Labelled>
      <Labelled label="Priority" error={errors?.priority} className="">
        {(props) => (
          <select {...props} name="priority" defaultValue={values.priority ?? "0"} className="input">
            <option value="0">None</option>
            <option value="1">Low</option>
            <option value="2">Medium</option>
            <option value="3">High</option>
          </select>
        )}
      </Labelled>
      {!isSubtask && (
        <Labelled label="List" error={errors?.list} className="">
          {(props) => (
            <select {...props} name="list" defaultValue={values.list ?? ""} className="input">
              <option value="">Inbox</option>
              {lists.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      <Labelled label="Labels" error={errors?.labels} className="col-span-2 lg:col-span-4">
        {(props) => (
          <input {...props} name="labels" defaultValue={values.labels} placeholder="errand, phone" autoComplete="off" className="input" />
        )}
      </Labelled>
    </div>
  );
}
