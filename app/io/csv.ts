import { stringify } from "csv-stringify/sync";
import { ArchivedList, ArchivedTask, type EntryProblem, InvalidArchive } from "#app/io/archive.ts";
import { derivedId, identified } from "#app/io/content-hash-id.ts";
import { COLUMN_NAMES, cellsOf, columnOf, fieldsOfCells } from "#app/io/csv-columns.ts";
import { type Row, readTable } from "#app/io/csv-table.ts";
import { type ReadArchive, readEntries } from "#app/io/entries.ts";
import { mapped, unhurried } from "#app/io/yielding.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";
import type { Task } from "#app/tasks/task.ts";

/**
 * RFC 4180, in pieces: a row for each task. Lists are there as far as tasks are in them.
 * Spreadsheets take a table for UTF-8 only if a byte order mark says so; to scripts it would be a part of the first column's name.
 */
export async function* csvArchive(
  listNames: Map<string, string>,
  tasks: AsyncIterable<Task[]>,
  { forSpreadsheets }: { forSpreadsheets: boolean },
): AsyncGenerator<string> {
  if (forSpreadsheets) yield "\ufeff";
  yield rowsOf([COLUMN_NAMES]);
  for await (const batch of tasks) yield rowsOf(batch.map((task) => cellsOf(task, listNames)));
}

/** A line feed alone ends no row here, but it does where others read. */
function rowsOf(rows: string[][]): string {
  return stringify(rows, { record_delimiter: "\r\n", quoted_match: /[\r\n]/ });
}

export async function readCsvArchive(text: string): Promise<ReadArchive | InvalidArchive> {
  const table = await readTable(text);
  if (table instanceof InvalidArchive) return table;
  const { header, rows } = table;
  const inRows = await listsOf(rows);
  const lists = await readEntries(
    "lists",
    ArchivedList,
    inRows.map(({ id, name }) => ({ id, name })),
  );
  const tasks = await readEntries("tasks", ArchivedTask, await mapped(rows, taskOf));
  /** Rows and columns count from 1 (RFC 7111, section 2). */
  function placed({ kind, index, pointer, message }: EntryProblem): FieldProblem {
    const column = kind === "lists" ? "list" : columnOf(pointer);
    const row = (kind === "lists" ? inRows[index]?.row : rows[index]?.number) ?? 1;
    const cell = header.indexOf(column) + 1;
    return { pointer: cell > 0 ? `#cell=${row},${cell}` : `#row=${row}`, message: `${column} ${message}` };
  }
  const problems = [...lists.problems, ...tasks.problems];
  if (problems.length > 0) return new InvalidArchive(problems.map(placed));
  const named = new Set(inRows.filter(({ isNamed }) => isNamed).map(({ id }) => id));
  return { lists: lists.entries.map((list) => ({ ...list, isNamed: named.has(list.id) })), tasks: await identified(tasks.entries), placed };
}

/** Each list that rows name, once. A list without an id is known by its name. */
async function listsOf(rows: Row[]): Promise<{ id: string; name: string; isNamed: boolean; row: number }[]> {
  const lists = new Map<string, { id: string; name: string; isNamed: boolean; row: number }>();
  for await (const { number, cells } of unhurried(rows)) {
    const id = listIdOf(cells);
    if (id && cells.list && !lists.has(id)) lists.set(id, { id, name: cells.list, isNamed: !cells.list_id, row: number });
  }
  return [...lists.values()];
}

function taskOf({ cells }: Row): Record<string, unknown> {
  return { title: "", ...fieldsOfCells(cells), list_id: listIdOf(cells) ?? null };
}

function listIdOf({ list, list_id }: Row["cells"]): string | undefined {
  return list_id?.toLowerCase() ?? (list && derivedId(`list ${list.trim()}`));
}
