import { useEffect, useLayoutEffect, useRef } from "react";
import { useLocation } from "react-router";
import { ADD_BOX } from "#app/components/capture/add-box.ts";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";

/** Rows of lists; what stands in small type in a row may be a list as well, but no row. */
const ROWS = "main ul > li:not(li li)";
/** What has the focus when no row is left: the box for a new task, or the heading of what is empty now. */
const FALLBACK = `#${ADD_BOX}, main h2[tabindex]`;

/** The name of a page. */
const HEADING = "main h1[tabindex]";

/** What has the focus, the rows beside it, and which of them it is in: -1 for none. */
interface Kept {
  element: Element;
  rows: Element[];
  place: number;
}

/**
 * Keeps the focus on the page when what had it goes away: the row that takes the place of the one that had it gets
 * it, else the last one. When no row had it, as with Undo, a row that has come back gets it. Another page's heading gets
 * it when it went with the page before.
 */
export function useKeptFocus(): void {
  const isIdle = usePendingForms().length === 0;
  const { pathname } = useLocation();
  const kept = useRef<Kept>(undefined);
  const place = useRef(pathname);
  const isSettled = useRef(isIdle);
  useLayoutEffect(() => {
    if (place.current === pathname) return;
    place.current = pathname;
    kept.current = undefined;
    // The link that was followed went with its page: the name of this one is heard instead.
    if (!hasFocus()) document.querySelector<HTMLElement>(HEADING)?.focus({ preventScroll: true });
  }, [pathname]);
  useEffect(() => {
    function look() {
      if (hasFocus()) kept.current = seen(document.activeElement ?? document.body);
      else if (isLost(kept.current)) restore(kept.current, isSettled.current);
    }
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", look);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", look);
    };
  }, []);
  useEffect(() => {
    isSettled.current = isIdle;
    if (isIdle && !hasFocus() && isLost(kept.current)) restore(kept.current, true);
  }, [isIdle]);
}

/** Something in sight: a browser lets go of what is hidden only when it paints. */
function hasFocus(): boolean {
  const element = document.activeElement;
  return element !== null && element !== document.body && element.checkVisibility();
}

function isLost(kept: Kept | undefined): kept is Kept {
  return kept !== undefined && !kept.element.checkVisibility();
}

function seen(element: Element): Kept {
  const rows = visibleRows();
  return { element, rows, place: rows.findIndex((row) => row.contains(element)) };
}

function restore({ rows: known, place }: Kept, isSettled: boolean): void {
  const rows = visibleRows();
  const back = rows.find((row) => !known.includes(row));
  // What comes back is on its way still.
  if (place < 0 && !back && !isSettled) return;
  const row = place < 0 ? (back ?? rows[0]) : (rows[place] ?? rows.at(-1));
  const link = row?.querySelector<HTMLElement>("a") ?? row?.querySelector<HTMLElement>("button");
  (link ?? document.querySelector<HTMLElement>(FALLBACK) ?? document.querySelector("main"))?.focus();
}

function visibleRows(): Element[] {
  return [...document.querySelectorAll(ROWS)].filter((row) => row.checkVisibility());
}
