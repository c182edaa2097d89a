import { COLUMNS, type ColumnName, columnsOfKind } from "#app/tasks/columns.ts";
import { snakeCase } from "#app/tasks/keys.ts";

export const TASK_ACTIONS = ["created", "updated", "moved", "completed", "reopened", "deleted", "restored", "purged"] as const;
export type TaskAction = (typeof TASK_ACTIONS)[number];

export const LIST_ACTIONS = ["created", "updated", "moved", "deleted", "restored"] as const;
export type ListAction = (typeof LIST_ACTIONS)[number];

/** The action of a change that wrote these columns of a task that existed before and after it. */
export function taskAction(changed: ColumnName[], after: { isDone: boolean; isDeleted: boolean }): TaskAction {
  if (changed.includes("deletedAt")) return after.isDeleted ? "deleted" : "restored";
  if (changed.includes("status")) return after.isDone ? "completed" : "reopened";
  const isMove = changed.includes("rank") && fieldsOf(changed).every((field) => PLACE.includes(field));
  return isMove ? "moved" : "updated";
}

const PLACE = ["rank", "list_id", "parent_id"];

const REPORTED: ColumnName[] = [...columnsOfKind("field"), "rank"];

/** The names that the changed columns have in the API. */
export function fieldsOf(changed: ColumnName[]): string[] {
  const columns = REPORTED.filter((name) => changed.includes(name));
  return [...new Set(columns.map((name) => snakeCase(COLUMNS[name].path.split(".")[0] ?? "")))];
}

const LIST_FIELDS = ["name", "color", "rank"];

export function listFieldsOf(changed: string[]): string[] {
  return LIST_FIELDS.filter((name) => changed.includes(name));
}

/** Of a list that existed before and after the change. */
export function listAction(changed: string[]): ListAction {
  return listFieldsOf(changed).join() === "rank" ? "moved" : "updated";
}
