import { useEffect, useRef } from "react";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";
import { hasFocus } from "#app/components/ui/has-focus.ts";

/** Moves the focus to the first invalid field of a form that was rejected, unless the focus has moved since it was submitted. */
export function useInvalidFieldFocus(): void {
  const isIdle = usePendingForms().length === 0;
  const submitted = useRef<{ form: HTMLFormElement; focused: Element | null }>(undefined);
  useEffect(() => {
    function remember({ target }: SubmitEvent) {
      submitted.current = { form: target as HTMLFormElement, focused: document.activeElement };
    }
    document.addEventListener("submit", remember, { capture: true });
    return () => document.removeEventListener("submit", remember, { capture: true });
  }, []);
  useEffect(() => {
    if (!isIdle || !submitted.current) return;
    const { form, focused } = submitted.current;
    submitted.current = undefined;
    if (hasFocus() && document.activeElement !== focused) return;
    form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [isIdle]);
}
