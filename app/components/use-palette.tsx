import { lazy, Suspense, useEffect, useRef, useState } from "react";

/** Fetched when somebody first asks for it. */
const Palette = lazy(async () => ({ default: (await import("#app/components/palette.tsx")).Palette }));

/** The command palette, which Ctrl K or ⌘ K opens and closes, and how to open it otherwise. */
export function usePalette() {
  const [isOpen, setIsOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      // A dialog gives the focus back when it closes, but not when it is taken away.
      if (dialog.current) dialog.current.close();
      else setIsOpen(true);
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return {
    open: () => setIsOpen(true),
    palette: isOpen && (
      <Suspense>
        <Palette dialog={dialog} onClose={() => setIsOpen(false)} />
      </Suspense>
    ),
  };
}
