/** The texts of one-time messages, by the code that the `did` parameter of an address carries. */
export const FLASH_TEXTS = {
  added: "Task added.",
  captured: "Tasks added.",
  saved: "Saved.",
  "password-changed": "Password changed. You are logged out everywhere else.",
  "brought-back": "It was in the trash: it is back, with your changes.",
  "brought-back-without-id": "It was in the trash: it is back, with your changes, but another task has its external id now.",
  "made-anew": "It was gone for good: it is a new task now.",
  completed: "Done.",
  reopened: "Open again.",
  skipped: "Skipped.",
  deleted: "Moved to the trash.",
  restored: "Back where it was.",
  "restored-without-id": "Back where it was, but another task has its external id now.",
  purged: "Gone for good.",
  moved: "Moved.",
  undone: "Taken back.",
  "undone-before": "That is taken back already.",
  "undo-over": "That was more than 10 minutes ago, so it stays as it is.",
  kept: "It was changed again since, so it stays as it is.",
  unlisted: "List deleted. Its tasks are in the Inbox.",
  renamed: "Renamed.",
  unlabelled: "Label deleted. Its tasks stay.",
  "label-gone": "No task has that label any more.",
  imported: "Imported.",
  unheld: "That file is not kept any more. Choose it again.",
  refused: "That can't be done.",
  full: "Your account has no room for that. Delete what you don't need, and empty the trash.",
  gone: "That task is not there any more.",
  "list-gone": "That list is not there any more.",
  "none-overdue": "Nothing is overdue.",
  unchosen: "Choose a task first.",
  unreached: "That did not reach the server. Try again.",
  lost: "The connection was lost, so this may not be up to date.",
  failed: "That went wrong on our side. Try again.",
} as const;
export type FlashCode = keyof typeof FLASH_TEXTS;

export interface Flash {
  text: string;
  /** The number of the change that Undo reverts. */
  change?: string | undefined;
  /** Stays until another message replaces it. */
  isPersistent?: boolean;
  /** The page could not be reloaded: a button tries again. */
  canRetry?: boolean;
}

export function flashFrom(search: URLSearchParams): Flash | undefined {
  const { did = "", change, next, count = "", left = "" } = Object.fromEntries(search);
  if (!Object.hasOwn(FLASH_TEXTS, did)) return undefined;
  const parts = [
    FLASH_TEXTS[did as FlashCode],
    next && `Next: ${next}`,
    Number(count) > 1 && `${Number(count)} tasks.`,
    Number(left) > 0 && `${Number(left)} could not be.`,
  ];
  return { text: parts.filter(Boolean).join(" "), change, isPersistent: did === "refused" || did === "full" };
}

/** Parameters that do not outlive the next action: those of the message and of the open editor. */
const TRANSIENT_PARAMS = ["did", "change", "next", "count", "left", "edit", "field"];

interface FlashDetails {
  change?: number | undefined;
  /** The day of a repeating task's next occurrence, in words. */
  next?: string | undefined;
  count?: number;
  /** Number of tasks that could not be changed. */
  left?: number;
}

/** The address of the same page with its editor closed and a message about the outcome. */
export function withFlash(url: URL, did: FlashCode, details: FlashDetails = {}): string {
  const search = persistentParams(url.searchParams);
  for (const [name, value] of Object.entries({ did, ...details })) {
    if (value !== undefined) search.set(name, String(value));
  }
  return `${url.pathname}?${search}`;
}

/** A link within the page: its persistent parameters with some replaced; `undefined` or `[]` removes one. */
export function withParams(search: URLSearchParams, changes: Record<string, string | string[] | undefined> = {}): string {
  const params = persistentParams(search);
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    for (const one of [value ?? []].flat()) params.append(name, one);
  }
  return params.size > 0 ? `?${params}` : ".";
}

export function withoutFlash({ pathname, searchParams }: URL): string {
  const search = persistentParams(searchParams);
  return search.size > 0 ? `${pathname}?${search}` : pathname;
}

export function persistentParams(search: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...search].filter(([name]) => !TRANSIENT_PARAMS.includes(name)));
}
