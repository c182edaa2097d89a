import { useEffect, useLayoutEffect, useRef } from "react";
import { useLocation } from "react-router";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";
import { hasFocus } from "#app/components/ui/has-focus.ts";

/** The rows of lists, but not the list of properties within a row. */
const ROWS = "main ul > li:not(li li)";
/**
 * Focused when no row is left, the first that there is: the text of an empty list, the heading of an empty section, or the page's.
 * Not a text field, in which `z` would be a letter.
 */
const FALLBACKS = ["main [data-empty]", "main h2[tabindex]", "main h1[tabindex]", "main"];

interface FocusSnapshot {
  element: Element;
  rows: Element[];
  /** The index of the row with the focus; -1 for none. */
  rowIndex: number;
}

/**
 * Restores the focus when the focused element disappears: to the row that takes the place of the one that had it, else to the last
 * row. If no row had the focus, as with Undo, a row that has reappeared gets it. After a navigation, `RouteAnnouncer` does it.
 */
export function useFocusRestore(): void {
  const isIdle = usePendingForms().length === 0;
  const { pathname } = useLocation();
  const snapshot = useRef<FocusSnapshot>(undefined);
  const page = useRef(pathname);
  const wasIdle = useRef(isIdle);
  useLayoutEffect(() => {
    if (page.current === pathname) return;
    page.current = pathname;
    snapshot.current = undefined;
  }, [pathname]);
  useEffect(() => {
    function check() {
      if (hasFocus()) snapshot.current = snapshotOf(document.activeElement ?? document.body);
      else if (isLost(snapshot.current)) restore(snapshot.current, wasIdle.current);
    }
    const observer = new MutationObserver(check);
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", check);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", check);
    };
  }, []);
  useEffect(() => {
    wasIdle.current = isIdle;
    if (isIdle && !hasFocus() && isLost(snapshot.current)) restore(snapshot.current, true);
  }, [isIdle]);
}

function isLost(snapshot: FocusSnapshot | undefined): snapshot is FocusSnapshot {
  return snapshot !== undefined && !snapshot.element.checkVisibility();
}

function snapshotOf(element: Element): FocusSnapshot {
  const rows = visibleRows();
  return { element, rows, rowIndex: rows.findIndex((row) => row.contains(element)) };
}

function restore({ rows: previousRows, rowIndex }: FocusSnapshot, isIdle: boolean): void {
  const rows = visibleRows();
  const newRow = rows.find((row) => !previousRows.includes(row));
  // The row that reappears may not be loaded yet.
  if (rowIndex < 0 && !newRow && !isIdle) return;
  const row = rowIndex < 0 ? (newRow ?? rows[0]) : successor(previousRows, rowIndex, rows);
  const link = row?.querySelector<HTMLElement>("a") ?? row?.querySelector<HTMLElement>("button");
  (link ?? fallback())?.focus();
}

/** The row in place of the one that had the focus, such as its task after its editor, else the next one that is still there. */
function successor(previousRows: Element[], rowIndex: number, rows: Element[]): Element | undefined {
  const row = rows[rowIndex];
  if (row && !previousRows.includes(row)) return row;
  return previousRows.slice(rowIndex).find((one) => rows.includes(one)) ?? rows.at(-1);
}

function fallback(): HTMLElement | undefined {
  return FALLBACKS.map((selector) => document.querySelector<HTMLElement>(selector)).find((element) => element !== null);
}

function visibleRows(): Element[] {
  return [...document.querySelectorAll(ROWS)].filter((row) => row.checkVisibility());
}
