import { useEffect } from "react";
import { useNavigate } from "react-router";
import { ADD_BOX } from "#app/components/capture/add-box.ts";
import { selectByClick, selectByKey } from "#app/components/selection/selection.ts";
import { showKeys } from "#app/components/shell/shortcuts-dialog.tsx";

const PLACES: Record<string, string> = { t: "/today", u: "/upcoming", i: "/inbox", a: "/tasks" };

/** How long after `g` the name of a place may come. */
const PAUSE = 1_000;

/** The fields that a key opens a row's editor at. */
const FIELDS: Record<string, string> = { d: "due", p: "priority", l: "labels", m: "list" };

/** The keys that do the same again while they are held. */
const GOES_ON = /^([jk]|Arrow.*)$/i;

/** The keyboard, off while somebody types; `?` shows it. Every key presses what can be clicked as well. */
export function useShortcuts(): void {
  const navigate = useNavigate();
  useEffect(() => {
    let wentAt = Number.NEGATIVE_INFINITY;
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      if (event.repeat && !GOES_ON.test(event.key)) return;
      if (event.altKey) {
        if (pressOnPage(`Alt ${event.key}`)) event.preventDefault();
        return;
      }
      const place = performance.now() - wentAt < PAUSE ? PLACES[event.key] : undefined;
      wentAt = event.key === "g" ? performance.now() : Number.NEGATIVE_INFINITY;
      const editor = editorAt(FIELDS[event.key]);
      if (place) void navigate(place);
      else if (editor) void navigate(editor, { preventScrollReset: true });
      else if (event.key === "?") showKeys();
      else if (event.key === "/") focusSearch(() => navigate("/tasks?q="));
      else if (!pressOnPage(event.key)) return;
      event.preventDefault();
    }
    document.addEventListener("keydown", press);
    document.addEventListener("click", selectByClick);
    return () => {
      document.removeEventListener("keydown", press);
      document.removeEventListener("click", selectByClick);
    };
  }, [navigate]);
}

function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return element?.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog[open], [contenteditable]") !== null;
}

/** Whether the key means something on this page, to the row that has the focus or to the page itself. */
function pressOnPage(key: string): boolean {
  const row = focusedRow();
  switch (key) {
    case "q":
      return focused(document.getElementById(ADD_BOX));
    case "j":
      return focused(titleBeside(row, 1));
    case "k":
      return focused(titleBeside(row, -1));
    case "c":
      return clicked(row?.querySelector<HTMLElement>("button[value=complete], button[value=reopen]"));
    case "e":
      return clicked(row?.querySelector<HTMLElement>("a"));
    case "Alt ArrowUp":
      return clicked(row?.querySelector<HTMLElement>("form:has(input[value^='before ']) button"));
    case "Alt ArrowDown":
      return clicked(row?.querySelector<HTMLElement>("form:has(input[value^='after ']) button"));
    case "Delete":
      return clicked(row?.querySelector<HTMLElement>("button[value=delete]"));
    case "z":
      return clicked(document.querySelector<HTMLElement>("[role=status] button[value=undo]"));
    default:
      return selectByKey(key, row);
  }
}

function focusedRow(): HTMLElement | null | undefined {
  return document.activeElement?.closest<HTMLElement>(".task-row");
}

/** The address at which the focused row is open for editing, with that field in hand. */
function editorAt(field: string | undefined): string | undefined {
  const title = focusedRow()?.querySelector("a");
  if (!title || field === undefined) return undefined;
  const address = new URL(title.href);
  address.searchParams.set("field", field);
  return address.pathname + address.search;
}

/** The title of the row after or before this one; without a row, of the first or the last. */
function titleBeside(row: HTMLElement | null | undefined, step: 1 | -1): HTMLElement | null {
  const rows = [...document.querySelectorAll<HTMLElement>(".task-row")].filter((one) => one.checkVisibility());
  const index = row ? rows.indexOf(row) + step : step === 1 ? 0 : rows.length - 1;
  return rows[index]?.querySelector("a") ?? null;
}

function focused(element: HTMLElement | null | undefined): boolean {
  element?.focus();
  return Boolean(element);
}

function clicked(element: HTMLElement | null | undefined): boolean {
  element?.click();
  return Boolean(element);
}

function focusSearch(goToSearch: () => void): void {
  if (!focused(document.querySelector<HTMLElement>("input[type=search]"))) goToSearch();
}
