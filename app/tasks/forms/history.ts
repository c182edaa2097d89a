import { columnsOfKind, type TaskRowJson } from "#app/tasks/columns.ts";
import { dueDay, dueTime } from "#app/tasks/dates.ts";
import { clockTime, dayLabel } from "#app/tasks/due-label.ts";
import { snakeCase } from "#app/tasks/keys.ts";
import { describeRecurrence } from "#app/tasks/recurrence/describe-recurrence.ts";
import type { Recurrence } from "#app/tasks/recurrence/recurrence.ts";
import type { Viewer } from "#app/tasks/task-view.ts";

export type PastTask = Omit<
  TaskRowJson,
  "id" | "seriesId" | "occurrenceDate" | "previousId" | "createdAt" | "updatedAt" | "completedAt" | "version" | "changeSeq"
>;

/** Names of lists and titles of tasks, by id. */
export interface HistoryContext extends Viewer {
  lists: ReadonlyMap<string, string>;
  tasks: ReadonlyMap<string, string>;
}

/** One line for each difference between two versions: "Completed", "Priority changed from low to high". */
export function describeChange(before: PastTask, next: PastTask, context: HistoryContext): string[] {
  const fields = FIELDS.map(([label, format]) => changeWords(label, format(before, context), format(next, context)));
  const lines = [
    trashWords(before, next),
    statusWords(before, next),
    ...fields,
    notesWords(before.notes, next.notes),
    labelWords("added", next.labels, before.labels),
    labelWords("removed", before.labels, next.labels),
    orderWords(before.labels, next.labels),
    parentWords(before.parentId, next.parentId, context),
    rankWords(before, next),
  ].filter((line) => line !== undefined);
  return lines.length > 0 ? lines : ["Changed"];
}

type FieldColumn = ReturnType<typeof columnsOfKind<"field">>[number];

/** The value in words; an empty text for no value. */
type Format = (task: PastTask, context: HistoryContext) => string;

/** Fields with words of their own. Null: another field or a function below describes the column. */
const SPECIAL: { [Name in FieldColumn]?: [label: string, format: Format] | null } = {
  title: ["Title", ({ title }) => `“${title}”`],
  dueDate: ["Due date", dueWords],
  dueTime: null,
  dueTimezone: null,
  startDate: ["Hide until", ({ startDate }, { userNow }) => (startDate ? dayLabel(Temporal.PlainDate.from(startDate), userNow.today) : "")],
  rrule: ["Repeat", ({ rrule, recurrenceAnchor }) => (rrule ? repeatWords({ rrule, anchor: recurrenceAnchor ?? "due" }) : "")],
  recurrenceAnchor: null,
  priority: ["Priority", ({ priority }) => ["", "low", "medium", "high"][priority] ?? ""],
  listId: ["List", listWords],
  status: null,
  notes: null,
  labels: null,
  parentId: null,
};

/** The special fields, then all others: "Effort set to 3". */
const FIELDS: [label: string, format: Format][] = [
  ...Object.values(SPECIAL).filter((field) => field !== null),
  ...columnsOfKind("field")
    .filter((name) => !(name in SPECIAL))
    .map((name): [string, Format] => [labelOf(name), (task) => String(task[name] ?? "")]),
];

/** `externalId` is "External id". */
function labelOf(name: FieldColumn): string {
  const words = snakeCase(name).replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function listWords({ listId }: PastTask, { lists }: HistoryContext): string {
  return listId ? (lists.get(listId) ?? "a list that is gone") : "Inbox";
}

function changeWords(name: string, before: string, next: string): string | undefined {
  if (before === next) return undefined;
  if (before === "") return `${name} set to ${next}`;
  return next === "" ? `${name} removed, it was ${before}` : `${name} changed from ${before} to ${next}`;
}

function dueWords({ dueDate, dueTime: storedTime, dueTimezone }: PastTask, { userNow, clock }: HistoryContext): string {
  if (!dueDate) return "";
  const due = { date: dueDate, time: storedTime?.slice(0, 5) ?? null, timezone: dueTimezone };
  const time = dueTime(due, userNow);
  const words = [dayLabel(dueDay(due, userNow), userNow.today), time && clockTime(time, clock), dueTimezone && `(set in ${dueTimezone})`];
  return words.filter(Boolean).join(" ");
}

function repeatWords(recurrence: Recurrence): string {
  return describeRecurrence(recurrence).replace(/^E/, "e");
}

function trashWords({ deletedAt: before }: PastTask, { deletedAt: next }: PastTask): string | undefined {
  if ((before === null) === (next === null)) return undefined;
  return next === null ? "Brought back from the trash" : "Moved to the trash";
}

function statusWords({ status: before }: PastTask, { status: next }: PastTask): string | undefined {
  if (before === next) return undefined;
  return next === "done" ? "Completed" : "Opened again";
}

/** The notes themselves would be too long for a line. */
function notesWords(before: string, next: string): string | undefined {
  if (before === next) return undefined;
  if (before === "") return "Notes added";
  return next === "" ? "Notes removed" : "Notes changed";
}

function labelWords(verb: "added" | "removed", labels: string[], others: string[]): string | undefined {
  const differing = labels.filter((label) => !others.includes(label)).map((label) => `#${label}`);
  return differing.length > 0 ? `${differing.length > 1 ? "Labels" : "Label"} ${verb}: ${differing.join(", ")}` : undefined;
}

function orderWords(before: string[], next: string[]): string | undefined {
  const isSame = before.join() === next.join() || before.toSorted().join() !== next.toSorted().join();
  return isSame ? undefined : "Labels put in another order";
}

function parentWords(before: string | null, next: string | null, { tasks }: HistoryContext): string | undefined {
  if (before === next) return undefined;
  const parent = tasks.get(next ?? before ?? "");
  const name = parent === undefined ? "a task that is gone" : `“${parent}”`;
  return next ? `Made a subtask of ${name}` : `Made a task of its own, it was a subtask of ${name}`;
}

function rankWords(before: PastTask, next: PastTask): string | undefined {
  // A move to another list or parent changes the rank too, and is described by that.
  const isInOtherList = before.listId !== next.listId || before.parentId !== next.parentId;
  return !isInOtherList && before.rank !== next.rank ? "Moved to another place in the list" : undefined;
}
