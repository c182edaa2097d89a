import { type RefObject, useEffect } from "react";
import { useLocation } from "react-router";
import { notify, setFailedNewTask, useNotifications } from "#app/components/ui/notifications.ts";
import { type FieldErrors, textFields } from "#app/http/form.ts";

interface NewTaskTexts {
  title?: string;
  lines?: string;
  parent?: string;
}

/**
 * Restores the values of a failed submission into its form, unless the next title was typed meanwhile: then a message names the
 * task that was not added. `parent` is the task to which the form adds subtasks; a form without it takes every other new task. A
 * subtask whose parent's page was left meanwhile is named in a message as well.
 */
export function useFailedSubmission(
  form: RefObject<HTMLFormElement | null>,
  onRestore: (texts: NewTaskTexts, errors: FieldErrors | undefined) => void,
  parent?: string,
): void {
  const { failedNewTask } = useNotifications();
  const { pathname } = useLocation();
  useEffect(() => {
    const fields = form.current?.elements;
    if (!failedNewTask || !fields) return;
    const texts: NewTaskTexts = textFields(failedNewTask.form);
    const isOfThisForm = texts.parent === parent;
    if (!isOfThisForm && (parent !== undefined || pathname === `/task/${texts.parent}`)) return;
    const titleBox = fields.namedItem("title") as HTMLInputElement;
    setFailedNewTask(undefined);
    if (!isOfThisForm || titleBox.value !== "" || titleBox.disabled)
      return notify({ text: `Not added: ${texts.title ?? texts.lines}`, isPersistent: true });
    for (const [name, value] of Object.entries(texts)) {
      const field = fields.namedItem(name);
      if (field && "value" in field && name !== "intent") field.value = value;
    }
    titleBox.focus();
    onRestore(texts, failedNewTask.errors);
  });
}
