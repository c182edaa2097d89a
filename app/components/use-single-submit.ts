import { useEffect, useRef } from "react";
import { usePendingForms } from "#app/components/use-pending-forms.ts";

/** A form that is on its way is not sent again by a second click. */
export function useSingleSubmit(): void {
  const isIdle = usePendingForms().length === 0;
  const sent = useRef<string>(undefined);
  useEffect(() => {
    if (isIdle) sent.current = undefined;
  }, [isIdle]);
  useEffect(() => {
    function check(event: SubmitEvent) {
      const form = event.target as HTMLFormElement;
      const content = JSON.stringify([form.action, ...new FormData(form, event.submitter)]);
      if (content === sent.current) {
        event.preventDefault();
        event.stopPropagation();
      }
      sent.current = content;
    }
    // Before React, which listens on the document.
    window.addEventListener("submit", check, { capture: true });
    return () => window.removeEventListener("submit", check, { capture: true });
  }, []);
}
