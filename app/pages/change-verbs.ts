import type { ListAction, TaskAction } from "#app/changes/action.ts";

export type ChangeIcon = TaskAction | "list" | "date" | "priority" | "list-move" | "script";

/** An action, or the one field that an edit has changed. */
export type TaskKind =
  | TaskAction
  | "mixed"
  | "title"
  | "notes"
  | "labels"
  | "due"
  | "priority"
  | "start_date"
  | "recurrence"
  | "list_id"
  | "parent_id";

export const TASK_VERBS: Record<TaskKind, { icon: ChangeIcon; verb: string; rest?: string }> = {
  created: { icon: "created", verb: "added" },
  completed: { icon: "completed", verb: "completed" },
  reopened: { icon: "reopened", verb: "reopened" },
  deleted: { icon: "deleted", verb: "deleted" },
  restored: { icon: "restored", verb: "restored" },
  purged: { icon: "purged", verb: "deleted", rest: "for good" },
  moved: { icon: "moved", verb: "moved", rest: "to another place" },
  updated: { icon: "updated", verb: "edited" },
  mixed: { icon: "updated", verb: "changed" },
  title: { icon: "updated", verb: "renamed" },
  notes: { icon: "updated", verb: "edited the notes of" },
  labels: { icon: "updated", verb: "changed the labels of" },
  due: { icon: "date", verb: "changed the date of" },
  priority: { icon: "priority", verb: "changed the priority of" },
  start_date: { icon: "date", verb: "changed the start of" },
  recurrence: { icon: "date", verb: "changed the repeat of" },
  list_id: { icon: "list-move", verb: "moved", rest: "to another list" },
  parent_id: { icon: "list-move", verb: "changed the parent task of" },
};

/** In a count of what a change did to several tasks. */
export const SUMMARIES: { [Kind in TaskKind]?: string } = {
  created: "added",
  completed: "completed",
  reopened: "reopened",
  deleted: "deleted",
  restored: "restored",
  purged: "deleted for good",
  moved: "moved",
  list_id: "moved",
};

/** In a list of what an edit has changed; other fields by their names in the API. */
export const FIELD_NAMES: Record<string, string> = {
  due: "date",
  start_date: "start",
  recurrence: "repeat",
  list_id: "list",
  parent_id: "parent task",
};

export const LIST_VERBS: Record<ListAction, string> = {
  created: "created list",
  updated: "edited list",
  moved: "moved list",
  deleted: "deleted list",
  restored: "restored list",
};
