import { type FormEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useNavigation, useSubmit } from "react-router";
import { isAccepted } from "#app/components/forms/submission.ts";
import { useEditedSinceSubmit } from "#app/components/forms/use-edited-since-submit.ts";
import type { TaskView } from "#app/tasks/task-view.ts";

/**
 * The task whose values a form's fields start with. Changes that others make meanwhile do not alter the fields. The baseline is
 * replaced by the current task once the form is saved, and when the task changes before anything is typed. `round` counts how often
 * the fields start anew: at each replacement, unless something was typed while the form was being saved. `actionData` is what came of
 * the form's last submission.
 */
export function useFormBaseline(
  form: RefObject<HTMLFormElement | null>,
  task: TaskView,
  actionData?: unknown,
): { baseline: TaskView; round: number } {
  const isEdited = useEditedSinceSubmit(form);
  const isIdle = useNavigation().state === "idle";
  const [state, setState] = useState({ baseline: task, round: 0, actionData });
  const isSaved = isAccepted(actionData) && actionData !== state.actionData;
  const isChanged = task.version !== state.baseline.version;
  useEffect(() => {
    if (!isIdle || !(isSaved || (isChanged && !isDirty(form.current)))) return;
    const keepsFields = isSaved && isEdited.current;
    setState(({ round }) => ({ baseline: task, round: keepsFields ? round : round + 1, actionData }));
  }, [form, task, actionData, isEdited, isIdle, isSaved, isChanged]);
  return state;
}

interface SubmitHandlers {
  onSubmitCapture(event: FormEvent<HTMLFormElement>): void;
  onSubmit(event: FormEvent<HTMLFormElement>): void;
}

/**
 * Submit handlers of a form with command buttons such as Complete. A command submits the form's fields, which are saved first. If
 * no field was changed it submits only the command, which can't conflict with what others changed meanwhile. A submission during
 * another one waits for the new `baseline`, whose version it needs, and is dropped if the other one fails.
 */
export function useCommandSubmit(baseline: TaskView): SubmitHandlers {
  const submit = useSubmit();
  const isSubmitting = useNavigation().formData?.get("id") === baseline.id;
  const waiting = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new baseline means that the other submission was accepted.
  useEffect(() => waiting.current?.form?.requestSubmit(waiting.current), [baseline]);
  return {
    onSubmitCapture(event) {
      waiting.current = isSubmitting ? submitterOf(event) : null;
      if (!isSubmitting) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onSubmit(event) {
      const intent = submitterOf(event)?.value ?? "update";
      if (intent === "update" || isDirty(event.currentTarget)) return;
      event.preventDefault();
      void submit({ intent, id: baseline.id }, { method: "post", preventScrollReset: true });
    },
  };
}

function submitterOf({ nativeEvent }: FormEvent): HTMLButtonElement | null {
  const { submitter } = nativeEvent as SubmitEvent;
  return submitter instanceof HTMLButtonElement ? submitter : null;
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
