import { type MouseEvent, type ReactNode, useSyncExternalStore } from "react";
import { Link } from "react-router";

/** The platform is known only after hydration. */
export function PaletteKeys() {
  const isMac = useSyncExternalStore(
    () => () => {},
    () => navigator.platform.startsWith("Mac"),
    () => false,
  );
  return <kbd className="ml-auto font-sans text-xs text-ink-3">{isMac ? "⌘ K" : "Ctrl K"}</kbd>;
}

export function SearchLink({ onSearch, className, children }: { onSearch: () => void; className: string; children: ReactNode }) {
  function open(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onSearch();
  }
  return (
    <Link to="/tasks?q=" onClick={open} className={className}>
      {children}
    </Link>
  );
}
