type Action = "add-task" | "move-overdue" | "undo" | "light" | "dark" | "system" | "show-keys" | "sign-out";

export interface Command {
  id: string;
  label: string;
  keywords?: string;
  keys?: string;
  color?: string | null;
  isDone?: boolean;
  hint?: string | undefined;
  to?: string;
  action?: Action;
}

/** A task as `/find` returns it. */
export interface PaletteTask {
  id: string;
  title: string;
  isDone: boolean;
  listId: string | null;
  /** The label of its due date. */
  due: string | null;
}

export interface CommandGroup {
  heading: string;
  commands: Command[];
}

const PAGES: Command[] = [
  { id: "today", label: "Today", keys: "g t", to: "/today" },
  { id: "upcoming", label: "Upcoming", keywords: "calendar week", keys: "g u", to: "/upcoming" },
  { id: "inbox", label: "Inbox", keys: "g i", to: "/inbox" },
  { id: "tasks", label: "All tasks", keywords: "filter label priority", keys: "g a", to: "/tasks" },
  { id: "lists", label: "Lists", keywords: "list make order sort labels rename label", to: "/lists" },
  { id: "history", label: "History", keywords: "changes log", to: "/history" },
  { id: "trash", label: "Trash", keywords: "deleted restore bin empty purge", to: "/trash" },
  { id: "settings", label: "Settings", keywords: "preferences time zone clock week name", to: "/settings" },
  { id: "password", label: "Change password", keywords: "settings security account", to: "/settings/password" },
  { id: "data", label: "Your data", keywords: "export import backup csv json settings", to: "/settings/data" },
  { id: "access-keys", label: "Access keys", keywords: "api token script settings", to: "/settings/access-keys" },
];

const ACTIONS: Command[] = [
  { id: "add-task", label: "Add a task", keywords: "new create", keys: "q", action: "add-task" },
  { id: "new-list", label: "New list", keywords: "make create", to: "/lists" },
  { id: "move-overdue", label: "Move overdue to today", keywords: "late reschedule", action: "move-overdue" },
  { id: "undo", label: "Undo last change", keywords: "take back revert", keys: "z", action: "undo" },
  { id: "light", label: "Theme: light", keywords: "appearance bright", action: "light" },
  { id: "dark", label: "Theme: dark", keywords: "appearance night", action: "dark" },
  { id: "system", label: "Theme: as the system", keywords: "appearance automatic", action: "system" },
  { id: "export", label: "Export everything", keywords: "download backup csv json", to: "/settings/data" },
  { id: "show-keys", label: "Show all keys", keywords: "keyboard shortcuts help", keys: "?", action: "show-keys" },
  { id: "sign-out", label: "Log out", keywords: "sign out leave", action: "sign-out" },
];

interface ListName {
  id: string;
  name: string;
  color: string | null;
}

/** `tasks` are search results: they are not matched against the query again. */
export function commandsFor(query: string, lists: readonly ListName[], tasks: readonly Command[]): CommandGroup[] {
  const listPages = lists.map(({ id, name, color }) => ({ id, label: name, color, keywords: "list", to: `/lists/${id}` }));
  const text = query.trim();
  const searchPage = { id: "search", label: `Search everything for “${text}”`, to: `/tasks?${new URLSearchParams({ q: text })}` };
  return [
    { heading: "Tasks", commands: text === "" ? [] : [...tasks] },
    { heading: "Go to", commands: matching(text, [...PAGES, ...listPages]) },
    { heading: "Do", commands: matching(text, ACTIONS) },
    { heading: "Search", commands: text === "" ? [] : [searchPage] },
  ].filter(({ commands }) => commands.length > 0);
}

function matching(text: string, commands: Command[]): Command[] {
  const byLabel = commands.filter(({ label }) => matchesWords(label, text));
  const byKeywords = commands.filter(
    ({ label, keywords = "" }) => !matchesWords(label, text) && matchesWords(`${label} ${keywords}`, text),
  );
  return [...byLabel, ...byKeywords];
}

/** Whether every word of the query is the beginning of a word of the text, without regard to case and accents. */
export function matchesWords(text: string, query: string): boolean {
  return wordsOf(query).every((word) => wordsOf(text).some((one) => one.startsWith(word)));
}

function wordsOf(text: string): string[] {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[\s:,/-]+/u)
    .filter((word) => word !== "");
}
