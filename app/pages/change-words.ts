import type { LoggedChange } from "#app/changes/change-log.server.ts";
import { type ChangeIcon, FIELD_NAMES, LIST_VERBS, SUMMARIES, TASK_VERBS, type TaskKind } from "#app/pages/change-verbs.ts";

/** A sentence about a change: “Pay rent” in "Completed “Pay rent” and 3 more". */
export interface ChangeWords {
  icon: ChangeIcon;
  /** The name of the access key, or null if that is not known; `undefined` for the user. */
  script: string | null | undefined;
  /** In lower case. */
  verb: string;
  subject: string;
  /** What the subject names, if it names one thing. */
  target: { kind: "task" | "list"; id: string } | undefined;
  /** Continues the sentence. */
  rest: string;
  /** Further effects. */
  detail: string | undefined;
}

type Described = Pick<LoggedChange, "tasks" | "lists" | "origin">;
type ChangedTasks = LoggedChange["tasks"];
type ChangedTask = ChangedTasks["items"][number];
type ChangedLists = LoggedChange["lists"];
type Sentence = Omit<ChangeWords, "script">;

export function changeWords({ tasks, lists, origin }: Described): ChangeWords {
  const sentence = sentenceOf(tasks, lists);
  return origin.type === "session" ? { ...sentence, script: undefined } : { ...sentence, icon: "script", script: origin.name };
}

/** The whole sentence without details, in lower case. */
export function plainText({ script, verb, subject, rest }: ChangeWords): string {
  const who = script === undefined ? [] : [script === null ? "a script" : `a script (${script})`];
  return [...who, verb, subject, rest].filter(Boolean).join(" ");
}

function sentenceOf(tasks: ChangedTasks, lists: ChangedLists): Sentence {
  const [list] = lists.items;
  if (!list) return tasks.items.length > 0 ? taskSentence(tasks) : GONE;
  if (tasks.count === 0) return listSentence(lists);
  const isListItself = list.action === "deleted" || list.action === "restored";
  if (isListItself) {
    const moved = `${counted(tasks.count, "task")} ${list.action === "deleted" ? "went to the Inbox" : "came back to it"}`;
    return { ...listSentence(lists), detail: moved };
  }
  const sentence = taskSentence(tasks);
  const withLists = lists.count === 1 ? `with list ${quoted(list.name ?? "")}` : `with ${counted(lists.count, "list")}`;
  return { ...sentence, detail: [sentence.detail, withLists].filter(Boolean).join(", ") };
}

const GONE: Sentence = {
  icon: "purged",
  verb: "changed",
  subject: "something that is gone for good",
  target: undefined,
  rest: "",
  detail: undefined,
};

/** What the tasks that an action writes besides its own are about. */
const CONSEQUENCES: { [Kind in TaskKind]?: { kind: TaskKind; detail: string | undefined } } = {
  completed: { kind: "created", detail: "next one added" },
  reopened: { kind: "purged", detail: undefined },
};

function taskSentence({ items, count }: ChangedTasks): Sentence {
  const kinds = Map.groupBy(items, kindOf);
  const [first] = items;
  if (!first) return GONE;
  if (kinds.size === 1) return { ...aboutTasks(kindOf(first), first, count), detail: detailOf(first, count) };
  const isWhole = count === items.length;
  for (const [kind, own] of kinds) {
    const consequence = CONSEQUENCES[kind];
    const isOnly = consequence && kinds.size === 2 && kinds.has(consequence.kind);
    if (isOnly && isWhole && own[0]) return { ...aboutTasks(kind, own[0], own.length), detail: consequence.detail };
  }
  const parts = [...Map.groupBy(items, (item) => SUMMARIES[kindOf(item)] ?? "edited")].map(([did, own]) => `${own.length} ${did}`);
  return { ...aboutTasks("mixed", first, count), detail: isWhole ? parts.join(", ") : undefined };
}

function aboutTasks(kind: TaskKind, task: ChangedTask, count: number): Sentence {
  const { icon, verb, rest } = TASK_VERBS[kind];
  const more = count > 1 && task.name !== null ? `and ${atLeast(count - 1)} more` : "";
  return {
    icon,
    verb,
    subject: task.name === null ? counted(count, "task") : quoted(task.name),
    target: task.name === null ? undefined : { kind: "task", id: task.id },
    rest: [more, rest].filter(Boolean).join(" "),
    detail: undefined,
  };
}

/** A move writes the rank as well. */
function kindOf({ action, fields }: ChangedTask): TaskKind {
  if (action !== "updated" && action !== "moved") return action;
  const [field, ...others] = fields.filter((name) => name !== "rank");
  return field && others.length === 0 && field in TASK_VERBS ? (field as TaskKind) : action;
}

/** The fields of a task that was edited in several ways. */
function detailOf(task: ChangedTask, count: number): string | undefined {
  const fields = task.fields.filter((name) => name !== "rank");
  if (kindOf(task) !== "updated" || fields.length === 0 || count > 1) return undefined;
  return fields.map((name) => FIELD_NAMES[name] ?? name.replaceAll("_", " ")).join(", ");
}

function listSentence({ items, count }: ChangedLists): Sentence {
  const [list] = items;
  if (!list) return GONE;
  const isUniform = items.every(({ action }) => action === list.action);
  const verb = isUniform ? LIST_VERBS[list.action] : "edited list";
  const isRename = list.action === "updated" && list.fields.join() === "name";
  const isColour = list.action === "updated" && list.fields.join() === "color";
  return {
    icon: list.action === "deleted" ? "deleted" : "list",
    verb: isRename ? "renamed list" : isColour ? "changed the colour of list" : verb,
    subject: quoted(list.name ?? ""),
    target: list.action === "deleted" ? undefined : { kind: "list", id: list.id },
    rest: count > 1 ? `and ${atLeast(count - 1)} more` : "",
    detail: undefined,
  };
}

function quoted(name: string): string {
  return `“${name}”`;
}

/** The log counts up to 1,000. */
function atLeast(count: number): string {
  return count >= 999 ? "at least 999" : String(count);
}

function counted(count: number, noun: string): string {
  if (count === 1) return `a ${noun}`;
  return `${count >= 1_000 ? "at least 1,000" : count} ${noun}s`;
}
