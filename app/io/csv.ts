import { stringify } from "csv-stringify/sync";
import { ArchivedList, ArchivedTask, InvalidArchive } from "#app/io/archive.ts";
import { contentHashId, withContentHashIds } from "#app/io/content-hash-id.ts";
import { COLUMN_NAMES, cellsOf, fieldsOfCells } from "#app/io/csv-columns.ts";
import { type CsvRow, parseTable } from "#app/io/csv-table.ts";
import { type ParsedArchive, parseEntries } from "#app/io/entries.ts";
import { type ArchiveSource, locate } from "#app/io/locate.ts";
import { mapYielding, yielding } from "#app/io/yielding.ts";
import type { Task } from "#app/tasks/task.ts";

interface ListInRows {
  id: string;
  name: string;
  /** No row has an id for it: it is identified by its name. */
  isNamed: boolean;
  row: number;
}

/**
 * A CSV archive (RFC 4180) in chunks, with a row for each task. Lists without tasks are not in it.
 * Spreadsheets need a byte order mark to read UTF-8; scripts would read it as part of the first column's name.
 */
export async function* csvArchive(
  listNames: Map<string, string>,
  tasks: AsyncIterable<Task[]>,
  { forSpreadsheets }: { forSpreadsheets: boolean },
): AsyncGenerator<string> {
  if (forSpreadsheets) yield "\ufeff";
  yield toCsv([COLUMN_NAMES]);
  for await (const batch of tasks) yield toCsv(batch.map((task) => cellsOf(task, listNames)));
}

/** Quotes a lone line feed too: other programs end a row there. */
function toCsv(rows: string[][]): string {
  return stringify(rows, { record_delimiter: "\r\n", quoted_match: /[\r\n]/ });
}

export async function parseCsvArchive(text: string): Promise<ParsedArchive | InvalidArchive> {
  const table = await parseTable(text);
  if (table instanceof InvalidArchive) return table;
  const { header, rows, problems } = table;
  const listsInRows = await listsOf(rows);
  const lists = await parseEntries(
    "lists",
    ArchivedList,
    listsInRows.map(({ id, name }) => ({ id, name })),
  );
  const tasks = await parseEntries("tasks", ArchivedTask, await mapYielding(rows, fieldsOfRow));
  const numbers = { lists: listsInRows.map(({ row }) => row), tasks: rows.map(({ number }) => number) };
  const source: ArchiveSource = { format: "csv", header, rows: numbers };
  for (const { first, total } of [lists.problems, tasks.problems])
    problems.append({ first: first.map((problem) => locate(source, problem)), total });
  if (problems.total > 0) return new InvalidArchive(problems.first, problems.total);
  const named = new Set(listsInRows.filter(({ isNamed }) => isNamed).map(({ id }) => id));
  return {
    lists: lists.entries.map((list) => ({ ...list, isNamed: named.has(list.id) })),
    tasks: await withContentHashIds(tasks.entries),
    source,
  };
}

async function listsOf(rows: CsvRow[]): Promise<ListInRows[]> {
  const lists = new Map<string, ListInRows>();
  for await (const { number, cells } of yielding(rows)) {
    const id = listIdOf(cells);
    if (id && cells.list && !lists.has(id)) lists.set(id, { id, name: cells.list, isNamed: !cells.list_id, row: number });
  }
  return [...lists.values()];
}

function fieldsOfRow({ cells }: CsvRow): Record<string, unknown> {
  return { title: "", ...fieldsOfCells(cells), list_id: listIdOf(cells) ?? null };
}

function listIdOf({ list, list_id }: CsvRow["cells"]): string | undefined {
  return list_id?.toLowerCase() ?? (list && contentHashId(`list ${list.trim()}`));
}
