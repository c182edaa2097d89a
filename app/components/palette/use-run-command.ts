import { useFetcher, useNavigate, useSubmit } from "react-router";
import { ADD_BOX } from "#app/components/capture/add-box.ts";
import type { Command } from "#app/components/palette/palette-commands.ts";
import { showKeys } from "#app/components/shell/shortcuts-dialog.tsx";

/** Carries a command out, by the very forms and links that the pages have. */
export function useRunCommand(): (command: Command) => void {
  const navigate = useNavigate();
  const submit = useSubmit();
  const settings = useFetcher();
  async function go(to: string) {
    await navigate(to);
    document.getElementById("main")?.focus();
  }
  return ({ to, act }) => {
    if (to) return void go(to);
    switch (act) {
      case "add-task":
        return document.getElementById(ADD_BOX)?.focus();
      case "move-overdue":
        return void submit({ intent: act }, { method: "post", action: "/today" });
      case "undo":
        return undoButton()?.click();
      case "light":
      case "dark":
      case "system":
        return void settings.submit({ intent: "theme", theme: act }, { method: "post", action: "/settings" });
      case "show-keys":
        return showKeys();
      case "sign-out":
        return void submit(null, { method: "post", action: "/logout" });
    }
  };
}

export function undoButton(): HTMLButtonElement | null {
  return document.querySelector("[role=status] button[value=undo]");
}
