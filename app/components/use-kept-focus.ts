import { type RefObject, useEffect, useRef } from "react";
import { useNavigation } from "react-router";

/**
 * Keeps the focus on the page when a form takes away the row of `list` that had it: the link of the row that
 * takes its place gets it, else that of the last one, else what `fallback` selects. The row with the id
 * `returned` comes before all of them.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>, fallback: string, returned?: string): void {
  const { state } = useNavigation();
  const place = useRef<number>(undefined);
  useEffect(() => {
    const rows = [...(list.current?.querySelectorAll("li") ?? [])];
    if (state === "submitting") {
      place.current = Math.max(
        0,
        rows.findIndex((row) => row.contains(document.activeElement)),
      );
    }
    if (state !== "idle" || place.current === undefined) return;
    if (document.activeElement === document.body) {
      const row = rows.find(({ id }) => id === returned) ?? rows[place.current] ?? rows.at(-1);
      (row?.querySelector("a") ?? document.querySelector<HTMLElement>(fallback))?.focus();
    }
    place.current = undefined;
  }, [state, list, fallback, returned]);
}
