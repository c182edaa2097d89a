import { useFetcher, useNavigate, useSubmit } from "react-router";
import { CAPTURE_BOX_ID } from "#app/components/capture/capture-box.tsx";
import type { Command } from "#app/components/palette/palette-commands.ts";
import { openShortcutsDialog } from "#app/components/shell/shortcuts-dialog.tsx";
import { useUndo } from "#app/components/shell/use-undo.ts";

/** Runs a command through the same forms and links that the pages have. */
export function useRunCommand(): (command: Command) => void {
  const navigate = useNavigate();
  const submit = useSubmit();
  const settings = useFetcher();
  const undo = useUndo();
  async function go(to: string) {
    await navigate(to);
    document.getElementById("main")?.focus();
  }
  return ({ to, action }) => {
    if (to) return void go(to);
    switch (action) {
      case "add-task":
        return document.getElementById(CAPTURE_BOX_ID)?.focus();
      case "move-overdue":
        return void submit({ intent: action }, { method: "post", action: "/today" });
      case "undo":
        return undo();
      case "light":
      case "dark":
      case "system":
        return void settings.submit({ intent: "theme", theme: action }, { method: "post", action: "/settings" });
      case "show-keys":
        return openShortcutsDialog();
      case "sign-out":
        return void submit(null, { method: "post", action: "/logout" });
    }
  };
}
