import { useEffect, useRef } from "react";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";

/** The longest time between the two clicks of a double click, in milliseconds. */
const DOUBLE_CLICK = 1_000;

let lastSubmission: { content: string; at: number } | undefined;

/** Call after a submission failed. */
export function allowResubmit(): void {
  lastSubmission = undefined;
}

/**
 * Cancels the submission of a form whose same content is being submitted already. The end of a native submission can't be
 * observed if the page stays, as with a download: such a form can be submitted again after the time of a double click.
 */
export function usePreventDoubleSubmit(): void {
  const isIdle = usePendingForms().length === 0;
  const isPending = useRef(false);
  useEffect(() => {
    isPending.current = !isIdle;
    if (isIdle) lastSubmission = undefined;
  }, [isIdle]);
  useEffect(() => {
    function check(event: SubmitEvent) {
      const form = event.target as HTMLFormElement;
      // A form of this method only closes its dialog.
      if (form.method === "dialog") return;
      const content = JSON.stringify([form.action, ...new FormData(form, event.submitter)]);
      const isSame = content === lastSubmission?.content;
      if (isSame && (isPending.current || Date.now() - (lastSubmission?.at ?? 0) < DOUBLE_CLICK)) {
        event.preventDefault();
        event.stopPropagation();
      } else lastSubmission = { content, at: Date.now() };
    }
    // The capture phase on `window` comes before React, which listens on the document.
    window.addEventListener("submit", check, { capture: true });
    return () => window.removeEventListener("submit", check, { capture: true });
  }, []);
}
