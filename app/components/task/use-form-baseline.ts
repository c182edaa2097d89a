import { type FormEvent, type RefObject, useEffect, useState } from "react";
import { useNavigation, useSubmit } from "react-router";
import { isCarriedOut } from "#app/pages/queue-submit.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/**
 * What a task's form was opened with: whatever others do meanwhile, nothing changes under who types. It is opened anew,
 * with the task as it is by then, once it is carried out, and when the task changes before anything is typed. `round`
 * counts that.
 */
export function useOpenedTask(
  form: RefObject<HTMLFormElement | null>,
  task: TaskView,
  answer?: unknown,
): { opened: TaskView; round: number } {
  const isSettled = useNavigation().state === "idle";
  const [state, setState] = useState({ opened: task, round: 0, answer });
  const isSaved = isCarriedOut(answer) && answer !== state.answer;
  const isChanged = task.version !== state.opened.version;
  useEffect(() => {
    if (isSettled && (isSaved || (isChanged && !isTouched(form.current))))
      setState(({ round }) => ({ opened: task, round: round + 1, answer }));
  }, [form, task, answer, isSettled, isSaved, isChanged]);
  return state;
}

/**
 * A button that does something to the task sends what was typed along, to be saved first. Where nothing was typed there is
 * nothing to save, so what others have changed meanwhile doesn't matter.
 */
export function useDoing(task: string): (event: FormEvent<HTMLFormElement>) => void {
  const submit = useSubmit();
  return (event) => {
    const { submitter } = event.nativeEvent as SubmitEvent;
    const intent = submitter instanceof HTMLButtonElement ? submitter.value : "update";
    if (intent === "update" || isTouched(event.currentTarget)) return;
    event.preventDefault();
    void submit({ intent, id: task }, { method: "post", preventScrollReset: true });
  };
}

/** What was refused stands in the fields as if they had been opened with it: such a form is marked. */
function isTouched(form: HTMLFormElement | null): boolean {
  if (form?.dataset.refused) return true;
  return [...(form?.elements ?? [])].some((control) => {
    if (control instanceof HTMLSelectElement) return [...control.options].some((option) => option.selected !== option.defaultSelected);
    if (control instanceof HTMLInputElement && control.checked !== control.defaultChecked) return true;
    return (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) && control.value !== control.defaultValue;
  });
}
