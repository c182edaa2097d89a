import { lazy, Suspense, useEffect, useState } from "react";

/** Fetched when somebody first asks for it. */
const Palette = lazy(async () => ({ default: (await import("#app/components/palette.tsx")).Palette }));

/** The command palette, which Ctrl K or ⌘ K opens and closes, and how to open it otherwise. */
export function usePalette() {
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setIsOpen((before) => !before);
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return {
    open: () => setIsOpen(true),
    palette: isOpen && (
      <Suspense>
        <Palette onClose={() => setIsOpen(false)} />
      </Suspense>
    ),
  };
}
