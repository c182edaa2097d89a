import { COLUMNS, columnsOfKind, columnValue } from "#app/tasks/columns.ts";
import { snakeCase } from "#app/tasks/keys.ts";
import type { Task } from "#app/tasks/task.ts";

const EXPORTED = columnsOfKind("identity", "field", "state").map((name) => ({ name, column: snakeCase(name), ...COLUMNS[name] }));

/** A task's columns, and `list`: its list's name. One row is one task; an empty cell is null, or an empty text or list. */
export type Column = (typeof EXPORTED)[number]["column"] | "list";
export const COLUMN_NAMES: Column[] = EXPORTED.flatMap(({ column }): Column[] => (column === "status" ? [column, "list"] : [column]));

/** The task's cells, in the order of the columns. */
export function cellsOf(task: Task, listNames: Map<string, string>): string[] {
  return EXPORTED.flatMap(({ name }) => {
    const cell = cellOf(columnValue(task, name));
    return name === "status" ? [cell, cellOf(task.listId && listNames.get(task.listId))] : [cell];
  }).map(shielded);
}

function cellOf(value: unknown): string {
  return Array.isArray(value) ? value.join(",") : String(value ?? "");
}

/** What a spreadsheet would carry out, even with apostrophes before it. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** With an apostrophe in front, which spreadsheets take for "this is text". `unshielded` takes off just that one. */
function shielded(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

export function unshielded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** Cells as the fields of an archived task. Empty ones are left out: the schema fills in what a task has without them. */
export function fieldsOfCells(cells: Partial<Record<Column, string>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const { column, path, type } of EXPORTED) {
    const cell = cells[column];
    if (!cell) continue;
    const [property = "", member] = path.split(".");
    const value = type === "text[]" ? cell.split(",") : type === "smallint" && /^\d$/.test(cell) ? Number(cell) : cell;
    fields[snakeCase(property)] = member === undefined ? value : { ...(fields[property] as object | undefined), [member]: value };
  }
  return fields.recurrence ? { ...fields, recurrence: { anchor: "due", ...fields.recurrence } } : fields;
}

/** The column that a field of a task is in, by the field's JSON Pointer. */
export function columnOf(pointer: string): Column {
  const [, field, member] = pointer.split("/");
  const isAt = (path: string) => path === field || path === `${field}.${member ?? FIRST_MEMBER[field ?? ""]}`;
  return EXPORTED.find(({ path }) => isAt(snakeCase(path)))?.column ?? (field as Column);
}

const FIRST_MEMBER: Record<string, string> = { due: "date", recurrence: "rrule" };
