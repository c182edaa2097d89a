/** The texts of one-time messages that name nothing, by their code. */
export const FLASH_TEXTS = {
  added: "Task added.",
  captured: "Tasks added.",
  saved: "Saved.",
  "password-changed": "Password changed. You are logged out everywhere else.",
  "brought-back": "It was in the trash: it is back, with your changes.",
  "brought-back-without-id": "It was in the trash: it is back, with your changes, but another task has its external id now.",
  "made-anew": "It was gone for good: it is a new task now.",
  "overdue-moved": "Moved everything overdue to Today.",
  purged: "Deleted forever.",
  undone: "Undone.",
  redone: "Redone.",
  "undone-before": "That is undone already.",
  "nothing-to-undo": "Nothing to undo.",
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
  "not-current": "This page could not be brought up to date.",
  failed: "That went wrong on our side. Try again.",
} as const;

/** Messages about one task or list, named in it, and about several tasks. Each is a whole sentence, so that it can be translated. */
const NAMING_TEXTS = {
  saved: ["Saved “{title}”.", "Saved {count} tasks."],
  completed: ["Completed “{title}”.", "Completed {count} tasks."],
  "completed-once": ["Completed “{title}”. Next: {value}.", "Completed {count} tasks."],
  reopened: ["Reopened “{title}”.", "Reopened {count} tasks."],
  skipped: ["Skipped “{title}”. Next: {value}.", "Skipped {count} tasks."],
  deleted: ["Deleted “{title}”.", "Deleted {count} tasks."],
  restored: ["Restored “{title}”.", "Restored {count} tasks."],
  "restored-without-id": ["Restored “{title}”, but another task has its external id now.", "Restored {count} tasks."],
  reordered: ["Moved “{title}”.", "Moved {count} tasks."],
  moved: ["Moved “{title}” to {value}.", "Moved {count} tasks to {value}."],
  undated: ["Removed the date of “{title}”.", "Removed the dates of {count} tasks."],
  labelled: ["Added #{value} to “{title}”.", "Added #{value} to {count} tasks."],
  "label-removed": ["Removed #{value} from “{title}”.", "Removed #{value} from {count} tasks."],
  prioritized: ["Set the priority of “{title}” to {value}.", "Set the priority of {count} tasks to {value}."],
} as const satisfies Record<string, [one: string, several: string]>;

/** Messages that go on with what was reverted, in words. */
const REVERTED_TEXTS = { undone: "Undone: {value}.", redone: "Redone: {value}." } as const;

export type FlashCode = keyof typeof FLASH_TEXTS | keyof typeof NAMING_TEXTS;

/** After a message about several tasks, of which some could not be changed. */
const LEFT_TEXTS = ["1 task couldn't be changed.", "{left} tasks couldn't be changed."] as const;

export type FlashValues = Partial<Record<"title" | "count" | "value" | "left", string>>;

/** `undefined` if there is no such message, or if the values that it needs are missing. */
export function flashText(code: string, values: FlashValues): string | undefined {
  const text = templateOf(code, values);
  const left = Number(values.left);
  if (text === undefined || !(left > 0)) return text && filled(text, values);
  return [text, LEFT_TEXTS[left === 1 ? 0 : 1]].map((one) => filled(one, values)).join(" ");
}

function templateOf(code: string, { title, count, value }: FlashValues): string | undefined {
  if (value && Object.hasOwn(REVERTED_TEXTS, code)) return REVERTED_TEXTS[code as keyof typeof REVERTED_TEXTS];
  const [one, several] = Object.hasOwn(NAMING_TEXTS, code) ? NAMING_TEXTS[code as keyof typeof NAMING_TEXTS] : [];
  if (title) return one;
  if (several && Number(count) > 1) return several;
  return Object.hasOwn(FLASH_TEXTS, code) ? FLASH_TEXTS[code as keyof typeof FLASH_TEXTS] : undefined;
}

/** In one pass, so that braces in a title stay. */
function filled(text: string, values: FlashValues): string {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name as keyof FlashValues] ?? "");
}
