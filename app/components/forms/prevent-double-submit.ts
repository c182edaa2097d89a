import { useEffect, useRef } from "react";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";

/** How long the second click of two may take, in milliseconds. */
const DOUBLE_CLICK = 1_000;

let sent: { content: string; at: number } | undefined;

/** What was sent last came to nothing: the next try is no second click. */
export function mayBeSentAgain(): void {
  sent = undefined;
}

/**
 * A form that is on its way is not sent again by a second click. Of a form that a browser sends by itself nobody hears
 * what came of it, unless it is another page: such a one can be sent again once the second click would have come.
 */
export function useSingleSubmit(): void {
  const isIdle = usePendingForms().length === 0;
  const isWaiting = useRef(false);
  useEffect(() => {
    isWaiting.current = !isIdle;
    if (isIdle) sent = undefined;
  }, [isIdle]);
  useEffect(() => {
    function check(event: SubmitEvent) {
      const form = event.target as HTMLFormElement;
      // It only closes its dialog.
      if (form.method === "dialog") return;
      const content = JSON.stringify([form.action, ...new FormData(form, event.submitter)]);
      const isSame = content === sent?.content;
      if (isSame && (isWaiting.current || Date.now() - (sent?.at ?? 0) < DOUBLE_CLICK)) {
        event.preventDefault();
        event.stopPropagation();
      } else sent = { content, at: Date.now() };
    }
    // Before React, which listens on the document.
    window.addEventListener("submit", check, { capture: true });
    return () => window.removeEventListener("submit", check, { capture: true });
  }, []);
}
