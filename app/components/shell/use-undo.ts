import { useCallback } from "react";
import { useSubmit } from "react-router";

/** Undoes what the current message is about; without such a message, the user's last change. */
export function useUndo(): () => void {
  const submit = useSubmit();
  return useCallback(() => {
    const button = document.querySelector<HTMLElement>("[role=status] button[value=undo]");
    if (button) button.click();
    else void submit({ intent: "undo-last" }, { method: "post", action: "/today", navigate: false });
  }, [submit]);
}
