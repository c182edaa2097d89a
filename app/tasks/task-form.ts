import { type FieldErrors, fieldErrors } from "#app/http/form.ts";
import { TaskInput } from "#app/tasks/task.ts";

/** What a person typed, kept as it is until it is valid. */
export interface TaskFormValues {
  title: string;
  notes: string;
  priority: string;
  due: string;
}

type Read = { success: true; input: TaskInput; values: TaskFormValues } | { success: false; errors: FieldErrors; values: TaskFormValues };

/** The fields of a task's form by the very rules of the API. A field that the form lacks is empty. */
export function readTaskForm(fields: Record<string, string>): Read {
  const values = { title: fields.title ?? "", notes: fields.notes ?? "", priority: fields.priority ?? "0", due: fields.due ?? "" };
  const result = TaskInput.safeParse({
    title: values.title,
    // A form sends every line break as CRLF (WHATWG HTML, 4.10.21.8).
    notes: values.notes.replaceAll("\r\n", "\n"),
    priority: Number(values.priority),
    due: values.due ? { date: values.due } : null,
  });
  return result.success ? { success: true, input: result.data, values } : { success: false, errors: fieldErrors(result.error), values };
}
