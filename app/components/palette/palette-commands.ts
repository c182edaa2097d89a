/** What the palette can do besides going somewhere. */
type Act = "add-task" | "move-overdue" | "undo" | "light" | "dark" | "system" | "show-keys" | "sign-out";

export interface Command {
  id: string;
  label: string;
  /** Other words that find it. */
  also?: string;
  /** The keys that do the same. */
  keys?: string;
  /** The colour of a list. */
  color?: string | null;
  isDone?: boolean;
  /** In small type behind the label. */
  hint?: string | undefined;
  to?: string;
  act?: Act;
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

const PLACES: Command[] = [
  { id: "today", label: "Today", keys: "g t", to: "/today" },
  { id: "upcoming", label: "Upcoming", also: "calendar week", keys: "g u", to: "/upcoming" },
  { id: "inbox", label: "Inbox", keys: "g i", to: "/inbox" },
  { id: "tasks", label: "All tasks", also: "filter label priority", keys: "g a", to: "/tasks" },
  { id: "lists", label: "Lists", also: "list make order sort labels rename label", to: "/lists" },
  { id: "trash", label: "Trash", also: "deleted restore bin empty purge", to: "/trash" },
  { id: "settings", label: "Settings", also: "preferences time zone clock week name", to: "/settings" },
  { id: "password", label: "Change password", also: "settings security account", to: "/settings/password" },
  { id: "data", label: "Your data", also: "export import backup csv json settings", to: "/settings/data" },
  { id: "access-keys", label: "Access keys", also: "api token script settings", to: "/settings/access-keys" },
];

const ACTS: Command[] = [
  { id: "add-task", label: "Add a task", also: "new create", keys: "q", act: "add-task" },
  { id: "new-list", label: "New list", also: "make create", to: "/lists" },
  { id: "move-overdue", label: "Move overdue to today", also: "late reschedule", act: "move-overdue" },
  { id: "undo", label: "Undo", also: "take back", keys: "z", act: "undo" },
  { id: "light", label: "Theme: light", also: "appearance bright", act: "light" },
  { id: "dark", label: "Theme: dark", also: "appearance night", act: "dark" },
  { id: "system", label: "Theme: as the system", also: "appearance automatic", act: "system" },
  { id: "export", label: "Export everything", also: "download backup csv json", to: "/settings/data" },
  { id: "show-keys", label: "Show all keys", also: "keyboard shortcuts help", keys: "?", act: "show-keys" },
  { id: "sign-out", label: "Log out", also: "sign out leave", act: "sign-out" },
];

interface Lists {
  id: string;
  name: string;
  color: string | null;
}

/** What fits the words typed so far, in groups: tasks that were found, places, then what can be done. */
export function commandsFor(query: string, lists: readonly Lists[], tasks: readonly Command[], canUndo: boolean): CommandGroup[] {
  const ofLists = lists.map(({ id, name, color }) => ({ id, label: name, color, also: "list", to: `/lists/${id}` }));
  const text = query.trim();
  const everywhere = { id: "search", label: `Search everything for “${text}”`, to: `/tasks?${new URLSearchParams({ q: text })}` };
  return [
    { heading: "Tasks", commands: text === "" ? [] : [...tasks] },
    { heading: "Go to", commands: fitting(text, [...PLACES, ...ofLists]) },
    { heading: "Do", commands: fitting(text, ACTS).filter(({ act }) => act !== "undo" || canUndo) },
    { heading: "Search", commands: text === "" ? [] : [everywhere] },
  ].filter(({ commands }) => commands.length > 0);
}

/** Those of which every word typed begins a word; where the label itself does, first. */
function fitting(text: string, commands: Command[]): Command[] {
  const byLabel = commands.filter(({ label }) => isIn(label, text));
  const byOthers = commands.filter(({ label, also = "" }) => !isIn(label, text) && isIn(`${label} ${also}`, text));
  return [...byLabel, ...byOthers];
}

/** Whether every word that is typed begins a word of the label. */
export function isIn(label: string, typed: string): boolean {
  return wordsOf(typed).every((word) => wordsOf(label).some((one) => one.startsWith(word)));
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s:,/-]+/u)
    .filter((word) => word !== "");
}
