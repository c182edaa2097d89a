import { dueDay, dueTime } from "#app/tasks/dates.ts";
import { clockTime, dayLabel } from "#app/tasks/due-label.ts";
import { describeRecurrence } from "#app/tasks/recurrence/describe-recurrence.ts";
import type { Recurrence } from "#app/tasks/recurrence/recurrence.ts";
import type { Task } from "#app/tasks/task.ts";
import type { Viewer } from "#app/tasks/task-view.ts";

/** A task's row as it was, under its column names: as much of it as a history tells. */
export interface PastTask extends Pick<Task, "title" | "notes" | "status" | "priority" | "labels" | "rank"> {
  list_id: string | null;
  parent_id: string | null;
  due_date: string | null;
  /** `HH:MM:SS` */
  due_time: string | null;
  due_timezone: string | null;
  start_date: string | null;
  rrule: string | null;
  recurrence_anchor: Recurrence["anchor"] | null;
  external_id: string | null;
  deleted_at: string | null;
}

/** What a history needs to know besides the rows: who reads it, and what lists and other tasks are called, by their ids. */
export interface Reader extends Viewer {
  lists: ReadonlyMap<string, string>;
  tasks: ReadonlyMap<string, string>;
}

/** What happened between one version of a task and the next, a line for each: "Completed", "Priority changed from low to high". */
export function describeChange(before: PastTask, next: PastTask, reader: Reader): string[] {
  const fields = Object.entries(FIELDS).map(([name, say]) => changeWords(name, say(before, reader), say(next, reader)));
  const lines = [
    trashWords(before, next),
    statusWords(before, next),
    ...fields,
    notesWords(before.notes, next.notes),
    labelWords("added", next.labels, before.labels),
    labelWords("removed", before.labels, next.labels),
    orderWords(before.labels, next.labels),
    parentWords(before.parent_id, next.parent_id, reader),
    placeWords(before, next),
  ].filter((line) => line !== undefined);
  return lines.length > 0 ? lines : ["Changed"];
}

/** Each field that has one value, in words; empty for none. */
const FIELDS: Record<string, (task: PastTask, reader: Reader) => string> = {
  Title: ({ title }) => `“${title}”`,
  "Due date": dueWords,
  "Hide until": ({ start_date }, { userNow }) => (start_date ? dayLabel(Temporal.PlainDate.from(start_date), userNow.today) : ""),
  Repeat: ({ rrule, recurrence_anchor }) => (rrule ? repeatWords({ rrule, anchor: recurrence_anchor ?? "due" }) : ""),
  Priority: ({ priority }) => ["", "low", "medium", "high"][priority] ?? "",
  List: ({ list_id, parent_id }, { lists }) =>
    parent_id ? "its parent's" : list_id ? (lists.get(list_id) ?? "a list that is gone") : "Inbox",
  "External id": ({ external_id }) => external_id ?? "",
};

function changeWords(name: string, before: string, next: string): string | undefined {
  if (before === next) return undefined;
  if (before === "") return `${name} set to ${next}`;
  return next === "" ? `${name} removed, it was ${before}` : `${name} changed from ${before} to ${next}`;
}

function dueWords({ due_date, due_time, due_timezone }: PastTask, { userNow, clock }: Reader): string {
  if (!due_date) return "";
  const due = { date: due_date, time: due_time?.slice(0, 5) ?? null, timezone: due_timezone };
  const time = dueTime(due, userNow);
  const words = [dayLabel(dueDay(due, userNow), userNow.today), time && clockTime(time, clock), due_timezone && `(set in ${due_timezone})`];
  return words.filter(Boolean).join(" ");
}

function repeatWords(recurrence: Recurrence): string {
  return describeRecurrence(recurrence).replace(/^E/, "e");
}

function trashWords({ deleted_at: before }: PastTask, { deleted_at: next }: PastTask): string | undefined {
  if ((before === null) === (next === null)) return undefined;
  return next === null ? "Brought back from the trash" : "Moved to the trash";
}

function statusWords({ status: before }: PastTask, { status: next }: PastTask): string | undefined {
  if (before === next) return undefined;
  return next === "done" ? "Completed" : "Opened again";
}

/** What they say would be too much for a line. */
function notesWords(before: string, next: string): string | undefined {
  if (before === next) return undefined;
  if (before === "") return "Notes added";
  return next === "" ? "Notes removed" : "Notes changed";
}

function labelWords(verb: "added" | "removed", here: string[], there: string[]): string | undefined {
  const labels = here.filter((label) => !there.includes(label)).map((label) => `#${label}`);
  return labels.length > 0 ? `${labels.length > 1 ? "Labels" : "Label"} ${verb}: ${labels.join(", ")}` : undefined;
}

function orderWords(before: string[], next: string[]): string | undefined {
  const isSame = before.join() === next.join() || before.toSorted().join() !== next.toSorted().join();
  return isSame ? undefined : "Labels put in another order";
}

function parentWords(before: string | null, next: string | null, { tasks }: Reader): string | undefined {
  if (before === next) return undefined;
  const parent = tasks.get(next ?? before ?? "");
  const name = parent === undefined ? "a task that is gone" : `“${parent}”`;
  return next ? `Made a subtask of ${name}` : `Made a task of its own, it was a subtask of ${name}`;
}

function placeWords(before: PastTask, next: PastTask): string | undefined {
  // Among other tasks it stands in another place anyhow.
  const isElsewhere = before.list_id !== next.list_id || before.parent_id !== next.parent_id;
  return !isElsewhere && before.rank !== next.rank ? "Moved to another place in the list" : undefined;
}
