import { useEffect } from "react";
import { type NavigateFunction, useNavigate } from "react-router";
import { CAPTURE_BOX_ID } from "#app/components/capture/capture-box.tsx";
import { pressOnSelection, selectByClick, selectByKey } from "#app/components/selection/selection.ts";
import { type Alphabet, alphabetOf, shortcutKey } from "#app/components/shell/shortcut-key.ts";
import { openShortcutsDialog } from "#app/components/shell/shortcuts-dialog.tsx";
import { useUndo } from "#app/components/shell/use-undo.ts";

/** The pages that `g` and another key lead to. */
const GO_TO: Record<string, string> = { t: "/today", u: "/upcoming", i: "/inbox", a: "/tasks" };

/** Milliseconds between the two keys. */
const SEQUENCE_TIMEOUT = 1_000;

const EDITOR_FIELDS: Record<string, string> = { d: "due", p: "priority", l: "labels", m: "list" };

const REPEATABLE = /^([jk]|Arrow.*)$/i;

/** Keyboard shortcuts, inactive while typing. Each one clicks or focuses an element of the page. */
export function useShortcuts(): void {
  const navigate = useNavigate();
  const undo = useUndo();
  useEffect(() => {
    let prefixAt = Number.NEGATIVE_INFINITY;
    let alphabet: Alphabet | undefined;
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey) return;
      alphabet = alphabetOf(event.key) ?? alphabet;
      const key = shortcutKey(event, alphabet);
      if (isTyping(event.target) || (event.repeat && !REPEATABLE.test(key))) return;
      if (event.altKey) {
        if (pressOnPage(`Alt ${key}`)) event.preventDefault();
        return;
      }
      const page = performance.now() - prefixAt < SEQUENCE_TIMEOUT ? GO_TO[key] : undefined;
      prefixAt = key === "g" ? performance.now() : Number.NEGATIVE_INFINITY;
      if (page) void navigate(page);
      else if (key === "z") undo();
      else if (!act(key, navigate)) return;
      event.preventDefault();
    }
    document.addEventListener("keydown", press);
    document.addEventListener("click", selectByClick);
    return () => {
      document.removeEventListener("keydown", press);
      document.removeEventListener("click", selectByClick);
    };
  }, [navigate, undo]);
}

/** Acts on the selected tasks if there are any, else on the focused row or the page. Returns whether the key has a meaning there. */
function act(key: string, navigate: NavigateFunction): boolean {
  if (pressOnSelection(key)) return true;
  const editor = editorAt(EDITOR_FIELDS[key]);
  if (editor) void navigate(editor, { preventScrollReset: true });
  else if (key === "?") openShortcutsDialog();
  else if (key === "/") focusSearch(() => navigate("/tasks?q="));
  else return pressOnPage(key);
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return element?.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog[open], [contenteditable]") !== null;
}

/** Acts on the focused row or on the page. Returns whether the key has a meaning there. */
function pressOnPage(key: string): boolean {
  const row = focusedRow();
  switch (key) {
    case "q":
      return focusElement(document.getElementById(CAPTURE_BOX_ID));
    case "j":
      return focusElement(titleBeside(row, 1));
    case "k":
      return focusElement(titleBeside(row, -1));
    case "c":
      return clickElement(row?.querySelector<HTMLElement>("button[value=complete], button[value=reopen]"));
    case "e":
      return clickElement(row?.querySelector<HTMLElement>("a"));
    case "Alt ArrowUp":
      return clickElement(row?.querySelector<HTMLElement>("form:has(input[value^='before ']) button"));
    case "Alt ArrowDown":
      return clickElement(row?.querySelector<HTMLElement>("form:has(input[value^='after ']) button"));
    case "Delete":
      return clickElement(row?.querySelector<HTMLElement>("button[value=delete]"));
    default:
      return selectByKey(key, row);
  }
}

function focusedRow(): HTMLElement | null | undefined {
  return document.activeElement?.closest<HTMLElement>(".task-row");
}

/** The address that opens the focused row's editor at that field. */
function editorAt(field: string | undefined): string | undefined {
  const title = focusedRow()?.querySelector("a");
  if (!title || field === undefined) return undefined;
  const address = new URL(title.href);
  address.searchParams.set("field", field);
  return address.pathname + address.search;
}

/** The title of the next or previous row; without a row, of the first or last one. */
function titleBeside(row: HTMLElement | null | undefined, step: 1 | -1): HTMLElement | null {
  const rows = [...document.querySelectorAll<HTMLElement>(".task-row")].filter((one) => one.checkVisibility());
  const index = row ? rows.indexOf(row) + step : step === 1 ? 0 : rows.length - 1;
  return rows[index]?.querySelector("a") ?? null;
}

function focusElement(element: HTMLElement | null | undefined): boolean {
  element?.focus();
  return Boolean(element);
}

function clickElement(element: HTMLElement | null | undefined): boolean {
  element?.click();
  return Boolean(element);
}

function focusSearch(goToSearch: () => void): void {
  if (!focusElement(document.querySelector<HTMLElement>("input[type=search]"))) goToSearch();
}
