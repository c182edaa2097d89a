import { useEffect, useRef } from "react";
import { useNavigation } from "react-router";

/** Rows of lists; what stands in small type in a row may be a list as well, but no row. */
const ROWS = "main ul > li:not(li li)";
/** What has the focus when no row is left: the box for a new task, or the heading of what is empty now. */
const FALLBACK = "main input[name=title], main h2[tabindex]";

/**
 * Keeps the focus on the page when a form takes away what had it: the row that takes the place of the one that had
 * it gets it, else the last one. When no row had it, as with Undo, a row that has come back gets it.
 */
export function useKeptFocus(): void {
  const { state } = useNavigation();
  const before = useRef<{ rows: Element[]; place: number }>(undefined);
  useEffect(() => {
    const rows = [...document.querySelectorAll(ROWS)].filter((row) => row.checkVisibility());
    if (state === "submitting") before.current = { rows, place: rows.findIndex((row) => row.contains(document.activeElement)) };
    if (state !== "idle" || before.current === undefined) return;
    const { rows: known, place } = before.current;
    before.current = undefined;
    if (document.activeElement !== document.body) return;
    const row = place < 0 ? (rows.find((one) => !known.includes(one)) ?? rows[0]) : (rows[place] ?? rows.at(-1));
    const link = row?.querySelector<HTMLElement>("a") ?? row?.querySelector<HTMLElement>("button");
    (link ?? document.querySelector<HTMLElement>(FALLBACK) ?? document.querySelector("main"))?.focus();
  }, [state]);
}
