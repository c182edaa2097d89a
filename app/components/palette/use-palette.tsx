import { useCallback, useEffect, useRef, useState } from "react";
import { shortcutKey } from "#app/components/shell/shortcut-key.ts";
import { FLASH_TEXTS } from "#app/components/ui/flash-texts.ts";
import { notify } from "#app/components/ui/notifications.ts";

type Palette = typeof import("#app/components/palette/palette.tsx").Palette;

/** Ctrl K or ⌘ K toggles the palette. Its code is loaded when it is first opened. */
export function usePalette() {
  const [Palette, setPalette] = useState<Palette>();
  const dialog = useRef<HTMLDialogElement>(null);
  const open = useCallback(() => {
    import("#app/components/palette/palette.tsx").then(
      (module) => setPalette(() => module.Palette),
      () => notify({ text: FLASH_TEXTS.unreached, isPersistent: true }),
    );
  }, []);
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (shortcutKey(event) !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      // Closing a dialog restores the focus; unmounting it does not.
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
