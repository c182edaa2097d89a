import { type FormEvent, type RefObject, useEffect, useState } from "react";
import { useNavigation, useSubmit } from "react-router";
import { isAccepted } from "#app/components/forms/submission.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/**
 * The task whose values a form's fields start with. Changes that others make meanwhile do not alter the fields. The baseline is
 * replaced by the current task once the form is saved, and when the task changes before anything is typed; `round` counts the
 * replacements. `actionData` is what came of the form's last submission.
 */
export function useFormBaseline(
  form: RefObject<HTMLFormElement | null>,
  task: TaskView,
  actionData?: unknown,
): { baseline: TaskView; round: number } {
  const isIdle = useNavigation().state === "idle";
  const [state, setState] = useState({ baseline: task, round: 0, actionData });
  const isSaved = isAccepted(actionData) && actionData !== state.actionData;
  const isChanged = task.version !== state.baseline.version;
  useEffect(() => {
    if (isIdle && (isSaved || (isChanged && !isDirty(form.current))))
      setState(({ round }) => ({ baseline: task, round: round + 1, actionData }));
  }, [form, task, actionData, isIdle, isSaved, isChanged]);
  return state;
}

/**
 * Submit handler of a form with command buttons such as Complete. A command submits the form's fields, which are saved first. If
 * no field was changed it submits only the command, which can't conflict with what others changed meanwhile.
 */
export function useCommandSubmit(taskId: string): (event: FormEvent<HTMLFormElement>) => void {
  const submit = useSubmit();
  return (event) => {
    const { submitter } = event.nativeEvent as SubmitEvent;
    const intent = submitter instanceof HTMLButtonElement ? submitter.value : "update";
    if (intent === "update" || isDirty(event.currentTarget)) return;
    event.preventDefault();
    void submit({ intent, id: taskId }, { method: "post", preventScrollReset: true });
  };
}

/** Rejected values are the fields' default values, so `data-rejected` marks such a form as changed. */
function isDirty(form: HTMLFormElement | null): boolean {
  if (form?.dataset.rejected) return true;
  return [...(form?.elements ?? [])].some((control) => {
    if (control instanceof HTMLSelectElement) return [...control.options].some((option) => option.selected !== option.defaultSelected);
    if (control instanceof HTMLInputElement && control.checked !== control.defaultChecked) return true;
    return (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) && control.value !== control.defaultValue;
  });
}
