import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { InvalidArchive, MOST } from "#app/io/archive.ts";
import { COLUMN_NAMES, type Column, unshielded } from "#app/io/csv-columns.ts";
import { mapped, unhurried } from "#app/io/yielding.ts";
import type { FieldProblem } from "#app/tasks/rules.ts";

export interface Row {
  /** As a spreadsheet counts them: the header is 1. */
  number: number;
  /** Those that are not empty. */
  cells: Partial<Record<Column, string>>;
}

/** Far more than the longest task. */
const LONGEST_ROW = 200_000;
/** In bytes: as much as is read before others get their transaction. */
const PIECE = 65_536;

/** A table whose first row names its columns, in any order; `title` must be among them. */
export async function readTable(text: string): Promise<{ header: Column[]; rows: Row[] } | InvalidArchive> {
  const records = await recordsOf(text);
  if (records instanceof InvalidArchive) return records;
  const [header = [], ...body] = records;
  const problems = [...headerProblems(header), ...body.flatMap((record, index) => rowProblems(record, index + 2, header.length))];
  if (body.length > MOST) problems.push({ pointer: "", message: `must be at most ${MOST} rows` });
  if (problems.length > 0) return new InvalidArchive(problems);
  const columns = header as Column[];
  const rows = await mapped(body, (record, index) => ({ number: index + 2, cells: cellsOf(record, columns) }));
  return { header: columns, rows: rows.filter(({ cells }) => Object.keys(cells).length > 0) };
}

async function recordsOf(text: string): Promise<string[][] | InvalidArchive> {
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(text),
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    max_record_size: LONGEST_ROW,
  });
  const records: string[][] = [];
  try {
    for await (const record of Readable.from(unhurried(piecesOf(Buffer.from(text)), 1)).pipe(parser)) {
      records.push(record);
      if (records.length > MOST + 1) break;
    }
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return new InvalidArchive([{ pointer: `#row=${Number(error.records) + 1}`, message: error.message }]);
  }
}

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += PIECE) yield bytes.subarray(start, start + PIECE);
}

/** Where a comma is a decimal point, spreadsheets write semicolons. No column's name has either. */
function delimiterOf(text: string): string {
  const [header = ""] = text.split(/[\r\n]/, 1);
  return [",", ";", "\t"].find((delimiter) => header.includes(delimiter)) ?? ",";
}

function headerProblems(header: string[]): FieldProblem[] {
  const missing = header.includes("title") ? [] : [{ pointer: "#row=1", message: "needs a column title" }];
  const wrong = header.flatMap((name, index) => {
    const pointer = `#cell=1,${index + 1}`;
    if (!(COLUMN_NAMES as string[]).includes(name)) return [{ pointer, message: `is none of the columns ${COLUMN_NAMES.join(", ")}` }];
    return header.indexOf(name) < index ? [{ pointer, message: `names ${name} again` }] : [];
  });
  return [...missing, ...wrong];
}

function rowProblems(record: string[], number: number, columns: number): FieldProblem[] {
  return record.length > columns ? [{ pointer: `#row=${number}`, message: `has ${record.length} cells under ${columns} columns` }] : [];
}

function cellsOf(record: string[], header: Column[]): Row["cells"] {
  const cells = header.map((column, index) => [column, unshielded(record[index] ?? "")] as const);
  return Object.fromEntries(cells.filter(([, cell]) => cell !== ""));
}
