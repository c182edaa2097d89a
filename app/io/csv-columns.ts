import { COLUMNS, columnsOfKind, columnValue } from "#app/tasks/columns.ts";
import { snakeCase } from "#app/tasks/keys.ts";
import type { Task } from "#app/tasks/task.ts";

const EXPORTED = columnsOfKind("identity", "field", "state").map((name) => ({ name, column: snakeCase(name), ...COLUMNS[name] }));

/** In the order of the CSV format. An empty cell is a field that is null or left out. */
export type Column = (typeof EXPORTED)[number]["column"] | "list";
export const COLUMN_NAMES: Column[] = EXPORTED.flatMap(({ column }): Column[] => (column === "status" ? [column, "list"] : [column]));

const TYPES = new Map<Column, string>(EXPORTED.map(({ column, type }) => [column, type]));

export function typeOf(column: Column): string {
  return TYPES.get(column) ?? "text";
}

export function cellsOf(task: Task, listNames: Map<string, string>): string[] {
  return EXPORTED.flatMap(({ name }) => {
    const cell = cellOf(columnValue(task, name));
    return name === "status" ? [cell, cellOf(task.listId && listNames.get(task.listId))] : [cell];
  }).map(escapeCell);
}

function cellOf(value: unknown): string {
  return Array.isArray(value) ? value.join(",") : String(value ?? "");
}

/** Spreadsheets execute such a cell, even behind apostrophes. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
/** Spreadsheets save such a cell as another number: without zeros in front, or only its first digits. */
const LONG_NUMBER = /^'*(?:0\d+|\d{12,}|\d+(?:[.,]\d+)?E[+-]?\d+)$/i;

/** Spreadsheets take a leading apostrophe as a mark of text. `unescapeCell` removes only the added one. */
function escapeCell(cell: string): string {
  return isEscaped(cell) ? `'${cell}` : cell;
}

export function unescapeCell(cell: string): string {
  return cell.startsWith("'") && isEscaped(cell) ? cell.slice(1) : cell;
}

function isEscaped(cell: string): boolean {
  return FORMULA.test(cell) || LONG_NUMBER.test(cell);
}

/** Unvalidated: the schema of an archived task parses them. Empty cells are left out and get their default. */
export function fieldsOfCells(cells: Partial<Record<Column, string>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const { column, path, type } of EXPORTED) {
    const cell = cells[column];
    if (!cell) continue;
    const [property = "", member] = path.split(".");
    const value = parseCell(cell, type);
    fields[snakeCase(property)] = member === undefined ? value : { ...(fields[property] as object | undefined), [member]: value };
  }
  return fields.recurrence ? { ...fields, recurrence: { anchor: "due", ...fields.recurrence } } : fields;
}

/** More labels than a task may have, so that a longer list is refused as too long. */
const MAX_PARTS = 100;

function parseCell(cell: string, type: string): unknown {
  if (type === "text[]") return cell.split(",", MAX_PARTS);
  return type === "smallint" && /^(0|[1-9]\d*)$/.test(cell) ? Number(cell) : cell;
}

export function columnOf(pointer: string): Column {
  const [, field = "", member = FIRST_MEMBER[field]] = pointer.split("/");
  const isNamed = (path: string) => path === field || path === `${field}.${member}`;
  return EXPORTED.find(({ path }) => isNamed(snakeCase(path)))?.column ?? (field as Column);
}

const FIRST_MEMBER: Record<string, string> = { due: "date", recurrence: "rrule" };
