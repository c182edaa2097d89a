/** What has just happened, as the address of the page after it says. */
export const HAPPENED = {
  added: "Task added.",
  captured: "Tasks added.",
  saved: "Saved.",
  completed: "Done.",
  reopened: "Open again.",
  skipped: "Skipped.",
  deleted: "Moved to the trash.",
  restored: "Back where it was.",
  purged: "Gone for good.",
  moved: "Moved.",
  undone: "Taken back.",
  kept: "It was changed again since, so it stays as it is.",
  unlisted: "List deleted. Its tasks are in the Inbox.",
  refused: "That can't be done with this task.",
  gone: "That task is not there any more.",
} as const;
export type Happened = keyof typeof HAPPENED;

/** The parts of an address that are of the moment: they don't outlive the next action. */
const MOMENTARY = ["did", "change", "next", "edit"];

/** The same page with its editor closed and what happened said. `change` is what undo would take back. */
export function after(url: URL, did: Happened, details: { change?: number | undefined; next?: string | undefined } = {}): string {
  const search = lasting(url.searchParams);
  search.set("did", did);
  if (details.change !== undefined) search.set("change", String(details.change));
  if (details.next !== undefined) search.set("next", details.next);
  return `${url.pathname}?${search}`;
}

/** The parts of an address that stay, with some set anew; `undefined` takes a part away. For links within a page. */
export function here(search: URLSearchParams, change: Record<string, string | undefined> = {}): string {
  const kept = lasting(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) kept.delete(name);
    else kept.set(name, value);
  }
  return kept.size > 0 ? `?${kept}` : ".";
}

function lasting(search: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...search].filter(([name]) => !MOMENTARY.includes(name)));
}
