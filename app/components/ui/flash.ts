/** What has just happened, as the address of the page after it says; with scripts, nobody sees that address. */
export const HAPPENED = {
  added: "Task added.",
  captured: "Tasks added.",
  saved: "Saved.",
  "password-changed": "Password changed. You are logged out everywhere else.",
  "brought-back": "It was in the trash: it is back, with your changes.",
  "made-anew": "It was gone for good: it is a new task now.",
  completed: "Done.",
  reopened: "Open again.",
  skipped: "Skipped.",
  deleted: "Moved to the trash.",
  restored: "Back where it was.",
  purged: "Gone for good.",
  moved: "Moved.",
  undone: "Taken back.",
  "undone-before": "That is taken back already.",
  kept: "It was changed again since, so it stays as it is.",
  unlisted: "List deleted. Its tasks are in the Inbox.",
  renamed: "Renamed.",
  unlabelled: "Label deleted. Its tasks stay.",
  "label-gone": "No task has that label any more.",
  imported: "Imported.",
  unheld: "That file is not kept any more. Choose it again.",
  refused: "That can't be done.",
  gone: "That task is not there any more.",
  "list-gone": "That list is not there any more.",
  "none-overdue": "Nothing is overdue.",
  unchosen: "Choose a task first.",
  unreached: "That did not reach the server. Try again.",
  lost: "The connection was lost, so this may not be up to date.",
  failed: "That went wrong on our side. Try again.",
} as const;
export type Happened = keyof typeof HAPPENED;

/** What has just happened, in words, and the change that Undo would take back. */
export interface Said {
  text: string;
  change?: string | undefined;
  /** What nobody must miss stays until something else is said. */
  lasts?: boolean;
  /** What is in sight could not be loaded anew. */
  canRetry?: boolean;
}

/** What an address says of what has just happened. */
export function saidBy(search: URLSearchParams): Said | undefined {
  const { did = "", change, next, count = "", left = "" } = Object.fromEntries(search);
  if (!Object.hasOwn(HAPPENED, did)) return undefined;
  const parts = [
    HAPPENED[did as Happened],
    next && `Next: ${next}`,
    Number(count) > 1 && `${Number(count)} tasks.`,
    Number(left) > 0 && `${Number(left)} could not be.`,
  ];
  return { text: parts.filter(Boolean).join(" "), change, lasts: did === "refused" };
}

/** The parts of an address that are of the moment: they don't outlive the next action. */
const MOMENTARY = ["did", "change", "next", "count", "left", "edit", "field"];

interface Details {
  /** What undo would take back. */
  change?: number | undefined;
  /** When a repeating task is next. */
  next?: string | undefined;
  /** How many tasks it happened to, and how many stayed as they were. */
  count?: number;
  left?: number;
}

/** The same page with its editor closed and what happened said. */
export function after(url: URL, did: Happened, details: Details = {}): string {
  const search = lasting(url.searchParams);
  for (const [name, value] of Object.entries({ did, ...details })) {
    if (value !== undefined) search.set(name, String(value));
  }
  return `${url.pathname}?${search}`;
}

/** The parts of an address that stay, with some set anew; `undefined` or none takes a part away. For links within a page. */
export function here(search: URLSearchParams, change: Record<string, string | string[] | undefined> = {}): string {
  const kept = lasting(search);
  for (const [name, value] of Object.entries(change)) {
    kept.delete(name);
    for (const one of [value ?? []].flat()) kept.append(name, one);
  }
  return kept.size > 0 ? `?${kept}` : ".";
}

/** An address without the parts that are of the moment. */
export function settled({ pathname, searchParams }: URL): string {
  const search = lasting(searchParams);
  return search.size > 0 ? `${pathname}?${search}` : pathname;
}

export function lasting(search: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...search].filter(([name]) => !MOMENTARY.includes(name)));
}
