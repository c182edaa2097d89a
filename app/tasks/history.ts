import type { Revision } from "#app/tasks/around.server.ts";

const WORDS: [columns: string[], words: string][] = [
  [["title"], "title"],
  [["notes"], "notes"],
  [["due_date", "due_time", "due_timezone"], "due date"],
  [["start_date"], "day it is hidden until"],
  [["rrule", "recurrence_anchor"], "repeat"],
  [["priority"], "priority"],
  [["labels"], "labels"],
  [["list_id"], "list"],
  [["parent_id"], "parent"],
  [["rank"], "place in the list"],
];

/** What happened between one version of a task's row and the next, in words: "Completed", "Changed title and labels". */
export function describeChange(before: Revision["row"], next: Revision["row"]): string {
  if (before.deleted_at === null && next.deleted_at !== null) return "Moved to the trash";
  if (before.deleted_at !== null && next.deleted_at === null) return "Brought back from the trash";
  if (before.status !== next.status) return next.status === "done" ? "Completed" : "Opened again";
  const changed = WORDS.filter(([columns]) => columns.some((column) => differs(before[column], next[column]))).map(([, words]) => words);
  return changed.length > 0 ? `Changed ${new Intl.ListFormat("en").format(changed)}` : "Changed";
}

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
