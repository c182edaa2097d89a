import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";

const KEYS = [
  ["q", "Add a task"],
  ["/", "Search"],
  ["j  k", "Down, up"],
  ["c", "Complete, or open again"],
  ["e  Enter", "Open"],
  ["Alt ↑  Alt ↓", "Move up, down"],
  ["Delete", "To the trash"],
  ["z", "Undo"],
  ["g t", "Today"],
  ["g u", "Upcoming"],
  ["g i", "Inbox"],
  ["g a", "All tasks"],
  ["?", "These keys"],
];

const PLACES: Record<string, string> = { t: "/today", u: "/upcoming", i: "/inbox", a: "/tasks" };

/** How long after `g` the name of a place may come. */
const PAUSE = 1_000;

/** The keyboard, off while somebody types; `?` shows it. Every key presses what can be clicked as well. */
export function Shortcuts() {
  const sheet = useRef<HTMLDialogElement>(null);
  const navigate = useNavigate();
  useEffect(() => {
    let wentAt = Number.NEGATIVE_INFINITY;
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      if (event.altKey) {
        if (pressOnPage(`Alt ${event.key}`)) event.preventDefault();
        return;
      }
      const place = performance.now() - wentAt < PAUSE ? PLACES[event.key] : undefined;
      wentAt = event.key === "g" ? performance.now() : Number.NEGATIVE_INFINITY;
      if (place) void navigate(place);
      else if (event.key === "?") sheet.current?.showModal();
      else if (event.key === "/") focusSearch(() => navigate("/tasks?q="));
      else if (!pressOnPage(event.key)) return;
      event.preventDefault();
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [navigate]);
  return (
    <dialog
      ref={sheet}
      aria-labelledby="shortcuts"
      className="m-auto w-80 rounded-2xl border border-line bg-surface p-5 text-ink shadow-raised backdrop:bg-ink/30"
    >
      <h2 id="shortcuts" className="mb-3 text-base font-[640]">
        Keys
      </h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2 text-sm">
        {KEYS.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="rounded-md border border-line bg-sunken px-1.5 py-0.5 font-sans text-[13px] whitespace-pre">{key}</kbd>
            </dt>
            <dd className="text-ink-2">{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog" className="mt-4 flex justify-end">
        <button type="submit" className="button-quiet">
          Close
        </button>
      </form>
    </dialog>
  );
}

function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return element?.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog[open], [contenteditable]") !== null;
}

/** Whether the key means something on this page, to the row that has the focus or to the page itself. */
function pressOnPage(key: string): boolean {
  const row = document.activeElement?.closest<HTMLElement>("li[id^=task-]");
  switch (key) {
    case "q":
      return focused(document.querySelector<HTMLElement>("input[name=title]"));
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
      return false;
  }
}

/** The title of the row after or before this one; without a row, of the first or the last. */
function titleBeside(row: HTMLElement | null | undefined, step: 1 | -1): HTMLElement | null {
  const rows = [...document.querySelectorAll<HTMLElement>("li[id^=task-]")].filter((one) => one.checkVisibility());
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
