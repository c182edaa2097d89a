import { useEffect, useRef } from "react";
import { useNavigation } from "react-router";

/** A form that is on its way is not sent again by a second click. */
export function useSingleSubmit(): void {
  const { state } = useNavigation();
  const sent = useRef<string>(undefined);
  useEffect(() => {
    if (state === "idle") sent.current = undefined;
  }, [state]);
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
