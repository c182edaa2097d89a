import { useCallback, useEffect, useRef, useState } from "react";
import { HAPPENED } from "#app/components/ui/flash.ts";
import { tell } from "#app/components/ui/notifications.ts";

type Palette = typeof import("#app/components/palette/palette.tsx").Palette;

/** The command palette, which Ctrl K or ⌘ K opens and closes, and how to open it otherwise. It is fetched when somebody asks for it. */
export function usePalette() {
  const [Palette, setPalette] = useState<Palette>();
  const dialog = useRef<HTMLDialogElement>(null);
  const open = useCallback(() => {
    import("#app/components/palette/palette.tsx").then(
      (module) => setPalette(() => module.Palette),
      () => tell({ said: { text: HAPPENED.unreached, lasts: true } }),
    );
  }, []);
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      // A dialog gives the focus back when it closes, but not when it is taken away.
      if (dialog.current) dialog.current.close();
      else open();
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [open]);
  return {
    open,
    palette: Palette && <Palette dialog={dialog} onClose={() => setPalette(undefined)} />,
  };
}
