import type { EntryProblem } from "#app/io/archive.ts";
import { type Column, columnOf } from "#app/io/csv-columns.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";

/** How to name places in a file. For CSV: its columns, and the row number of each list and task. */
export type ArchiveSource = { format: "json" } | { format: "csv"; header: (Column | "")[]; rows: { lists: number[]; tasks: number[] } };

/**
 * The problem with a pointer into the whole file: a JSON Pointer (RFC 6901), or a fragment that names a row or a cell, both
 * counted from 1 (RFC 7111, section 2).
 */
export function locate(source: ArchiveSource, { kind, index, pointer, message }: EntryProblem): FieldProblem {
  if (source.format === "json") return { pointer: `/${kind}/${index}${pointer}`, message };
  const column = kind === "lists" ? "list" : columnOf(pointer);
  const row = source.rows[kind][index] ?? 1;
  const cell = source.header.indexOf(column) + 1;
  return { pointer: cell > 0 ? `#cell=${row},${cell}` : `#row=${row}`, message: `${column} ${message}` };
}
